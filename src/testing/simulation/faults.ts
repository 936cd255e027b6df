import { Chance } from '../chance.ts'

/** Every kind of trouble that a simulation makes, and how often it comes where it can come at all. */
const shares = {
  /** Requests to the cloud: it can't be reached, is too busy, fails, refuses for no reason, and is slow. */
  'cloud unreachable': 1 / 30,
  'cloud busy': 1 / 40,
  'cloud failing': 1 / 60,
  'cloud refusing': 1 / 150,
  'cloud slow': 1 / 5,
  /** Answers of the cloud that never came: it had not done it, it had done it, it does it a little later. */
  'request lost': 1 / 30,
  'answer lost': 1 / 20,
  'request late': 1 / 40,
  /** Objects that come out wrong. */
  'object in error': 1 / 25,
  /** Tokens run out, and the next request has to wait for another. */
  'token expired': 1 / 40,
  /** The database can't be reached, loses the connection within a transaction, or just after its commit. */
  'database away': 1 / 80,
  'database slow': 1 / 40,
  'transaction broken': 1 / 60,
  'commit unanswered': 1 / 60,
  /** Hints between engines. */
  'hint lost': 1 / 6,
  'hint doubled': 1 / 8,
  'hint late': 1 / 6,
  /** Calls of users: never carried out, carried out without an answer, carried out twice, carried out late. */
  'call lost': 1 / 25,
  'call unanswered': 1 / 20,
  'call doubled': 1 / 12,
  'call late': 1 / 8,
  /** Engines: these come as steps of the story. */
  'engine killed': 1,
  'engine frozen': 1,
  'clock jumped': 1,
} as const

export type FaultKind = keyof typeof shares

export const faultKinds = Object.keys(shares) as readonly FaultKind[]

export interface FaultSettings {
  readonly seed: number
  /** Kinds that never come. */
  readonly without?: ReadonlySet<FaultKind>
  /** Told of each that comes. */
  readonly onFault: (kind: FaultKind) => void
}

/** What goes wrong in one run. Each kind has a chance of its own, so that one that is left out leaves the others alike. */
export class Faults {
  readonly #settings: FaultSettings
  readonly #chances = new Map<FaultKind, Chance>()
  /** How common each kind is in this run; some don't come at all. */
  readonly #frequency = new Map<FaultKind, number>()
  /** How often each kind came. */
  readonly counts = new Map<FaultKind, number>()
  #isCalm = false

  constructor(settings: FaultSettings) {
    this.#settings = settings
    const weather = new Chance(settings.seed * 31 + 7)
    for (const [index, kind] of faultKinds.entries()) {
      this.#chances.set(kind, new Chance(settings.seed * 1009 + index))
      const frequency = weather.one([0, 0.5, 1, 1, 2]) * shares[kind]
      if (settings.without?.has(kind) !== true) this.#frequency.set(kind, frequency)
    }
  }

  /** Chance for what a fault of that kind is like. */
  chance(kind: FaultKind): Chance {
    return this.#chances.get(kind) ?? new Chance(0)
  }

  /** Whether a fault of that kind comes now. */
  comes(kind: FaultKind): boolean {
    const isSo = this.chance(kind).is(this.#frequency.get(kind) ?? 0)
    return isSo && this.tell(kind)
  }

  /** As `comes`, for what the story itself brings. */
  tell(kind: FaultKind): boolean {
    if (this.#isCalm || this.#settings.without?.has(kind)) return false
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1)
    this.#settings.onFault(kind)
    return true
  }

  /** From now on nothing goes wrong any more. */
  calm(): void {
    this.#isCalm = true
  }

  get isCalm(): boolean {
    return this.#isCalm
  }
}

import { Random } from './world/random.ts'

/** Something that is to go wrong. What is left out matches everything. */
export interface Fault {
  readonly method?: string
  /** A path below the simulator's root, in which `*` stands for any text: `/compute/v2.1/servers*`. */
  readonly path?: string
  /** How often; for ever if left out. */
  readonly count?: number
  /** How many matching requests pass untouched before the first. */
  readonly skip?: number
  /** How likely, from 0 to 1, each matching request is met. */
  readonly chance?: number
  /** Waits this long before the work. */
  readonly latencyMs?: number
  /** Answers with this status instead of the real answer. */
  readonly status?: number
  readonly message?: string
  readonly retryAfterSeconds?: number
  /** Whether the work is done although the answer says otherwise; with `drop`, whether it is before the line is cut. */
  readonly when?: 'before' | 'after'
  /** Cuts the connection instead of answering. */
  readonly drop?: boolean
  /** The next server that is made goes to ERROR for this reason; then `path` is matched against its name. */
  readonly serverError?: string
}

/** The faults that are to happen. */
export interface Faults {
  /** Adds a fault and returns its ID. */
  add(fault: Fault): string
  remove(id: string): boolean
  clear(): void
  /** Every fault with how often it has happened. */
  list(): readonly (Fault & { readonly id: string; readonly happened: number })[]
}

/** The faults as the simulator itself asks for them. */
export interface FaultBook extends Faults {
  /** What goes wrong with this request; the answer counts as having happened. */
  meet(method: string, path: string): readonly Fault[]
  /** Why the server of this name fails, if it is to. */
  meetServer(name: string): string | undefined
}

interface Entry {
  readonly id: string
  readonly fault: Fault
  readonly pattern: RegExp
  seen: number
  happened: number
}

export function faultBook(seed?: number): FaultBook {
  const entries = new Map<string, Entry>()
  const random = new Random(seed)
  let made = 0

  function takes(entry: Entry, method: string, path: string): boolean {
    const { fault } = entry
    if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false
    if (!entry.pattern.test(path)) return false
    if (entry.seen++ < (fault.skip ?? 0)) return false
    if (entry.happened >= (fault.count ?? Number.POSITIVE_INFINITY)) return false
    if (fault.chance !== undefined && random.fraction() >= fault.chance) return false
    entry.happened++
    return true
  }

  return {
    add(fault) {
      const id = `fault-${++made}`
      entries.set(id, { id, fault, pattern: patternOf(fault.path ?? '*'), seen: 0, happened: 0 })
      return id
    },
    remove: (id) => entries.delete(id),
    clear: () => entries.clear(),
    list: () => [...entries.values()].map(({ id, fault, happened }) => ({ ...fault, id, happened })),
    meet(method, path) {
      if (entries.size === 0) return []
      const ofRequests = [...entries.values()].filter((entry) => entry.fault.serverError === undefined)
      return ofRequests.filter((entry) => takes(entry, method, path)).map((entry) => entry.fault)
    },
    meetServer(name) {
      const ofServers = [...entries.values()].filter((entry) => entry.fault.serverError !== undefined)
      return ofServers.find((entry) => takes(entry, 'POST', name))?.fault.serverError
    },
  }
}

function patternOf(path: string): RegExp {
  const escaped = path.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${escaped.join('.*')}$`)
}

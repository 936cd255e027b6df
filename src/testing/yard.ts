import type { Clock } from '../base/clock.ts'
import { hexId } from '../base/ids.ts'
import { isMap } from '../base/json.ts'
import { type Ask, CloudError, type CloudErrorFacts, type Reply, type Session } from '../cloud/index.ts'

/** What the yard keeps: a cloud object reduced to what an engine can get wrong about one. */
export interface Thing {
  readonly id: string
  readonly name: string
  readonly status: 'BUILD' | 'ACTIVE' | 'ERROR' | 'DELETING' | 'DOZING' | 'ASLEEP' | 'WAKING'
  readonly created_at: string
  /** The IDs of the things it stands on; they can't be deleted while it is there. */
  readonly base: readonly string[]
  /** The resources of its stack that it comes after, by name. That is not refused, only noted. */
  readonly follows: readonly string[]
  /** A place that no two things can have. */
  readonly place: string | null
  readonly [field: string]: unknown
}

/** Stands between a request and the yard: may refuse it, delay it, lose its answer, or look at it. */
export type Interference = (ask: Ask, carryOut: () => Promise<Reply>) => Promise<Reply>

/**
 * A cloud of one service, small and strict: it refuses what stands on nothing, the deletion of what is stood on, and two
 * things in one place. It keeps count of all that was ever made.
 */
export interface Yard {
  session(projectId?: string): Session
  /** The things that are there, in the order of their making. */
  readonly things: readonly Thing[]
  /** What was done, in order: `create web-a-…`, `update …`, `delete …`. */
  readonly deeds: string[]
  /** What was refused because it came in the wrong order. */
  readonly disorder: string[]
  /** The thing of a resource, by the name that the engine gave it; the latest, if there are several. */
  of(resource: string): Thing | undefined
  /** How long a request takes; how long a thing is being built and being deleted. */
  pace: { requestMs: number; buildMs: number; deleteMs: number }
  /** Makes things of these resources fail while they are built: so many of each that are still to come. */
  readonly failing: Map<string, number>
  interfere: Interference
  /** The types of services that its catalog has. */
  readonly services: Set<string>
  /** Something happens to a thing that nobody asked for. */
  befall(resource: string, fields: Fields): void
  /** A thing is gone that nobody asked to be deleted. */
  lose(resource: string): void
  /** Somebody takes away a thing of that ID by hand, whatever stands on it. */
  takeAway(id: string): void
}

interface Kept {
  thing: Thing
  readyAt: number
  goneAt: number
}

type Fields = Readonly<Record<string, unknown>>

/** Sets up an empty yard. */
export function yard(clock: Clock, newId: () => string = hexId): Yard {
  const ground = new Ground(clock, newId)
  const pace: Yard['pace'] = { requestMs: 5, buildMs: 0, deleteMs: 0 }

  async function carryOut({ method, path, body, query }: Ask): Promise<Reply> {
    if (pace.requestMs > 0) await clock.sleep(pace.requestMs)
    const [, , id = ''] = path.split('/')
    const given = isMap(body) && isMap(body.thing) ? body.thing : {}
    if (method === 'POST') return replyOf({ thing: ground.create(given, pace.buildMs) })
    if (method === 'PATCH') return replyOf({ thing: change(id, given) })
    if (method === 'DELETE') return replyOf(ground.remove(id, pace.deleteMs))
    if (id !== '') return replyOf({ thing: ground.find(id).thing })
    const all = ground.present().map(({ thing }) => thing)
    const named = all.filter(({ name }) => query?.name === undefined || query.name === name)
    if (query?.limit === undefined) return replyOf({ things: named })
    // A page begins with what was made last, as it does where clouds are large.
    return replyOf({ things: named.toReversed().slice(0, Number(query.limit)) })
  }

  const change = (id: string, { doze, ...patch }: Fields): Thing =>
    typeof doze === 'boolean' ? ground.doze(id, doze, pace.buildMs) : ground.update(id, patch)

  const idOf = (resource: string): string => self.of(resource)?.id ?? ''
  const self: Yard = {
    deeds: ground.deeds,
    disorder: ground.disorder,
    failing: ground.failing,
    pace,
    interfere: (_ask, act) => act(),
    services: new Set(['yard']),
    get things() {
      return ground.present().map(({ thing }) => thing)
    },
    befall: (resource, fields) => ground.befall(idOf(resource), fields),
    lose: (resource) => ground.lose(idOf(resource)),
    takeAway: (id) => ground.lose(id),
    of: (resource) => self.things.findLast(({ name }) => resourceIn(name) === resource),
    session: (projectId = 'project') => ({
      projectId,
      userId: 'user',
      async request(ask) {
        ask.beforeSending?.()
        return await self.interfere(ask, () => carryOut(ask))
      },
      offers: async (types) => types.some((type) => self.services.has(type)),
    }),
  }
  return self
}

/** What is shown of a thing that nothing was said about: clouds show every field. */
const unsaid = { base: [], follows: [], place: null, size: null, color: null, labels: null }

/** What is in a yard, and its laws. */
class Ground {
  readonly deeds: string[] = []
  readonly disorder: string[] = []
  readonly failing = new Map<string, number>()
  readonly #newId: () => string
  readonly #clock: Clock
  readonly #kept = new Map<string, Kept>()

  constructor(clock: Clock, newId: () => string) {
    this.#newId = newId
    this.#clock = clock
  }

  present(): Kept[] {
    const now = this.#clock.now()
    for (const [id, one] of this.#kept) {
      if (one.goneAt <= now) this.#kept.delete(id)
      if (one.readyAt <= now) one.thing = { ...one.thing, status: this.#cameOut(one.thing) }
    }
    return [...this.#kept.values()]
  }

  find(id: string): Kept {
    const found = this.present().find(({ thing }) => thing.id === id)
    if (found === undefined) throw refusal(`There is no thing ${id}.`, { kind: 'not-found', status: 404 })
    return found
  }

  create(body: Fields, buildMs: number): Thing {
    const name = String(body.name ?? '')
    this.#checkBase(body.base, name)
    this.#checkPlace(body.place, '')
    this.#checkFollows(body.follows, name)
    const now = this.#clock.now()
    const own = { id: this.#newId(), name, status: 'BUILD', created_at: new Date(now).toISOString() } as const
    const made: Thing = { ...unsaid, ...body, ...own }
    this.#kept.set(made.id, { thing: made, readyAt: now + buildMs, goneAt: Number.POSITIVE_INFINITY })
    this.deeds.push(`create ${name}`)
    return this.find(made.id).thing
  }

  update(id: string, patch: Fields): Thing {
    const one = this.find(id)
    this.#checkBase(patch.base, one.thing.name)
    this.#checkPlace(patch.place, id)
    one.thing = { ...one.thing, ...patch }
    this.deeds.push(`update ${one.thing.name}`)
    return one.thing
  }

  remove(id: string, deleteMs: number): void {
    const one = this.find(id)
    const above = this.present().find(({ thing }) => thing.base.includes(id))
    if (above !== undefined) {
      this.disorder.push(`${one.thing.name} is deleted under ${above.thing.name}`)
      throw refusal(`${above.thing.name} stands on it.`, { kind: 'conflict', status: 409 })
    }
    this.#checkFollowed(one.thing)
    if (one.thing.status !== 'DELETING') this.deeds.push(`delete ${one.thing.name}`)
    one.thing = { ...one.thing, status: 'DELETING' }
    one.goneAt = Math.min(one.goneAt, this.#clock.now() + deleteMs)
  }

  /** A thing goes to sleep, which those that stand on it must have done before, or wakes up. */
  doze(id: string, asleep: boolean, takesMs: number): Thing {
    const one = this.find(id)
    const from = asleep ? 'ACTIVE' : 'ASLEEP'
    if (one.thing.status !== from)
      throw refusal(`It is ${one.thing.status}, not ${from}.`, { kind: 'conflict', status: 409 })
    const others = this.present().filter(({ thing }) =>
      asleep ? thing.base.includes(id) : one.thing.base.includes(thing.id),
    )
    const awake = others.find(({ thing }) => thing.status !== 'ASLEEP')
    const wrong = asleep ? awake : others.find(({ thing }) => thing.status !== 'ACTIVE')
    if (wrong !== undefined)
      this.disorder.push(`${one.thing.name} ${asleep ? 'dozes off' : 'wakes'} before ${wrong.thing.name}`)
    this.deeds.push(`${asleep ? 'suspend' : 'resume'} ${one.thing.name}`)
    one.thing = { ...one.thing, status: asleep ? 'DOZING' : 'WAKING' }
    one.readyAt = this.#clock.now() + takesMs
    return this.find(id).thing
  }

  befall(id: string, fields: Fields): void {
    const one = this.find(id)
    one.thing = { ...one.thing, ...fields }
  }

  lose(id: string): void {
    this.#kept.delete(id)
  }

  #cameOut({ name, status }: Thing): Thing['status'] {
    if (status === 'DOZING') return 'ASLEEP'
    if (status === 'WAKING') return 'ACTIVE'
    if (status !== 'BUILD') return status
    const left = this.failing.get(resourceIn(name)) ?? 0
    if (left === 0) return 'ACTIVE'
    this.failing.set(resourceIn(name), left - 1)
    return 'ERROR'
  }

  #checkBase(base: unknown, what: string): void {
    for (const id of Array.isArray(base) ? base : []) {
      if (this.#kept.get(String(id))?.thing.status === 'ACTIVE') continue
      this.disorder.push(`${what} stands on ${id}, which is not there`)
      throw refusal(`There is no thing ${id} to stand on.`, { kind: 'bad-request', status: 400 })
    }
  }

  #checkFollows(follows: unknown, what: string): void {
    for (const name of Array.isArray(follows) ? follows : []) {
      const leaders = this.#ofResource(String(name), stackIn(what))
      if (leaders.every(({ status }) => status !== 'ACTIVE'))
        this.disorder.push(`${what} is made before ${name}, which it comes after`)
    }
  }

  #checkFollowed(leader: Thing): void {
    const stack = stackIn(leader.name)
    const resource = resourceIn(leader.name)
    const others = this.#ofResource(resource, stack).filter(({ id }) => id !== leader.id)
    if (others.some(({ status }) => status === 'ACTIVE') || leader.status === 'DELETING') return
    for (const { thing } of this.present()) {
      const isFollower = stackIn(thing.name) === stack && thing.follows.includes(resource)
      if (isFollower && thing.status === 'ACTIVE')
        this.disorder.push(`${leader.name} is deleted before ${thing.name}, which comes after it`)
    }
  }

  #ofResource(resource: string, stack: string): readonly Thing[] {
    const all = this.present().map(({ thing }) => thing)
    return all.filter(({ name }) => stackIn(name) === stack && resourceIn(name) === resource)
  }

  #checkPlace(place: unknown, own: string): void {
    if (typeof place !== 'string') return
    const other = this.present().find(({ thing }) => thing.place === place && thing.id !== own)
    if (other === undefined) return
    throw refusal(`${place} is taken by ${other.thing.name}.`, { kind: 'conflict', status: 409 })
  }
}

const replyOf = (body: unknown): Reply => ({ status: 200, headers: {}, body })

/** The resource in a physical name; resources of stacks made here have no dash in their names. */
export const resourceIn = (physicalName: string): string => physicalName.split('-').at(-2) ?? physicalName

/** The stack in a physical name. */
const stackIn = (physicalName: string): string => physicalName.split('-').slice(0, -2).join('-')

/** A refusal as the yard would give it. */
export function refusal(message: string, facts: Omit<CloudErrorFacts, 'service'>): CloudError {
  return new CloudError(message, { service: 'yard', requestId: 'req-1', ...facts })
}

/** The connection broke before the answer came; whether the work was done is not known. */
export const lostAnswer = (): CloudError =>
  refusal('The yard did not answer.', { kind: 'unavailable', doubtful: true })

/** The service can't be reached at all; nothing was done. */
export const unreachable = (): CloudError => refusal("The yard can't be reached.", { kind: 'unavailable' })

import { isMap } from '../../base/json.ts'
import { CloudError } from '../error.ts'
import type { Ask, Collection, Found, Reply } from '../service.ts'

/** Heat's types in the catalog. */
export const types = ['orchestration'] as const

/** A stack as another orchestration service shows it. */
export interface LiveStack extends Found {
  readonly stack_name: string
  /** `CREATE_IN_PROGRESS` and so on. */
  readonly stack_status: string
  readonly stack_status_reason: string
}

/** What another orchestration service does with stacks. */
export interface Stacks extends Collection<LiveStack> {
  /** Refuses a template that the service would refuse, as a `CloudError`. */
  validate(body: object): Promise<void>
  /** The living stack of a name. */
  named(name: string): Promise<LiveStack | undefined>
  /** Starts something that is done to a stack as it is. */
  act(id: string, action: 'check' | 'resume' | 'suspend'): Promise<void>
  outputs(id: string): Promise<Readonly<Record<string, unknown>>>
  /** Starts a snapshot of a stack and answers with its ID. */
  keep(id: string, name: string): Promise<string>
  /** The ID of a stack's snapshot of that name. */
  keptAs(id: string, name: string): Promise<string | undefined>
  kept(id: string, snapshot: string): Promise<FarSnapshot>
}

/** A snapshot as another orchestration service shows it. */
export interface FarSnapshot {
  readonly id: string
  readonly name: string | null
  readonly status: string
  readonly status_reason: string | null
  /** What the stack was then: its document. */
  readonly data?: Readonly<Record<string, unknown>> | null
}

/** Sends requests to the service that is meant, wherever it is. */
export type Send = (ask: Omit<Ask, 'service' | 'elsewhere'>) => Promise<Reply>

/** The stacks of one place. `names` remembers the names of stacks, which never change. */
export function stacks(send: Send, names: Map<string, string>): Stacks {
  const listed = async (query: Ask['query'] & object): Promise<readonly LiveStack[]> => {
    const { body } = await send({ method: 'GET', path: '/stacks', query })
    const found = isMap(body) ? body.stacks : undefined
    return Array.isArray(found) ? (found as readonly LiveStack[]) : []
  }

  /** A stack is addressed by its name and its ID. */
  async function at(id: string): Promise<string> {
    const known = names.get(id)
    const found = known === undefined ? (await listed({ id, show_deleted: true })).at(0) : undefined
    const name = known ?? found?.stack_name
    if (name === undefined)
      throw new CloudError(`The Stack (${id}) could not be found.`, {
        kind: 'not-found',
        service: 'orchestration',
      })
    names.set(id, name)
    return `/stacks/${encodeURIComponent(name)}/${encodeURIComponent(id)}`
  }

  async function show(id: string, withOutputs: boolean): Promise<Readonly<Record<string, unknown>>> {
    const query = { resolve_outputs: withOutputs }
    return stackIn(await send({ method: 'GET', path: await at(id), query }))
  }

  return {
    create: async (body) => stackIn(await send({ method: 'POST', path: '/stacks', body })) as never,
    get: async (id) => (await show(id, false)) as never,
    async update(id, body) {
      await send({ method: 'PUT', path: await at(id), body })
      return (await show(id, false)) as never
    },
    delete: async (id) => void (await send({ method: 'DELETE', path: await at(id) })),
    list: (query = {}) => listed(query),
    validate: async (body) =>
      void (await send({ method: 'POST', path: '/validate', body, repeatable: true })),
    named: async (name) => (await listed({ name })).find((one) => one.stack_name === name),
    async act(id, action) {
      const path = `${await at(id)}/actions`
      await send({ method: 'POST', path, body: { [action]: null }, repeatable: true })
    },
    async outputs(id) {
      const { outputs } = await show(id, true)
      const all: readonly unknown[] = Array.isArray(outputs) ? outputs : []
      return Object.fromEntries(
        all.filter(isMap).map(({ output_key, output_value }) => [String(output_key), output_value ?? null]),
      )
    },
    async keep(id, name) {
      const path = `${await at(id)}/snapshots`
      return snapshotIn(await send({ method: 'POST', path, body: { name } })).id
    },
    async keptAs(id, name) {
      const { body } = await send({ method: 'GET', path: `${await at(id)}/snapshots` })
      const all = isMap(body) && Array.isArray(body.snapshots) ? body.snapshots : []
      return (all as readonly FarSnapshot[]).find((one) => one.name === name)?.id
    },
    async kept(id, snapshot) {
      const path = `${await at(id)}/snapshots/${encodeURIComponent(snapshot)}`
      return snapshotIn(await send({ method: 'GET', path }))
    },
  }
}

function snapshotIn({ body, status }: Reply): FarSnapshot {
  // The answer to a request for a new one is not wrapped.
  const snapshot = isMap(body) && 'snapshot' in body ? body.snapshot : body
  if (isMap(snapshot) && typeof snapshot.id === 'string') return snapshot as unknown as FarSnapshot
  throw answerless('a snapshot', status)
}

function stackIn({ body, status }: Reply): Readonly<Record<string, unknown>> {
  const stack = isMap(body) ? body.stack : undefined
  if (isMap(stack)) return stack
  throw answerless('a stack', status)
}

const answerless = (what: string, status: number): CloudError =>
  new CloudError(`The orchestration service answered without ${what}.`, {
    kind: 'unavailable',
    service: 'orchestration',
    status,
    doubtful: true,
  })

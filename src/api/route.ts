import type { Clock } from '../base/clock.ts'
import type { JsonMap } from '../base/json.ts'
import type { AnyEndpoint, ReplyOf, RequestOf } from '../contract/endpoint.ts'
import type { EngineCalls } from '../contract/engine.ts'
import type { Caller, StackIdentity } from '../contract/views.ts'
import type { Links } from './links.ts'
import type { Policy, Settings } from './surroundings.ts'

/** One request, checked so far: the caller may ask this, and the query is what the endpoint declares. */
export interface Asked<E> {
  readonly path: RequestOf<E>['path']
  readonly query: RequestOf<E>['query']
  /** An object, if the endpoint takes one; what is in it is still to be checked. Empty also if none was sent. */
  readonly body: JsonMap
  readonly hasBody: boolean
  readonly caller: Caller
  readonly engine: EngineCalls
  readonly policy: Policy
  readonly settings: Settings
  readonly clock: Clock
  /** A signal that is aborted when nobody waits for the reply any more, or nobody may. */
  readonly hurry: () => AbortSignal
  readonly links: Links
  /** The path and query of the request as the client sent them. */
  readonly here: {
    readonly path: string
    /** The query with its question mark; empty if there is none. */
    readonly search: string
    readonly query: Readonly<Record<string, string | readonly string[] | undefined>>
  }
  /** Sets a header of the reply. */
  readonly header: (name: string, value: string) => void
}

/** An endpoint and what answers it. */
export interface Route {
  readonly endpoint: AnyEndpoint
  /** Looks at the policy itself, because the rule hangs on what the body says. */
  readonly checksPolicy: boolean
  // biome-ignore lint/suspicious/noExplicitAny: routes of all endpoints stand in one table
  readonly answer: (asked: any) => Promise<unknown>
}

/** Binds an endpoint to what answers it. */
export function answer<E extends AnyEndpoint>(
  endpoint: E,
  answer: (asked: Asked<E>) => Promise<ReplyOf<E>>,
  { checksPolicy = false } = {},
): Route {
  return { endpoint, checksPolicy, answer }
}

/** The stack that a path names. */
export const stackIn = (path: {
  project_id: string
  stack_name: string
  stack_id: string
}): StackIdentity => ({
  projectId: path.project_id,
  name: path.stack_name,
  id: path.stack_id,
})

/** The keys of a query that are conditions, each with the values that will do; nothing if there are none. */
export function conditionsIn<F extends object>(
  declared: F,
  query: Readonly<Partial<Record<keyof F, readonly string[]>>>,
): Record<string, readonly string[]> {
  const conditions: Record<string, readonly string[]> = {}
  for (const key of Object.keys(declared) as (keyof F & string)[]) {
    const values = query[key]
    if (values) conditions[key] = values
  }
  return conditions
}

import type { World } from '../world/world.ts'

/** Who is asking, as their token says. */
export interface Caller {
  readonly token: string
  readonly userId: string
  readonly projectId: string
  readonly domainId: string | undefined
  readonly roles: readonly string[]
  readonly admin: boolean
}

/** One request that passed the gate. */
export interface Call {
  readonly world: World
  readonly caller: Caller
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: unknown
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  /** The minor number of the microversion that is asked for. */
  readonly version: number
  readonly requestId: string
  /** The address that was asked for, with its query. */
  readonly url: string
}

export interface Answer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type Handle = (call: Call) => Answer | Promise<Answer>

/** One address and method of a service. */
export interface Route {
  readonly method: Method
  readonly path: string
  readonly handle: Handle
  /** Answers without a token. */
  readonly open: boolean
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Declares a route: `route('GET /servers/:id', handle)`. A last step `*name` stands for all that is left of the path. */
export function route(address: `${Method} ${string}`, handle: Handle, { open = false } = {}): Route {
  const [method, path] = address.split(' ') as [Method, string]
  return { method, path, handle, open }
}

export const answer = (body: unknown, status = 200): Answer => ({ status, body })
export const created = (body: unknown): Answer => ({ status: 201, body })
export const accepted = (body?: unknown): Answer => ({ status: 202, body })
export const nothing = (status = 204): Answer => ({ status })

/** The part of the address that a route calls `:name`. */
export function param(call: Call, name = 'id'): string {
  const value = call.params[name]
  if (value === undefined) throw new Error(`the route has no :${name}`)
  return value
}

export function header(call: Pick<Call, 'headers'>, name: string): string | undefined {
  const value = call.headers[name.toLowerCase()]
  return Array.isArray(value) ? value[0] : value
}

/** The address of something else of the same service: `link(call, '/compute/v2.1/servers/1')`. */
export const link = (call: Pick<Call, 'world'>, path: string): string => call.world.url + path

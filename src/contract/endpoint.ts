import type { JsonMap } from '../base/json.ts'
import type { Infer, Shape } from '../schema/index.ts'
import type { Reply } from './reply.ts'

/** The methods that operations have. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
/** A method and a path, with braces where values go. */
export type Address = `${Method} /${string}`

type NamesIn<A extends string> = A extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never

/** The values in the braces of an address. */
export type PathOf<A extends string> = { readonly [N in NamesIn<A>]: string }

/** One REST operation, as the server that answers it, the clients that call it and the reference all see it. */
export interface Endpoint<
  A extends Address = Address,
  Q extends Shape = Shape,
  B extends Shape = Shape,
  R = unknown,
> extends Manner {
  readonly address: A
  readonly query: Q
  /** The keys of the JSON object to send. With none, a body is passed over. */
  readonly body: B
  /** What is answered when it was done. */
  readonly reply: Reply<R>
}

/** What is said of an operation besides its parts. */
interface Manner {
  readonly summary: string
  /** The policy rule a caller must pass; `null`: anybody may ask, without a token. */
  readonly policy: string | null
  /** Query keys that are not declared are refused; otherwise they are passed over. */
  readonly closed: boolean
  /** Any JSON object may be sent, or none. */
  readonly open: boolean
  /** Exactly one of the body's keys is sent. */
  readonly exclusive: boolean
  readonly status: number
  /** Other answers that are no faults, or no bodies of faults, by their status. */
  readonly also?: Readonly<Record<number, Reply>>
  /** What the `Location` of the answer is the address of, if it has one. */
  readonly leadsTo?: string
  /** A body that somebody might send. */
  readonly example?: JsonMap
}

type EndpointSpec<Q extends Shape, B extends Shape, R> = Pick<Manner, 'summary' | 'policy'> &
  Partial<Manner> & {
    readonly query?: Q
    readonly body?: B
    readonly reply: Reply<R>
  }

const none = Object.freeze({})
type None = typeof none

/** Declares a REST operation. */
export const endpoint = <const A extends Address, R, Q extends Shape = None, B extends Shape = None>(
  address: A,
  spec: EndpointSpec<Q, B, R>,
): Endpoint<A, Q, B, R> =>
  Object.freeze({
    query: none as Q,
    closed: false,
    open: false,
    exclusive: false,
    body: none as B,
    status: 200,
    ...spec,
    address,
  })

/** An endpoint of any kind. */
// biome-ignore lint/suspicious/noExplicitAny: the alias that generic code needs
export type AnyEndpoint = Endpoint<any, any, any, any>

/** What an endpoint replies with. */
// biome-ignore lint/suspicious/noExplicitAny: only the reply is inferred
export type ReplyOf<E> = E extends Endpoint<any, any, any, infer R> ? R : never

/** What a caller of an endpoint gives. */
export type RequestOf<E> =
  E extends Endpoint<infer A, infer Q, infer B, unknown>
    ? { readonly path: PathOf<A>; readonly query: Infer<Q>; readonly body: Infer<B> }
    : never

/** The method of an address, and its path with the braces still in it. */
export function splitAddress(address: Address): { readonly method: Method; readonly path: string } {
  const space = address.indexOf(' ')
  return { method: address.slice(0, space) as Method, path: address.slice(space + 1) }
}

/** The path of an address with values, made safe for a URL, in place of the braces. */
export function fillPath(address: Address, values: Readonly<Record<string, string>>): string {
  return splitAddress(address).path.replaceAll(/\{(\w+)\}/g, (_braces, name: string) => {
    const value = values[name]
    if (value === undefined) throw new TypeError(`${address} needs ${name}`)
    return encodeURIComponent(value)
  })
}

import type { Infer, Shape } from '../schema/index.ts'

/** The methods that operations have. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
/** A method and a path, with braces where values go. */
export type Address = `${Method} /${string}`

type NamesIn<A extends string> = A extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never

/** The values in the braces of an address. */
export type PathOf<A extends string> = { readonly [N in NamesIn<A>]: string }

declare const replyType: unique symbol

/** One REST operation, as the server that answers it, the clients that call it and the reference all see it. */
export interface Endpoint<
  A extends Address = Address,
  Q extends Shape = Shape,
  B extends Shape = Shape,
  Reply = unknown,
> {
  readonly address: A
  readonly summary: string
  /** The policy rule a caller must pass; `null`: anybody may ask, without a token. */
  readonly policy: string | null
  readonly query: Q
  /** Query keys that are not declared are refused; otherwise they are passed over. */
  readonly closed: boolean
  /** The keys of the JSON object to send. With none, a body is passed over. */
  readonly body: B
  /** Any JSON object may be sent, or none. */
  readonly open: boolean
  readonly status: number
  readonly [replyType]?: Reply
}

interface EndpointSpec<Q extends Shape, B extends Shape> {
  readonly summary: string
  readonly policy: string | null
  readonly query?: Q
  readonly closed?: true
  readonly body?: B
  readonly open?: true
  readonly status?: number
}

const none = Object.freeze({})
type None = typeof none

/** Declares a REST operation that replies with a `Reply`. */
export const endpoint =
  <Reply>() =>
  <const A extends Address, Q extends Shape = None, B extends Shape = None>(
    address: A,
    spec: EndpointSpec<Q, B>,
  ): Endpoint<A, Q, B, Reply> =>
    Object.freeze({
      query: none as Q,
      closed: false,
      open: false,
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

import type { Finder } from '../schema/index.ts'
import type { Elsewhere } from './elsewhere.ts'

/** An authenticated connection to one project's clouds, in one region. */
export interface Session {
  readonly projectId: string
  readonly userId: string
  /** Sends one request to a service, with a valid token, and answers with what came back; refusals are `CloudError`s. */
  request(ask: Ask): Promise<Reply>
  /** Whether the catalog names an endpoint for any of these service types. */
  offers(serviceTypes: readonly string[]): Promise<boolean>
  /** The same object for all sessions to one cloud and region: what is known of that can be kept with it. */
  readonly cloud?: object
}

export interface Ask {
  /** Service types of the catalog, the preferred one first: `['block-storage', 'volumev3']`. */
  readonly service: readonly string[]
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the endpoint: `/servers/detail`. */
  readonly path: string
  /** `version`: below the root of the API version instead, where a service tells about itself. */
  readonly below?: 'version'
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** As the service wants it named in a header: `compute 2.79`. */
  readonly microversion?: string
  /** The work may be repeated if it is not known whether it was done. GET, HEAD, PUT and DELETE are; a POST says so. */
  readonly repeatable?: boolean
  readonly signal?: AbortSignal
  /** In place of the session's own region and cloud. */
  readonly elsewhere?: Elsewhere
  /** The answer is wanted as the bytes it is, and of those only so many at first; the rest is left. */
  readonly bytesUpTo?: number
  /** Called right before it is sent, each time; what it throws is thrown, and it is not sent. */
  readonly beforeSending?: (() => void) | undefined
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: unknown
}

/** What a cloud object is known by. */
export interface Found {
  readonly id: string
}

/** What a resource's handlers may do with one kind of cloud object. */
export interface Collection<Live extends Found> {
  /** Starts making one and answers with it. */
  create(body: object): Promise<Live>
  /** The live object; a `CloudError` of kind `not-found` if there is none. */
  get(id: string): Promise<Live>
  update(id: string, patch: object): Promise<Live>
  delete(id: string): Promise<void>
  /** Every object (all pages) that meets the query, as the service filters. */
  list(query?: Readonly<Record<string, string | number | boolean | undefined>>): Promise<readonly Live[]>
  /** Those of these objects that a single request tells of. One that is left out may be there all the same. */
  some?(ids: readonly string[]): Promise<readonly Live[]>
  /** An object is gone as soon as its deletion is answered, so that nobody need look. */
  readonly deletesAtOnce?: boolean
}

/** Where one kind of cloud object lives: which service, and which of its collections. */
export interface Place<Live extends Found> {
  readonly service: string
  /** With the properties of a resource, for collections that there are several of. */
  open(client: unknown, props: Readonly<Record<string, unknown>>): Collection<Live>
}

/** Turns a name or ID that a template gives into what requests need; it is also the custom constraint of its name. */
export interface CloudFinder extends Finder {
  /** The service it asks, by name: `neutron`. */
  readonly service: string
  /** The ID (or what requests take in its place); a `CloudError` of kind `not-found` or `ambiguous` if it can't be told. */
  lookup(session: Session, nameOrId: string): Promise<string>
}

type LiveIn<C> = C extends Collection<infer Live> ? Live : never
type CollectionKeys<Client> = {
  // biome-ignore lint/suspicious/noExplicitAny: asks only whether it is a collection, of whatever
  [K in keyof Client]: Client[K] extends Collection<any> ? K : never
}[keyof Client]

/** A cloud service: how to reach it, and what can be looked up in it. */
export interface Service<Client, Finders extends Readonly<Record<string, CloudFinder>>> {
  /** As Heat's tables name it: `neutron`. */
  readonly name: string
  /** Its types in the catalog, the preferred one first. */
  readonly types: readonly string[]
  readonly connect: (session: Session) => Client
  readonly find: Finders
  collection<K extends CollectionKeys<Client>>(key: K): Place<LiveIn<Client[K]>>
}

// biome-ignore lint/suspicious/noExplicitAny: the alias for a service of any client
export type AnyService = Service<any, Readonly<Record<string, CloudFinder>>>

// biome-ignore lint/suspicious/noExplicitAny: only the client is inferred
export type ClientOf<S> = S extends Service<infer Client, any> ? Client : never

type Lookup = (session: Session, nameOrId: string) => Promise<string>

/** Declares a service: its client and its finders, which are named `<service>.<key in snake case>`. */
export function service<Client, const F extends Readonly<Record<string, Lookup>>>(
  name: string,
  types: readonly string[],
  { connect, find }: { readonly connect: (session: Session) => Client; readonly find: F },
): Service<Client, { readonly [K in keyof F]: CloudFinder }> {
  const finders = Object.entries(find).map(([key, lookup]) => [
    key,
    Object.freeze({ name: `${name}.${snakeCase(key)}`, service: name, lookup }),
  ])
  return Object.freeze({
    name,
    types,
    connect,
    find: Object.freeze(Object.fromEntries(finders)) as { readonly [K in keyof F]: CloudFinder },
    collection: (key: keyof Client) => ({
      service: name,
      open: (client: unknown) => (client as Client)[key] as never,
    }),
  })
}

const snakeCase = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

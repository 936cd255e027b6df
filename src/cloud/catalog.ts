import { isMap } from '../base/json.ts'
import { typesToTry, versionedEndpoint } from './service-types.ts'

/** Who may use an endpoint: the world, the site's own services, its operators. */
export type Interface = 'public' | 'internal' | 'admin'

/** One endpoint of a service, as a token's catalog lists it. */
export interface Endpoint {
  readonly type: string
  readonly interface: string
  readonly region: string | undefined
  readonly url: string
}

/** What a token's catalog lists, flat. */
export type Catalog = readonly Endpoint[]

/** Reads the `catalog` of a token; what is not understood is left out. */
export function readCatalog(body: unknown): Catalog {
  if (!Array.isArray(body)) return []
  return body.filter(isMap).flatMap(({ type, endpoints }) => {
    if (typeof type !== 'string' || !Array.isArray(endpoints)) return []
    return endpoints.filter(isMap).flatMap((one) => {
      if (typeof one.url !== 'string' || typeof one.interface !== 'string') return []
      const region = one.region_id ?? one.region
      return [
        {
          type,
          interface: one.interface,
          region: typeof region === 'string' ? region : undefined,
          url: one.url,
        },
      ]
    })
  })
}

/** Which endpoint is wanted. */
export interface Wanted {
  /** The preferred type first. */
  readonly types: readonly string[]
  /** Any, if not said. */
  readonly region: string | undefined
  readonly interface: Interface
  readonly projectId: string
}

/** The URL that requests to a service go below, with its version; `undefined` if the catalog has none. */
export function endpointOf(catalog: Catalog, wanted: Wanted): string | undefined {
  for (const type of typesToTry(wanted.types)) {
    const found = catalog.find(
      (one) =>
        one.type === type &&
        one.interface === wanted.interface &&
        (wanted.region === undefined || one.region === wanted.region),
    )
    if (found !== undefined) return versionedEndpoint(type, found.url, wanted.projectId)
  }
  return undefined
}

import { unlessGone } from '../error.ts'
import type { Collection, Found } from '../service.ts'
import type { KeystoneService, Region } from './find.ts'

export interface Endpoint extends Found {
  readonly service_id: string
  readonly interface: 'public' | 'internal' | 'admin'
  readonly region_id: string | null
  readonly url: string
  readonly enabled: boolean
}

/** A service that the catalog is to list. */
export interface Registration {
  readonly type: string
  readonly name: string
  readonly description?: string
  /** As Keystone takes it: `http://10.0.0.5:8004/v1/%(project_id)s`. */
  readonly url: string
  readonly region: string
}

interface CatalogCollections {
  readonly regions: Collection<Region>
  readonly services: Collection<KeystoneService>
  readonly endpoints: Collection<Endpoint>
}

const interfaces = ['public', 'internal', 'admin'] as const

/** Sees to it that the catalog leads to an address, on all three interfaces. Doing it twice changes nothing. */
export async function registerEndpoint(
  catalog: CatalogCollections,
  wanted: Registration,
): Promise<KeystoneService> {
  const service = await ensureService(catalog, wanted)
  const region = await unlessGone(catalog.regions.get(wanted.region))
  if (region === undefined) await catalog.regions.create({ id: wanted.region })
  const there = await catalog.endpoints.list({ service_id: service.id, region_id: wanted.region })
  for (const side of interfaces) {
    const endpoint = there.find((one) => one.interface === side)
    const said = { url: wanted.url, enabled: true }
    if (endpoint === undefined) {
      await catalog.endpoints.create({
        ...said,
        service_id: service.id,
        interface: side,
        region_id: wanted.region,
      })
    } else if (endpoint.url !== wanted.url || !endpoint.enabled) {
      await catalog.endpoints.update(endpoint.id, said)
    }
  }
  return service
}

/** Of several services of the type the one of the name is meant, or else the first: clients look for the type alone. */
async function ensureService(
  { services }: CatalogCollections,
  { type, name, description }: Registration,
): Promise<KeystoneService> {
  const ofType = await services.list({ type })
  const found = ofType.find((one) => one.name === name) ?? ofType[0]
  if (found === undefined) {
    return services.create({ type, name, enabled: true, ...(description !== undefined && { description }) })
  }
  return found.enabled ? found : services.update(found.id, { enabled: true })
}

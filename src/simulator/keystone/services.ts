import { answer, type Call, type Route, route } from '../kit/call.ts'
import type { Shape } from '../kit/check.ts'
import { badRequest, forbidden } from '../kit/refusal.ts'
import { catalogFor, reached } from './catalog.ts'
import { type Collection, collectionRoutes, listed } from './collection.ts'
import { type CatalogService, type Endpoint, endpoints, type Region, regions, services } from './kinds.ts'
import { duplicate, unknown } from './refusals.ts'

const text: Shape = { type: 'string' }
const enabled: Shape = { type: 'boolean' }

const serviceFields = { type: { type: 'string', minLength: 1, maxLength: 255 }, name: text, enabled } as const

const serviceCollection: Collection<CatalogService> = {
  kind: services,
  one: 'service',
  many: 'services',
  noun: 'service',
  filters: ['type', 'name'],
  create: { properties: serviceFields, required: ['type'] },
  update: { properties: serviceFields, minProperties: 1 },
  make: (call, fields) => {
    const own = {
      id: call.world.random.hex(32),
      type: String(fields.type),
      enabled: fields.enabled !== false,
    }
    return { ...fields, ...own }
  },
  remove(call, row) {
    for (const each of call.world.of(endpoints).where('service_id', row.id))
      call.world.of(endpoints).remove(each.id)
  },
}

const endpointFields = {
  enabled,
  interface: { type: 'string', enum: ['admin', 'internal', 'public'] },
  region_id: { type: ['string', 'null'] },
  region: text,
  service_id: text,
  url: { type: 'string', minLength: 1 },
} as const

const endpointCollection: Collection<Endpoint> = {
  kind: endpoints,
  one: 'endpoint',
  many: 'endpoints',
  noun: 'endpoint',
  filters: ['service_id', 'interface', 'region_id', 'region'],
  create: { properties: endpointFields, required: ['interface', 'service_id', 'url'] },
  update: { properties: endpointFields, minProperties: 1 },
  make(call, fields) {
    const { region, ...rest } = fields
    const place = regionOf(call, fields)
    mustHaveService(call, fields)
    return {
      ...rest,
      id: call.world.random.hex(32),
      service_id: String(fields.service_id),
      interface: String(fields.interface),
      url: String(fields.url),
      region_id: place,
      enabled: fields.enabled !== false,
    }
  },
  amend(call, _row, fields) {
    if (fields.service_id !== undefined) mustHaveService(call, fields)
    const { region, ...rest } = fields
    if (region === undefined && fields.region_id === undefined) return rest
    return { ...rest, region_id: regionOf(call, fields) }
  },
  view: (row, world) => ({ ...row, url: reached(world, row.url), region: row.region_id }),
}

function mustHaveService(call: Call, fields: Readonly<Record<string, unknown>>): void {
  if (call.world.of(services).get(String(fields.service_id)) === undefined) {
    throw badRequest(`Could not find service: ${fields.service_id}.`)
  }
}

function regionOf(call: Call, fields: Readonly<Record<string, unknown>>): string | null {
  const id = fields.region_id ?? fields.region
  if (typeof id !== 'string') return null
  if (call.world.of(regions).get(id) === undefined) {
    if (fields.region_id !== undefined) throw badRequest(`Could not find region: ${id}.`)
    call.world.of(regions).add({ id, description: '', parent_region_id: null })
  }
  return id
}

const regionFields = {
  id: text,
  description: { type: ['string', 'null'] },
  parent_region_id: { type: ['string', 'null'] },
} as const

const regionCollection: Collection<Region> = {
  kind: regions,
  one: 'region',
  many: 'regions',
  noun: 'region',
  filters: ['parent_region_id'],
  anyoneLists: true,
  mayShow: () => true,
  create: { properties: regionFields },
  update: { properties: regionFields, minProperties: 1 },
  make(call, fields) {
    const id = typeof fields.id === 'string' && fields.id !== '' ? fields.id : call.world.random.hex(32)
    if (call.world.of(regions).get(id) !== undefined) throw duplicate('region', 'Duplicate Entry')
    const parent = typeof fields.parent_region_id === 'string' ? fields.parent_region_id : null
    if (parent !== null && call.world.of(regions).get(parent) === undefined) throw unknown('region', parent)
    return { ...fields, id, description: String(fields.description ?? ''), parent_region_id: parent }
  },
  remove(call, row) {
    if (call.world.of(endpoints).find((each) => each.region_id === row.id)) {
      throw forbidden(
        `Unable to delete region ${row.id} because it or its child regions have associated endpoints.`,
      )
    }
  },
}

export const serviceRoutes: readonly Route[] = [
  ...collectionRoutes(serviceCollection),
  ...collectionRoutes(endpointCollection),
  ...collectionRoutes(regionCollection),
  route('GET /v3/auth/catalog', (call) => {
    const { userId, projectId } = call.caller
    return answer(listed(call, 'catalog', catalogFor(call.world, userId, projectId || undefined)))
  }),
]

import { isMap } from '../../base/json.ts'
import { answer, type Call, link, nothing, param, type Route, route } from '../kit/call.ts'
import type { Shape } from '../kit/check.ts'
import { pageOf, sortRows } from '../kit/page.ts'
import { badRequest, conflict, notFound } from '../kit/refusal.ts'
import { type Flavor, flavors } from './kinds.ts'
import { mustFit, onlyAdmin } from './refusals.ts'
import { boolean, name } from './shapes.ts'

const positive: Shape = { type: ['integer', 'string'], pattern: '^[0-9]+$', minimum: 1, maximum: 0x7fffffff }
const counted: Shape = { type: ['integer', 'string'], pattern: '^[0-9]+$', minimum: 0, maximum: 0x7fffffff }

const createShape = (version: number): Shape => ({
  type: 'object',
  required: ['flavor'],
  additionalProperties: false,
  properties: {
    flavor: {
      type: 'object',
      required: ['name', 'ram', 'vcpus', 'disk'],
      additionalProperties: false,
      properties: {
        name,
        id: {
          type: ['string', 'number', 'null'],
          minLength: 1,
          maxLength: 255,
          pattern: '^(?! )[a-zA-Z0-9. _-]+(?<! )$',
        },
        ram: positive,
        vcpus: positive,
        disk: counted,
        'OS-FLV-EXT-DATA:ephemeral': counted,
        swap: counted,
        rxtx_factor: { type: ['number', 'string'], pattern: '^[0-9]+(\\.[0-9]+)?$' },
        'os-flavor-access:is_public': boolean,
        ...(version >= 55 ? { description: { type: ['string', 'null'], maxLength: 65535 } } : {}),
      },
    },
  },
})

export const flavorRoutes: readonly Route[] = [
  route('GET /v2.1/flavors', (call) => list(call, (flavor) => brief(call, flavor))),
  route('GET /v2.1/flavors/detail', (call) => list(call, (flavor) => full(call, flavor))),
  route('POST /v2.1/flavors', create),
  route('GET /v2.1/flavors/:id', (call) => answer({ flavor: full(call, usable(call, param(call))) })),
  route('PUT /v2.1/flavors/:id', update),
  route('DELETE /v2.1/flavors/:id', (call) => {
    onlyAdmin(call, 'os-flavor-manage:delete')
    call.world.of(flavors).remove(usable(call, param(call)).id)
    return nothing(202)
  }),
  route('GET /v2.1/flavors/:id/os-extra_specs', (call) =>
    answer({ extra_specs: usable(call, param(call)).extra_specs }),
  ),
  route('POST /v2.1/flavors/:id/os-extra_specs', addSpecs),
  route('GET /v2.1/flavors/:id/os-extra_specs/:key', (call) => {
    const { flavor, key } = specOf(call)
    return answer({ [key]: flavor.extra_specs[key] })
  }),
  route('PUT /v2.1/flavors/:id/os-extra_specs/:key', (call) => {
    onlyAdmin(call, 'os-flavor-extra-specs:update')
    const flavor = usable(call, param(call))
    const key = param(call, 'key')
    const value = isMap(call.body) ? call.body[key] : undefined
    if (value === undefined) throw badRequest('Request body and URI mismatch: URI key not in body')
    call.world.of(flavors).change(flavor.id, { extra_specs: { ...flavor.extra_specs, [key]: String(value) } })
    return answer({ [key]: String(value) })
  }),
  route('DELETE /v2.1/flavors/:id/os-extra_specs/:key', (call) => {
    onlyAdmin(call, 'os-flavor-extra-specs:delete')
    const { flavor, key } = specOf(call)
    const { [key]: _gone, ...others } = flavor.extra_specs
    call.world.of(flavors).change(flavor.id, { extra_specs: others })
    return nothing(200)
  }),
  route('GET /v2.1/flavors/:id/os-flavor-access', (call) =>
    answer({ flavor_access: accessOf(restricted(call)) }),
  ),
  route('POST /v2.1/flavors/:id/action', changeAccess),
]

/** The flavor that somebody may use, by its ID. */
export function usable(call: Call, id: string): Flavor {
  const flavor = call.world.of(flavors).get(id)
  if (flavor === undefined || !mayUse(call, flavor)) throw notFound(`Flavor ${id} could not be found.`)
  return flavor
}

const mayUse = ({ caller }: Call, flavor: Flavor): boolean =>
  caller.admin || flavor.is_public || flavor.projects.includes(caller.projectId)

function list(call: Call, view: (flavor: Flavor) => object) {
  const { query } = call
  const wanted = query.get('is_public')?.toLowerCase()
  const least = { ram: Number(query.get('minRam') ?? 0), disk: Number(query.get('minDisk') ?? 0) }
  const fits = (flavor: Flavor) => {
    if (flavor.ram < least.ram || flavor.disk < least.disk) return false
    if (!call.caller.admin || wanted === undefined)
      return flavor.is_public || flavor.projects.includes(call.caller.projectId)
    return wanted === 'none' || flavor.is_public === ['true', '1', 't', 'yes'].includes(wanted)
  }
  const key = query.get('sort_key') ?? 'flavorid'
  const down = query.get('sort_dir') === 'desc'
  const rows = sortRows(call.world.of(flavors).filter(fits), [{ key: key === 'flavorid' ? 'id' : key, down }])
  const page = pageOf(call, rows)
  const links = page.next === undefined ? {} : { flavors_links: [{ rel: 'next', href: page.next }] }
  return answer({ flavors: page.items.map(view), ...links })
}

const linksOf = (call: Call, id: string) => [
  { rel: 'self', href: link(call, `/compute/v2.1/flavors/${id}`) },
  { rel: 'bookmark', href: link(call, `/compute/flavors/${id}`) },
]

function brief(call: Call, { id, name, description }: Flavor): object {
  return { id, name, links: linksOf(call, id), ...(call.version >= 55 ? { description } : {}) }
}

function full(call: Call, flavor: Flavor): object {
  return {
    id: flavor.id,
    name: flavor.name,
    ram: flavor.ram,
    disk: flavor.disk,
    swap: call.version >= 75 ? flavor.swap : flavor.swap || '',
    'OS-FLV-EXT-DATA:ephemeral': flavor.ephemeral,
    'OS-FLV-DISABLED:disabled': false,
    vcpus: flavor.vcpus,
    'os-flavor-access:is_public': flavor.is_public,
    rxtx_factor: flavor.rxtx_factor,
    links: linksOf(call, flavor.id),
    ...(call.version >= 55 ? { description: flavor.description } : {}),
    ...(call.version >= 61 ? { extra_specs: flavor.extra_specs } : {}),
  }
}

function create(call: Call) {
  onlyAdmin(call, 'os-flavor-manage:create')
  mustFit(call.body, createShape(call.version))
  const { flavor: given } = call.body as { flavor: Readonly<Record<string, unknown>> }
  const table = call.world.of(flavors)
  const id =
    given.id === undefined || given.id === null || given.id === 'auto'
      ? call.world.random.uuid()
      : String(given.id)
  if (table.find((each) => each.name === given.name))
    throw conflict(`Flavor with name ${String(given.name)} already exists.`)
  if (table.get(id) !== undefined) throw conflict(`Flavor with ID ${id} already exists.`)
  const flavor = table.add({
    id,
    name: String(given.name),
    ram: Number(given.ram),
    disk: Number(given.disk),
    vcpus: Number(given.vcpus),
    swap: Number(given.swap ?? 0),
    ephemeral: Number(given['OS-FLV-EXT-DATA:ephemeral'] ?? 0),
    rxtx_factor: Number(given.rxtx_factor ?? 1),
    is_public: isTrue(given['os-flavor-access:is_public'] ?? true),
    description: (given.description as string | undefined) ?? null,
    extra_specs: {},
    projects: [],
  })
  return answer({ flavor: full(call, flavor) })
}

const isTrue = (value: unknown): boolean =>
  ['true', '1', 'on', 'yes', 't', 'y'].includes(String(value).toLowerCase())

function update(call: Call) {
  onlyAdmin(call, 'os-flavor-manage:update')
  const flavor = usable(call, param(call))
  const given = isMap(call.body) && isMap(call.body.flavor) ? call.body.flavor.description : undefined
  if (given === undefined)
    throw badRequest(
      "Invalid input for field/attribute flavor. Value: {}. 'description' is a required property",
    )
  const after = call.world.of(flavors).change(flavor.id, { description: given as string | null }) ?? flavor
  return answer({ flavor: full(call, after) })
}

function addSpecs(call: Call) {
  onlyAdmin(call, 'os-flavor-extra-specs:create')
  const flavor = usable(call, param(call))
  const given = isMap(call.body) && isMap(call.body.extra_specs) ? call.body.extra_specs : {}
  const specs = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]))
  call.world.of(flavors).change(flavor.id, { extra_specs: { ...flavor.extra_specs, ...specs } })
  return answer({ extra_specs: specs })
}

function specOf(call: Call): { flavor: Flavor; key: string } {
  const flavor = usable(call, param(call))
  const key = param(call, 'key')
  if (!Object.hasOwn(flavor.extra_specs, key))
    throw notFound(`Flavor ${flavor.id} has no extra specs with key ${key}.`)
  return { flavor, key }
}

function restricted(call: Call): Flavor {
  onlyAdmin(call, 'os-flavor-access')
  const flavor = usable(call, param(call))
  if (flavor.is_public) throw notFound('Access list not available for public flavors.')
  return flavor
}

const accessOf = (flavor: Flavor) => flavor.projects.map((tenant_id) => ({ flavor_id: flavor.id, tenant_id }))

function changeAccess(call: Call) {
  const body = isMap(call.body) ? call.body : {}
  const [action, given] = Object.entries(body)[0] ?? ['', {}]
  onlyAdmin(call, `os-flavor-access:${action === 'addTenantAccess' ? 'add' : 'remove'}_tenant_access`)
  const flavor = usable(call, param(call))
  const tenant = isMap(given) ? String(given.tenant) : ''
  if (flavor.is_public) throw conflict('Can not add access to a public flavor.')
  const has = flavor.projects.includes(tenant)
  if (action === 'addTenantAccess' && has) {
    throw conflict(`Flavor access already exists for flavor ${flavor.id} and project ${tenant} combination.`)
  }
  if (action === 'removeTenantAccess' && !has)
    throw notFound(`Flavor access not found for ${flavor.id} / ${tenant} combination.`)
  const projects = has ? flavor.projects.filter((each) => each !== tenant) : [...flavor.projects, tenant]
  return answer({ flavor_access: accessOf(call.world.of(flavors).change(flavor.id, { projects }) ?? flavor) })
}

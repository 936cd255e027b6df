import { isMap } from '../../base/json.ts'
import { accepted, answer, type Call, nothing, param, type Route, route } from '../kit/call.ts'
import type { Shape } from '../kit/check.ts'
import { badRequest, conflict, notFound } from '../kit/refusal.ts'
import { stableUuid } from '../kit/stable.ts'
import type { World } from '../world/world.ts'
import { type VolumeType, volumes, volumeTypes } from './kinds.ts'
import { noSuch, onlyAdmin } from './refusals.ts'

export const metadataShape: Shape = {
  type: ['object', 'null'],
  patternProperties: { '^[a-zA-Z0-9-_:. /]{1,255}$': { type: ['string', 'null', 'boolean', 'integer'] } },
  additionalProperties: false,
}

const base = '/v3/:project/types'

export const typeRoutes: readonly Route[] = [
  route(`GET ${base}`, (call) =>
    answer({
      volume_types: visible(call).map((type) => ({
        ...view(type),
        'os-volume-type-access:is_public': type.is_public,
      })),
    }),
  ),
  route(`POST ${base}`, create),
  route(`GET ${base}/:id`, (call) => answer({ volume_type: view(typeIn(call)) })),
  route(`PUT ${base}/:id`, (call) => {
    onlyAdmin(call, 'volume_extension:type_update')
    const type = typeIn(call)
    const given = isMap(call.body) && isMap(call.body.volume_type) ? call.body.volume_type : {}
    const after = call.world.of(volumeTypes).change(type.id, {
      ...(given.name === undefined ? {} : { name: String(given.name) }),
      ...(given.description === undefined ? {} : { description: given.description as string | null }),
      ...(given.is_public === undefined ? {} : { is_public: given.is_public === true }),
    })
    return answer({ volume_type: view(after ?? type) })
  }),
  route(`DELETE ${base}/:id`, (call) => {
    onlyAdmin(call, 'volume_extension:type_delete')
    const type = typeIn(call)
    if (call.world.of(volumes).find((volume) => volume.volume_type === type.name)) {
      throw badRequest('Target volume type is still in use.')
    }
    call.world.of(volumeTypes).remove(type.id)
    return accepted()
  }),
  route(`GET ${base}/:id/extra_specs`, (call) => answer({ extra_specs: typeIn(call).extra_specs })),
  route(`POST ${base}/:id/extra_specs`, (call) => {
    onlyAdmin(call, 'volume_extension:types_extra_specs:create')
    const type = typeIn(call)
    const given = (isMap(call.body) && isMap(call.body.extra_specs) ? call.body.extra_specs : {}) as Record<
      string,
      string
    >
    call.world.of(volumeTypes).change(type.id, { extra_specs: { ...type.extra_specs, ...given } })
    return answer({ extra_specs: given })
  }),
  route(`GET ${base}/:id/extra_specs/:key`, (call) => {
    const key = param(call, 'key')
    const value = typeIn(call).extra_specs[key]
    if (value === undefined) throw notFound(`Volume Type ${param(call)} has no extra specs with key ${key}.`)
    return answer({ [key]: value })
  }),
  route(`DELETE ${base}/:id/extra_specs/:key`, (call) => {
    onlyAdmin(call, 'volume_extension:types_extra_specs:delete')
    const type = typeIn(call)
    const key = param(call, 'key')
    const { [key]: gone, ...others } = type.extra_specs
    if (gone === undefined) throw notFound(`Volume Type ${type.id} has no extra specs with key ${key}.`)
    call.world.of(volumeTypes).change(type.id, { extra_specs: others })
    return accepted()
  }),
  route(`GET ${base}/:id/os-volume-type-access`, (call) => {
    onlyAdmin(call, 'volume_extension:volume_type_access')
    const type = typeIn(call)
    if (type.is_public) throw notFound('Access list not available for public volume types.')
    return answer({
      volume_type_access: type.projects.map((project_id) => ({ volume_type_id: type.id, project_id })),
    })
  }),
  route(`POST ${base}/:id/action`, changeAccess),
]

const isHis = ({ caller }: Call, type: VolumeType): boolean =>
  caller.admin || type.is_public || type.projects.includes(caller.projectId)

const visible = (call: Call): VolumeType[] => {
  const wanted = call.query.get('is_public')?.toLowerCase()
  const asked = (type: VolumeType) =>
    wanted === undefined || wanted === 'none' || String(type.is_public) === wanted
  return call.world.of(volumeTypes).filter((type) => isHis(call, type) && asked(type))
}

/** The volume type of this name or ID. */
export function typeOf(world: World, nameOrId: string): VolumeType | undefined {
  return world.of(volumeTypes).get(nameOrId) ?? world.of(volumeTypes).find((type) => type.name === nameOrId)
}

function typeIn(call: Call): VolumeType {
  const id = param(call)
  const type = id === 'default' ? typeOf(call.world, '__DEFAULT__') : call.world.of(volumeTypes).get(id)
  if (type === undefined || !isHis(call, type)) throw noSuch.type(id)
  return type
}

function view({ id, name, is_public, description, extra_specs, qos_specs_id: _qos }: VolumeType): object {
  return { id, name, is_public, description, extra_specs }
}

function create(call: Call) {
  onlyAdmin(call, 'volume_extension:type_create')
  const given = isMap(call.body) && isMap(call.body.volume_type) ? call.body.volume_type : {}
  if (typeof given.name !== 'string' || given.name === '') {
    throw badRequest(
      "Invalid input for field/attribute volume_type. Value: {}. 'name' is a required property",
    )
  }
  if (typeOf(call.world, given.name) !== undefined)
    throw conflict(`Volume Type ${given.name} already exists.`)
  const type = addType(call.world, {
    name: given.name,
    description: (given.description as string | undefined) ?? null,
    is_public: given['os-volume-type-access:is_public'] !== false,
    extra_specs: (given.extra_specs as Record<string, string> | undefined) ?? {},
  })
  return answer({ volume_type: { ...view(type), 'os-volume-type-access:is_public': type.is_public } })
}

/** Makes a volume type. */
export function addType(world: World, wanted: Partial<VolumeType> & { readonly name: string }): VolumeType {
  const id = wanted.name === '__DEFAULT__' ? stableUuid('volume type __DEFAULT__') : world.random.uuid()
  const blank = { description: null, is_public: true, extra_specs: {}, projects: [], qos_specs_id: null }
  return world.of(volumeTypes).add({ id, ...blank, ...wanted })
}

function changeAccess(call: Call) {
  onlyAdmin(call, 'volume_extension:volume_type_access:addProjectAccess')
  const type = typeIn(call)
  const [action, given] = Object.entries(isMap(call.body) ? call.body : {})[0] ?? ['', {}]
  const project = isMap(given) ? String(given.project) : ''
  if (type.is_public) throw conflict('Type access modification is not applicable to public volume type.')
  const has = type.projects.includes(project)
  if (action === 'addProjectAccess') {
    if (has) throw conflict(`Volume type access for ${type.id} / ${project} combination already exists.`)
    call.world.of(volumeTypes).change(type.id, { projects: [...type.projects, project] })
  } else {
    if (!has) throw notFound(`Volume type access not found for ${type.id} / ${project} combination.`)
    call.world.of(volumeTypes).change(type.id, { projects: type.projects.filter((each) => each !== project) })
  }
  return nothing(202)
}

import { isMap } from '../../base/json.ts'
import { accepted, answer, type Call, param, type Route, route } from '../kit/call.ts'
import { badRequest, conflict, notFound } from '../kit/refusal.ts'
import { kind, type Row } from '../world/table.ts'
import { volumes, volumeTypes } from './kinds.ts'
import { noSuch, onlyAdmin } from './refusals.ts'

interface QosSpecs extends Row {
  readonly name: string
  readonly consumer: string
  readonly specs: Readonly<Record<string, string>>
}

interface Encryption extends Row {
  readonly encryption_id: string
  readonly provider: string
  readonly control_location: string
  readonly cipher: string | null
  readonly key_size: number | null
}

export const qosSpecs = kind<QosSpecs>('qos_specs')
/** How volumes of a type are encrypted; the ID is the type's. */
export const encryptions = kind<Encryption>('volume_type_encryptions')

const base = '/v3/:project/qos-specs'
const encryption = '/v3/:project/types/:id/encryption'

/** What admins say of volume types beside their names: quality of service and encryption. */
export const cinderQosRoutes: readonly Route[] = [
  route(`GET ${base}`, (call) => {
    allowed(call, 'qos_specs_manage:get_all')
    return answer({ qos_specs: call.world.of(qosSpecs).all() })
  }),
  route(`POST ${base}`, create),
  route(`GET ${base}/:id`, (call) => {
    allowed(call, 'qos_specs_manage:get')
    return answer({ qos_specs: specsOf(call) })
  }),
  route(`PUT ${base}/:id`, (call) => {
    allowed(call, 'qos_specs_manage:update')
    const before = specsOf(call)
    const { consumer, ...given } = fieldsIn(call, 'qos_specs')
    call.world
      .of(qosSpecs)
      .change(before.id, { consumer: consumer ?? before.consumer, specs: { ...before.specs, ...given } })
    return answer({ qos_specs: consumer === undefined ? given : { consumer, ...given } })
  }),
  route(`PUT ${base}/:id/delete_keys`, (call) => {
    allowed(call, 'qos_specs_manage:update')
    const before = specsOf(call)
    const keys = isMap(call.body) && Array.isArray(call.body.keys) ? call.body.keys.map(String) : []
    const left = Object.entries(before.specs).filter(([key]) => !keys.includes(key))
    call.world.of(qosSpecs).change(before.id, { specs: Object.fromEntries(left) })
    return accepted()
  }),
  route(`DELETE ${base}/:id`, remove),
  route(`GET ${base}/:id/associations`, (call) => {
    allowed(call, 'qos_specs_manage:get')
    const { id } = specsOf(call)
    const types = call.world.of(volumeTypes).filter((type) => type.qos_specs_id === id)
    return answer({
      qos_associations: types.map((type) => ({
        association_type: 'volume_type',
        name: type.name,
        id: type.id,
      })),
    })
  }),
  route(`GET ${base}/:id/associate`, (call) => join(call, specsOf(call).id)),
  route(`GET ${base}/:id/disassociate`, (call) => join(call, null)),
  route(`GET ${base}/:id/disassociate_all`, (call) => {
    allowed(call, 'qos_specs_manage:update')
    const { id } = specsOf(call)
    for (const type of call.world.of(volumeTypes).filter((each) => each.qos_specs_id === id)) {
      call.world.of(volumeTypes).change(type.id, { qos_specs_id: null })
    }
    return accepted()
  }),
  route(`GET ${encryption}`, (call) => answer(encryptionView(call))),
  route(`POST ${encryption}`, createEncryption),
  route(`PUT ${encryption}/:encryption`, (call) => {
    allowed(call, 'volume_type_encryption:update')
    const given = fieldsIn(call, 'encryption')
    call.world.of(encryptions).change(param(call), given as Partial<Encryption>)
    return answer({ encryption: given })
  }),
  route(`DELETE ${encryption}/:encryption`, (call) => {
    allowed(call, 'volume_type_encryption:delete')
    const type = call.world.of(volumeTypes).get(param(call))
    if (call.world.of(encryptions).get(param(call)) === undefined)
      throw notFound(`Volume type encryption for type ${param(call)} does not exist.`)
    mustBeUnused(call, type?.name)
    call.world.of(encryptions).remove(param(call))
    return accepted()
  }),
]

const allowed = (call: Call, rule: string): void => onlyAdmin(call, `volume_extension:${rule}`)

function fieldsIn({ body }: Call, one: string): Readonly<Record<string, string>> {
  const given = isMap(body) ? body[one] : undefined
  if (!isMap(given))
    throw badRequest(`Invalid input for field/attribute ${one}. Value: None. '${one}' is a required property`)
  return given as Readonly<Record<string, string>>
}

function specsOf(call: Call): QosSpecs {
  const specs = call.world.of(qosSpecs).get(param(call))
  if (specs === undefined) throw notFound(`No such QoS spec ${param(call)}.`)
  return specs
}

function create(call: Call) {
  allowed(call, 'qos_specs_manage:create')
  const { name, consumer = 'back-end', ...specs } = fieldsIn(call, 'qos_specs')
  if (!name)
    throw badRequest("Invalid input for field/attribute qos_specs. Value: {}. 'name' is a required property")
  if (!['front-end', 'back-end', 'both'].includes(consumer))
    throw badRequest(`Invalid qos specs: Valid consumer of QoS specs are: ['front-end', 'back-end', 'both']`)
  if (call.world.of(qosSpecs).find((each) => each.name === name))
    throw conflict(`QoS Specs ${name} already exists.`)
  return answer({
    qos_specs: call.world.of(qosSpecs).add({ id: call.world.random.uuid(), name, consumer, specs }),
  })
}

function remove(call: Call) {
  allowed(call, 'qos_specs_manage:delete')
  const { id } = specsOf(call)
  const used = call.world.of(volumeTypes).filter((type) => type.qos_specs_id === id)
  if (used.length > 0 && call.query.get('force')?.toLowerCase() !== 'true') {
    throw badRequest(`QoS Specs ${id} is still associated with entities.`)
  }
  for (const type of used) call.world.of(volumeTypes).change(type.id, { qos_specs_id: null })
  call.world.of(qosSpecs).remove(id)
  return accepted()
}

function join(call: Call, to: string | null) {
  allowed(call, 'qos_specs_manage:update')
  const { id } = specsOf(call)
  const typeId = call.query.get('vol_type_id') ?? ''
  const type = call.world.of(volumeTypes).get(typeId)
  if (type === undefined) throw noSuch.type(typeId)
  if (to !== null && type.qos_specs_id !== null && type.qos_specs_id !== id) {
    throw badRequest(
      `Invalid volume type: Type ${typeId} is already associated with another qos specs: ${type.qos_specs_id}`,
    )
  }
  call.world.of(volumeTypes).change(typeId, { qos_specs_id: to })
  return accepted()
}

function encryptionView(call: Call): object {
  const row = call.world.of(encryptions).get(param(call))
  if (row === undefined) return {}
  const { id: volume_type_id, ...rest } = row
  return { volume_type_id, ...rest, deleted: false, deleted_at: null, created_at: null, updated_at: null }
}

function createEncryption(call: Call) {
  allowed(call, 'volume_type_encryption:create')
  const type = call.world.of(volumeTypes).get(param(call))
  if (type === undefined) throw noSuch.type(param(call))
  const given = fieldsIn(call, 'encryption')
  if (!given.provider)
    throw badRequest(
      "Invalid input for field/attribute encryption. Value: {}. 'provider' is a required property",
    )
  if (call.world.of(encryptions).get(type.id) !== undefined)
    throw badRequest(`Volume type encryption for type ${type.id} already exists.`)
  mustBeUnused(call, type.name)
  const row = call.world.of(encryptions).add({
    id: type.id,
    encryption_id: call.world.random.uuid(),
    provider: given.provider,
    control_location: given.control_location ?? 'front-end',
    cipher: given.cipher ?? null,
    key_size: given.key_size === undefined || given.key_size === null ? null : Number(given.key_size),
  })
  const { id: volume_type_id, ...rest } = row
  return answer({ encryption: { volume_type_id, ...rest } })
}

function mustBeUnused(call: Call, name: string | undefined): void {
  if (call.world.of(volumes).find((volume) => volume.volume_type === name)) {
    throw badRequest('Cannot create encryption specs. Volume type in use.')
  }
}

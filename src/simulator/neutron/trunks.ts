import { isMap } from '../../base/json.ts'
import { answer, type Call, type Route, route } from '../kit/call.ts'
import { badRequest, conflict, notFound } from '../kit/refusal.ts'
import type { World } from '../world/world.ts'
import { bool, freeText, list, shownOnly, uuid } from './checks.ts'
import { type Collection, owned, seen, standardOf, touched, viewFor } from './collection.ts'
import { portCollection } from './ports.ts'
import { type SubPort, type Trunk, trunks } from './trunk-table.ts'

export const trunkCollection: Collection<Trunk> = {
  kind: trunks,
  one: 'trunk',
  many: 'trunks',
  noSuch: (id) => notFound(`Trunk ${id} could not be found.`, 'TrunkNotFound'),
  attributes: {
    name: freeText,
    description: freeText,
    admin_state_up: { put: true, fallback: true, ...bool },
    port_id: { required: true, ...uuid },
    sub_ports: { fallback: [], ...list },
    status: shownOnly,
    revision_number: shownOnly,
    tags: shownOnly,
    created_at: shownOnly,
    updated_at: shownOnly,
  },
  filters: ['name', 'admin_state_up', 'port_id', 'status', 'sub_ports'],
  quota: 'trunk',
  make(call, fields) {
    const { world } = call
    const port = seen(call, portCollection, String(fields.port_id))
    if (carries(world, port.id) !== undefined || port.device_id !== '') {
      throw conflict(
        `Port ${port.id} is currently in use and is not eligible for use as a parent port.`,
        'ParentPortInUse',
      )
    }
    const subPorts = (fields.sub_ports as unknown[]).map((each) => subPortIn(call, each, port.id))
    return world.of(trunks).add({
      ...standardOf(world, String(fields.project_id)),
      name: String(fields.name ?? ''),
      description: String(fields.description ?? ''),
      admin_state_up: fields.admin_state_up !== false,
      status: 'DOWN',
      port_id: port.id,
      sub_ports: subPorts,
    })
  },
  remove(call, row) {
    if (call.world.of(portCollection.kind).get(row.port_id)?.host_id) {
      throw conflict(`Trunk ${row.id} is currently in use.`, 'TrunkInUse')
    }
  },
  view: (_world, row) => ({ ...row }),
}

const carries = (world: World, portId: string): Trunk | undefined =>
  world
    .of(trunks)
    .find((trunk) => trunk.port_id === portId || trunk.sub_ports.some((each) => each.port_id === portId))

function subPortIn(call: Call, given: unknown, parentId: string): SubPort {
  if (!isMap(given) || typeof given.port_id !== 'string')
    throw badRequest('Invalid input for sub_ports. Reason: A valid port UUID must be specified.')
  const port = seen(call, portCollection, given.port_id)
  const other = carries(call.world, port.id)
  if (other !== undefined)
    throw conflict(`Port ${port.id} is currently in use by trunk ${other.id}.`, 'DuplicateSubPort')
  if (port.id === parentId) throw conflict(`Port ${port.id} is currently in use.`, 'PortInUse')
  if (given.segmentation_id === undefined || given.segmentation_type === undefined) {
    throw badRequest(
      `Invalid input for sub_ports. Reason: Invalid subport details '${port.id}': missing segmentation information. Must specify both segmentation_id and segmentation_type.`,
    )
  }
  return {
    port_id: port.id,
    segmentation_type: String(given.segmentation_type),
    segmentation_id: Number(given.segmentation_id),
  }
}

export const trunkRoutes: readonly Route[] = [
  route('GET /v2.0/trunks/:id/get_subports', (call) =>
    answer({ sub_ports: seen(call, trunkCollection).sub_ports }),
  ),
  route('PUT /v2.0/trunks/:id/add_subports', (call) =>
    change(call, (trunk, given) => [
      ...trunk.sub_ports,
      ...given.map((each) => subPortIn(call, each, trunk.port_id)),
    ]),
  ),
  route('PUT /v2.0/trunks/:id/remove_subports', (call) =>
    change(call, (trunk, given) => {
      const ids = given.map((each) => (isMap(each) ? each.port_id : undefined))
      const missing = ids.find((id) => !trunk.sub_ports.some((each) => each.port_id === id))
      if (missing !== undefined)
        throw notFound(
          `SubPort on trunk ${trunk.id} with parent port ${String(missing)} could not be found.`,
          'SubPortNotFound',
        )
      return trunk.sub_ports.filter((each) => !ids.includes(each.port_id))
    }),
  ),
]

function change(call: Call, next: (trunk: Trunk, given: readonly unknown[]) => readonly SubPort[]) {
  const trunk = owned(call, trunkCollection, 'update')
  const given =
    isMap(call.body) && Array.isArray(call.body.sub_ports) ? (call.body.sub_ports as unknown[]) : []
  const sub_ports = next(trunk, given)
  const after = call.world.of(trunks).change(trunk.id, { ...touched(call.world, trunk), sub_ports }) ?? trunk
  return answer(viewFor(call, trunkCollection, after))
}

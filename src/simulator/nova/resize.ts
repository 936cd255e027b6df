import { type Answer, accepted, type Call, nothing } from '../kit/call.ts'
import { badRequest } from '../kit/refusal.ts'
import { task } from '../world/agenda.ts'
import { flavors, type Server, servers } from './kinds.ts'
import { mustHaveRoom } from './quotas.ts'
import { mustFit } from './refusals.ts'
import { changeServer, mustBeIn } from './server-table.ts'
import { wrapped } from './shapes.ts'

type Fields = Readonly<Record<string, unknown>>

const shape = wrapped('resize', {
  required: ['flavorRef'],
  properties: {
    flavorRef: { type: ['string', 'integer'], minLength: 1 },
    'OS-DCF:diskConfig': { type: 'string', enum: ['AUTO', 'MANUAL'] },
  },
})

/** Gives a server another flavor; it waits for somebody to confirm or to revert. */
export function resize(call: Call, server: Server, given: Fields): Answer {
  mustFit(call.body, shape)
  const flavor = call.world.of(flavors).get(String(given.flavorRef))
  if (flavor === undefined) throw badRequest('Unable to locate requested flavor.')
  mustBeIn(server, 'resize', ['active', 'stopped'])
  if (flavor.id === server.flavor.id) throw badRequest('When resizing, instances must change flavor!')
  mustHaveRoom(call.world, server.project_id, {
    instances: 0,
    cores: flavor.vcpus - server.flavor.vcpus,
    ram: flavor.ram - server.flavor.ram,
  })
  changeServer(call.world, server.id, { task_state: 'resize_prep', former_flavor: server.flavor, flavor })
  call.world.later(call.world.times.serverResize, serverResized, { id: server.id })
  return accepted()
}

export const serverResized = task<{ id: string }>('nova.server-resized', (world, { id }) => {
  if (world.of(servers).get(id)?.task_state === 'resize_prep')
    changeServer(world, id, { vm_state: 'resized', task_state: null })
})

export function confirmResize(call: Call, server: Server): Answer {
  mustBeIn(server, 'confirmResize', ['resized'])
  changeServer(call.world, server.id, stateAfter(server))
  return nothing()
}

/** A server that was stopped when it was resized is stopped afterwards, too. */
const stateAfter = (server: Server): Partial<Server> => ({
  vm_state: server.power_state === 4 ? 'stopped' : 'active',
  task_state: null,
  former_flavor: null,
})

export function revertResize(call: Call, server: Server): Answer {
  mustBeIn(server, 'revertResize', ['resized'])
  changeServer(call.world, server.id, { task_state: 'resize_reverting' })
  call.world.later(call.world.times.serverResize, resizeReverted, { id: server.id })
  return accepted()
}

export const resizeReverted = task<{ id: string }>('nova.resize-reverted', (world, { id }) => {
  const server = world.of(servers).get(id)
  if (server?.task_state !== 'resize_reverting') return
  changeServer(world, id, { ...stateAfter(server), flavor: server.former_flavor ?? server.flavor })
})

import { isoMicros } from '../../base/clock.ts'
import { imageMembers, images, mayUse } from '../glance/kinds.ts'
import { type Answer, type Call, link } from '../kit/call.ts'
import { badRequest } from '../kit/refusal.ts'
import { task } from '../world/agenda.ts'
import { type Server, servers } from './kinds.ts'
import { mustFit } from './refusals.ts'
import { changeServer, mustBeIn } from './server-table.ts'
import { rebuildShape } from './shapes.ts'
import { fullServer } from './views.ts'

type Fields = Readonly<Record<string, unknown>>

/** Makes a server anew of an image, with the same ID, addresses and volumes. */
export function rebuild(call: Call, server: Server, given: Fields): Answer {
  mustFit(call.body, rebuildShape(call.version))
  const { world, caller } = call
  const image = world.of(images).get(String(given.imageRef))
  if (
    image === undefined ||
    !(caller.admin || mayUse(image, world.of(imageMembers).all(), caller.projectId))
  ) {
    throw badRequest('Cannot find image for rebuild')
  }
  mustBeIn(server, 'rebuild', ['active', 'stopped', 'error'])
  if (image.status !== 'active') throw badRequest(`Image ${image.id} is not active.`)
  const changes: Partial<Server> = {
    task_state: 'rebuilding',
    image_id: image.id,
    ...(given.name === undefined ? {} : { name: String(given.name) }),
    ...(given.metadata === undefined ? {} : { metadata: given.metadata as Record<string, string> }),
    ...(given.description === undefined ? {} : { description: given.description as string | null }),
    ...(given.user_data === undefined ? {} : { user_data: given.user_data as string | null }),
    ...(given.key_name === undefined ? {} : { key_name: given.key_name as string | null }),
    ...(given['OS-DCF:diskConfig'] === undefined ? {} : { disk_config: String(given['OS-DCF:diskConfig']) }),
  }
  const after = changeServer(world, server.id, changes) ?? server
  world.later(world.times.serverRebuild, serverRebuilt, {
    id: server.id,
    stopped: server.vm_state === 'stopped',
  })
  const password = typeof given.adminPass === 'string' ? given.adminPass : world.random.hex(12)
  return {
    status: 202,
    headers: { location: link(call, `/compute/v2.1/servers/${server.id}`) },
    body: { server: { ...fullServer(call, after, { single: true }), adminPass: password } },
  }
}

export const serverRebuilt = task<{ id: string; stopped: boolean }>(
  'nova.server-rebuilt',
  (world, { id, stopped }) => {
    if (world.of(servers).get(id)?.task_state !== 'rebuilding') return
    const state = stopped ? { vm_state: 'stopped', power_state: 4 } : { vm_state: 'active', power_state: 1 }
    changeServer(world, id, { ...state, task_state: null, fault: null, launched_at: isoMicros(world.now()) })
  },
)

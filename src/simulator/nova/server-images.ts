import { addImage, imageImported } from '../glance/image-table.ts'
import { images } from '../glance/kinds.ts'
import { type Answer, type Call, link } from '../kit/call.ts'
import { task } from '../world/agenda.ts'
import { type Server, servers } from './kinds.ts'
import { mustFit } from './refusals.ts'
import { changeServer, mustBeIn } from './server-table.ts'
import { metadata, wrapped } from './shapes.ts'

type Fields = Readonly<Record<string, unknown>>

const shape = wrapped('createImage', {
  required: ['name'],
  properties: { name: { type: 'string', minLength: 1, maxLength: 255 }, metadata },
})

/** Makes an image of a server: queued at once, active after a while. */
export function createImage(call: Call, server: Server, given: Fields): Answer {
  mustFit(call.body, shape)
  const id = snapshotServer(call, server, {
    name: String(given.name),
    extra: (given.metadata as Fields | undefined) ?? {},
  })
  const headers = { location: link(call, `/image/v2/images/${id}`) }
  return call.version >= 45 ? { status: 202, body: { image_id: id } } : { status: 202, headers }
}

export function createBackup(call: Call, server: Server, given: Fields): Answer {
  const id = snapshotServer(call, server, {
    name: String(given.name),
    extra: { backup_type: given.backup_type },
  })
  return call.version >= 45
    ? { status: 202, body: { image_id: id } }
    : { status: 202, headers: { location: link(call, `/image/v2/images/${id}`) } }
}

function snapshotServer(
  call: Call,
  server: Server,
  { name, extra }: { name: string; extra: Fields },
): string {
  const { world } = call
  mustBeIn(server, 'createImage', ['active', 'stopped', 'paused', 'suspended'])
  const base = world.of(images).get(server.image_id)
  const image = addImage(world, {
    name,
    owner: server.project_id,
    visibility: 'private',
    disk_format: base?.disk_format ?? 'qcow2',
    container_format: base?.container_format ?? 'bare',
    min_disk: server.flavor.disk,
    extra: {
      ...extra,
      image_type: 'snapshot',
      instance_uuid: server.id,
      base_image_ref: server.image_id,
      user_id: call.caller.userId,
    },
  })
  changeServer(world, server.id, { task_state: 'image_snapshot' })
  world.later(world.times.imageImport, imageImported, { id: image.id, size: base?.size ?? 1 << 20 })
  world.later(world.times.imageImport, snapshotTaken, { id: server.id })
  return image.id
}

export const snapshotTaken = task<{ id: string }>('nova.snapshot-taken', (world, { id }) => {
  if (world.of(servers).get(id)?.task_state === 'image_snapshot')
    changeServer(world, id, { task_state: null })
})

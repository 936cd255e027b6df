import { volumes } from '../cinder/kinds.ts'
import { attachVolume, detachVolume } from '../cinder/volume-table.ts'
import { accepted, answer, type Call, param, type Route, route } from '../kit/call.ts'
import { badRequest, conflict, notFound } from '../kit/refusal.ts'
import { task } from '../world/agenda.ts'
import { freeDevice } from './build.ts'
import { type Disk, type Server, servers } from './kinds.ts'
import { mustFit } from './refusals.ts'
import { changeServer, mustBeIn, mustBeUnlocked, serverOf } from './server-table.ts'
import { boolean, tag, uuid, wrapped } from './shapes.ts'

const base = '/v2.1/servers/:id/os-volume_attachments'

/** The routes by which volumes are joined to servers and parted from them. */
export const attachmentRoutes: readonly Route[] = [
  route(`GET ${base}`, (call) => {
    const server = serverOf(call)
    return answer({ volumeAttachments: server.disks.map((disk) => view(call, server, disk)) })
  }),
  route(`POST ${base}`, attach),
  route(`GET ${base}/:volume`, (call) => {
    const server = serverOf(call)
    return answer({ volumeAttachment: view(call, server, diskOf(call, server)) })
  }),
  route(`PUT ${base}/:volume`, (call) => {
    const server = serverOf(call)
    const disk = diskOf(call, server)
    const { volumeAttachment: given } = call.body as {
      volumeAttachment?: { delete_on_termination?: boolean }
    }
    const after = { ...disk, delete_on_termination: given?.delete_on_termination === true }
    changeServer(call.world, server.id, { disks: server.disks.map((each) => (each === disk ? after : each)) })
    return accepted()
  }),
  route(`DELETE ${base}/:volume`, detach),
]

function view({ version }: Call, server: Server, disk: Disk): object {
  return {
    ...(version >= 89 ? {} : { id: disk.volume_id }),
    serverId: server.id,
    volumeId: disk.volume_id,
    device: disk.device,
    ...(version >= 70 ? { tag: disk.tag } : {}),
    ...(version >= 79 ? { delete_on_termination: disk.delete_on_termination } : {}),
    ...(version >= 89 ? { attachment_id: disk.attachment_id, bdm_uuid: disk.bdm_id } : {}),
  }
}

function diskOf(call: Call, server: Server): Disk {
  const disk = server.disks.find((each) => each.volume_id === param(call, 'volume'))
  if (disk === undefined)
    throw notFound(`Instance ${server.id} is not attached to volume ${param(call, 'volume')}`)
  return disk
}

const attachable = ['active', 'paused', 'stopped', 'resized', 'soft-delete', 'shelved', 'shelved_offloaded']
const device = { type: ['string', 'null'], pattern: '(^/dev/x{0,1}[a-z]{0,1}d{0,1})([a-z]+)[0-9]*$' } as const

function attach(call: Call) {
  const { world, version } = call
  const later = {
    ...(version >= 49 ? { tag } : {}),
    ...(version >= 79 ? { delete_on_termination: boolean } : {}),
  }
  mustFit(
    call.body,
    wrapped('volumeAttachment', { required: ['volumeId'], properties: { volumeId: uuid, device, ...later } }),
  )
  const { volumeAttachment: given } = call.body as {
    volumeAttachment: {
      volumeId: string
      device?: string | null
      tag?: string
      delete_on_termination?: boolean
    }
  }
  const server = serverOf(call)
  mustBeUnlocked(call, server)
  mustBeIn(server, 'attach_volume', attachable)
  const volume = world.of(volumes).get(given.volumeId)
  if (volume === undefined || (!call.caller.admin && volume.project_id !== call.caller.projectId)) {
    throw notFound(`Volume ${given.volumeId} could not be found.`)
  }
  if (server.disks.some((disk) => disk.volume_id === volume.id)) {
    throw badRequest(`Invalid volume: Instance ${server.id} is already attached to volume ${volume.id}`)
  }
  const free = volume.status === 'available' || (volume.multiattach && volume.status === 'in-use')
  if (!free) {
    throw badRequest(
      `Invalid volume: Volume ${volume.id} status must be available or downloading to reserve, but the current status is ${volume.status}.`,
    )
  }
  const disk: Disk = {
    volume_id: volume.id,
    attachment_id: world.random.uuid(),
    bdm_id: world.random.uuid(),
    device: given.device ?? freeDevice(server),
    boot_index: null,
    delete_on_termination: given.delete_on_termination === true,
    tag: given.tag ?? null,
  }
  changeServer(world, server.id, { disks: [...server.disks, disk] })
  attachVolume(world, volume, {
    id: disk.attachment_id,
    server_id: server.id,
    device: disk.device,
    host_name: server.host,
  })
  const {
    attachment_id: _attachment,
    bdm_uuid: _bdm,
    ...shown
  } = view(call, server, disk) as Readonly<Record<string, unknown>>
  return answer({ volumeAttachment: { id: volume.id, ...shown } })
}

function detach(call: Call) {
  const { world } = call
  const server = serverOf(call)
  const disk = diskOf(call, server)
  mustBeUnlocked(call, server)
  mustBeIn(server, 'detach_volume', [...attachable, 'suspended'])
  if (disk.boot_index === 0) throw conflict(`Cannot detach a root device volume`)
  const volume = world.of(volumes).get(disk.volume_id)
  if (volume === undefined) throw notFound(`Volume ${disk.volume_id} could not be found.`)
  if (volume.status !== 'in-use' && volume.status !== 'attaching') {
    throw badRequest(
      `Invalid volume: Invalid input received: Invalid volume: Unable to detach volume. Volume status must be 'in-use' and attach_status must be 'attached' to detach.`,
    )
  }
  detachVolume(world, volume, disk.attachment_id)
  world.later(world.times.volumeDetach, diskParted, { id: server.id, volumeId: volume.id })
  return accepted()
}

/** Has a server forget a volume that it was parted from. */
export const diskParted = task<{ id: string; volumeId: string }>(
  'nova.disk-parted',
  (world, { id, volumeId }) => {
    const server = world.of(servers).get(id)
    if (server !== undefined)
      changeServer(world, id, { disks: server.disks.filter((disk) => disk.volume_id !== volumeId) })
  },
)

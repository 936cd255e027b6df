import { isoMicros, isoSeconds } from '../../base/clock.ts'
import { type Volume, volumeSnapshots, volumes } from '../cinder/kinds.ts'
import { addVolume, changeVolume, cinderMoment, partNow } from '../cinder/volume-table.ts'
import { images } from '../glance/kinds.ts'
import { task } from '../world/agenda.ts'
import type { World } from '../world/world.ts'
import { type Disk, type DiskToMake, type Server, serverGroups, servers } from './kinds.ts'
import { plugIn, reasonOf, unplug } from './networking.ts'
import { changeServer } from './server-table.ts'

/** Has a server built: a host is chosen, its ports and volumes are made, and then it runs. */
export function schedule(world: World, server: Server): void {
  world.later(world.times.serverBuild * 0.4, serverPlaced, { id: server.id })
}

/** Chooses a host for a server and makes what it needs there. */
export const serverPlaced = task<{ id: string }>('nova.server-placed', (world, { id }) => {
  const server = world.of(servers).get(id)
  if (server === undefined || server.task_state === 'deleting') return
  const told = world.serverFault(server)
  if (told !== undefined) return failServer(world, id, told)
  const host = hostFor(world, server)
  if (host === undefined) return failServer(world, id, 'No valid host was found. ')
  const placed = changeServer(world, id, { host, task_state: 'networking' }) ?? server
  try {
    plugAll(world, placed)
  } catch (error) {
    return failServer(world, id, `Build of instance ${id} aborted: ${reasonOf(error)}`)
  }
  makeDisks(world, world.of(servers).get(id) ?? placed)
  changeServer(world, id, { task_state: 'spawning' })
  world.later(world.times.serverBuild * 0.6, serverBuilt, { id })
})

/** The hosts of the simulated cloud. */
export const hosts = ['compute-1', 'compute-2', 'compute-3'] as const

/** Servers of a group with anti-affinity each have a host of their own; those of one with affinity share one. */
function hostFor(world: World, server: Server): string | undefined {
  const group = world.of(serverGroups).get(server.group_id)
  const taken =
    group === undefined
      ? []
      : world
          .of(servers)
          .where('group_id', group.id)
          .flatMap((each) => each.host || [])
  const least = leastOf(hosts, (host) => taken.filter((each) => each === host).length)
  if (group?.policy.endsWith('anti-affinity')) {
    const most = Number(group.rules.max_server_per_host ?? 1)
    const room = taken.filter((each) => each === least).length < most
    return room || group.policy.startsWith('soft') ? least : undefined
  }
  if (group?.policy.endsWith('affinity') && taken[0] !== undefined) return taken[0]
  return hosts[world.random.next() % hosts.length]
}

function leastOf(names: readonly string[], count: (name: string) => number): string | undefined {
  return [...names].sort((a, b) => count(a) - count(b))[0]
}

/** Joins a server to all its networks; if one refuses, to none. */
function plugAll(world: World, server: Server): void {
  const plugged: Server['ports'][number][] = []
  try {
    for (const wanted of server.networks) plugged.push(plugIn(world, server, wanted))
  } catch (error) {
    for (const each of plugged) unplug(world, each)
    throw error
  }
  changeServer(world, server.id, { ports: plugged })
}

function makeDisks(world: World, server: Server): void {
  const made = server.disks_to_make.map((wanted) => makeDisk(world, server, wanted))
  const all = [...server.disks, ...made].sort((a, b) => (a.boot_index ?? 99) - (b.boot_index ?? 99))
  const rooted = server.image_id !== '' && !all.some((disk) => disk.boot_index === 0)
  const named = all.map((disk, at) => ({ ...disk, device: disk.device || deviceName(at + (rooted ? 1 : 0)) }))
  changeServer(world, server.id, {
    disks: named,
    disks_to_make: [],
    root_device: rooted ? '/dev/vda' : (named[0]?.device ?? '/dev/vda'),
  })
}

const deviceName = (at: number): string => `/dev/vd${String.fromCharCode(97 + at)}`

/** The first device name of a server that no disk has. */
export function freeDevice(server: Server): string {
  const taken = [
    ...server.disks.map((disk) => disk.device),
    ...(server.image_id === '' ? [] : [server.root_device]),
  ]
  for (let at = 0; ; at++) if (!taken.includes(deviceName(at))) return deviceName(at)
}

function makeDisk(world: World, server: Server, wanted: DiskToMake): Disk {
  const image = wanted.source_type === 'image' ? world.of(images).get(wanted.uuid) : undefined
  const snapshot = wanted.source_type === 'snapshot' ? world.of(volumeSnapshots).get(wanted.uuid) : undefined
  const attachmentId = world.random.uuid()
  const volume = addVolume(world, {
    keptFor: attachmentId,
    projectId: server.project_id,
    userId: server.user_id,
    size: wanted.size || (snapshot?.size ?? 1),
    name: '',
    description: '',
    type: wanted.volume_type,
    snapshotId: snapshot?.id ?? null,
    bootable: image !== undefined || snapshot !== undefined,
    ...(image === undefined ? {} : { imageMetadata: { image_id: image.id, image_name: image.name ?? '' } }),
  })
  return {
    volume_id: volume.id,
    attachment_id: attachmentId,
    bdm_id: world.random.uuid(),
    device: '',
    boot_index: wanted.boot_index,
    delete_on_termination: wanted.delete_on_termination,
    tag: wanted.tag,
  }
}

/** Has a server run, once the volumes that were made for it are there. */
export const serverBuilt = task<{ id: string }>('nova.server-built', (world, { id }) => {
  const server = world.of(servers).get(id)
  if (server === undefined || server.vm_state !== 'building' || server.task_state === 'deleting') return
  const theirs = server.disks.map((disk) => ({ disk, volume: world.of(volumes).get(disk.volume_id) }))
  if (theirs.some(({ volume }) => volume?.status === 'creating' || volume?.status === 'downloading')) {
    world.later(Math.max(10, world.times.volumeCreate), serverBuilt, { id })
    return
  }
  for (const { disk, volume } of theirs) if (volume !== undefined) joinNow(world, server, disk, volume)
  changeServer(world, id, {
    vm_state: 'active',
    task_state: null,
    power_state: 1,
    launched_at: isoMicros(world.now()),
  })
})

function joinNow(world: World, server: Server, disk: Disk, volume: Volume): void {
  const attachment = {
    id: disk.attachment_id,
    server_id: server.id,
    device: disk.device,
    host_name: server.host,
    attached_at: cinderMoment(world),
  }
  changeVolume(world, volume.id, {
    status: 'in-use',
    kept_for: null,
    attachments: [...volume.attachments, attachment],
  })
}

/** Puts a server into ERROR; what it had taken of networks is given back. */
export function failServer(world: World, id: string, message: string): void {
  const server = world.of(servers).get(id)
  if (server === undefined) return
  for (const plugged of server.ports) unplug(world, plugged)
  const fault = { code: 500, created: isoSeconds(world.now()), message }
  changeServer(world, id, { vm_state: 'error', task_state: null, power_state: 0, ports: [], fault })
}

/** Takes a server away with what Nova made for it; what it was lent is free again. */
export const serverGone = task<{ id: string }>('nova.server-gone', (world, { id }) => {
  const server = world.of(servers).get(id)
  if (server === undefined) return
  for (const plugged of server.ports) unplug(world, plugged)
  for (const disk of server.disks)
    partNow(world, disk.volume_id, disk.attachment_id, disk.delete_on_termination)
  world.of(servers).remove(id)
})

import { isoSeconds } from '../../base/clock.ts'
import { isMap } from '../../base/json.ts'
import { changeVolume } from '../cinder/volume-table.ts'
import { imageMembers, images, mayUse } from '../glance/kinds.ts'
import { type Answer, type Call, link } from '../kit/call.ts'
import { badRequest, forbidden, Refusal } from '../kit/refusal.ts'
import { schedule } from './build.ts'
import { type BlockDevice, blockDevicesIn, mustBeSound } from './disks.ts'
import { keypairOf } from './keypairs.ts'
import {
  type Disk,
  type DiskToMake,
  type Flavor,
  flavors,
  type NetworkWanted,
  type Server,
  serverGroups,
  servers,
} from './kinds.ts'
import { groupsNamed, resolveNetworks } from './networking.ts'
import { limitOf, mustHaveRoom } from './quotas.ts'
import { mustFit, overLimit } from './refusals.ts'
import { eventOf } from './server-table.ts'
import { serverToCreate } from './shapes.ts'
import { serverLinks } from './views.ts'

type Fields = Readonly<Record<string, unknown>>

/** Makes one server or several, as the body says. */
export function createServer(call: Call): Answer {
  mustFit(call.body, serverToCreate(call.version))
  const body = call.body as Fields
  const fields = body.server as Fields
  const least = Number(fields.min_count ?? 1)
  const most = Number(fields.max_count ?? least)
  if (least > most) throw badRequest('min_count must be <= max_count')
  const draft = draftOf(call, body, fields)
  const count = Math.max(least, Math.min(most, most))
  mustHaveRoom(call.world, call.caller.projectId, {
    instances: count,
    cores: count * draft.flavor.vcpus,
    ram: count * draft.flavor.ram,
  })
  const made = Array.from({ length: count }, (_, at) => addServer(call, draft, { at, count }))
  if (fields.return_reservation_id === true)
    return { status: 202, body: { reservation_id: made[0]?.reservation_id } }
  return createdAnswer(call, fields, made)
}

function createdAnswer(call: Call, fields: Fields, [first]: readonly Server[]): Answer {
  if (first === undefined) throw new Refusal(500, 'computeFault', 'No server was made.')
  const password = typeof fields.adminPass === 'string' ? fields.adminPass : call.world.random.hex(12)
  const groups = first.security_groups.length > 0 ? first.security_groups : ['default']
  return {
    status: 202,
    headers: { location: link(call, `/compute/v2.1/servers/${first.id}`) },
    body: {
      server: {
        id: first.id,
        links: serverLinks(call, first.id),
        'OS-DCF:diskConfig': first.disk_config,
        security_groups: groups.map((name) => ({ name })),
        adminPass: password,
      },
    },
  }
}

/** Everything that is the same for all servers of one request, checked. */
function draftOf(call: Call, body: Fields, fields: Fields): Server {
  const { world, caller } = call
  const devices = blockDevicesIn(fields)
  const imageId = imageOf(call, fields, devices)
  const flavor = flavorOf(call, String(fields.flavorRef))
  const keyName = (fields.key_name as string | undefined) ?? null
  if (keyName !== null && keypairOf(world, caller.userId, keyName) === undefined)
    throw badRequest('Invalid key_name provided.')
  mustSuitImage(call, imageId, flavor, devices)
  mustBeSound(world, caller, devices, imageId)
  const metadata = (fields.metadata as Record<string, string> | undefined) ?? {}
  mustFitMetadata(call, metadata)
  const zone = zoneIn(fields)
  const groups = ((fields.security_groups as readonly { name: string }[] | undefined) ?? []).map(
    ({ name }) => name,
  )
  groupsNamed(world, caller.projectId, groups)
  const networks = resolveNetworks(
    world,
    caller,
    fields.networks as readonly NetworkWanted[] | 'auto' | 'none' | undefined,
  )
  const name = String(fields.name)
  const now = isoSeconds(world.now())
  return {
    ...blank,
    id: '',
    name,
    hostname: String(fields.hostname ?? hostnameOf(name)),
    description: call.version >= 19 ? ((fields.description as string | null | undefined) ?? null) : name,
    project_id: caller.projectId,
    user_id: caller.userId,
    image_id: imageId,
    flavor,
    metadata,
    tags: (fields.tags as string[] | undefined) ?? [],
    created_at: now,
    updated_at: now,
    key_name: keyName,
    user_data: (fields.user_data as string | undefined) ?? null,
    config_drive: ['true', '1', 'on', 'yes', 't', 'y'].includes(String(fields.config_drive).toLowerCase())
      ? 'True'
      : '',
    disk_config: String(fields['OS-DCF:diskConfig'] ?? 'MANUAL'),
    access_ip_v4: String(fields.accessIPv4 ?? ''),
    access_ip_v6: String(fields.accessIPv6 ?? ''),
    wanted_zone: zone,
    availability_zone: zone ?? 'nova',
    reservation_id: `r-${world.random.hex(8)}`,
    security_groups: groups,
    networks: networks.map(({ uuid, port, fixed_ip, tag }) => ({
      ...(uuid ? { uuid } : {}),
      ...(port ? { port } : {}),
      ...(fixed_ip ? { fixed_ip } : {}),
      ...(tag ? { tag } : {}),
    })),
    ...disksOf(devices),
    group_id: groupOf(call, body),
    events: [eventOf(call, 'create')],
  }
}

/** What every server begins with. */
const blank = {
  former_flavor: null,
  vm_state: 'building',
  task_state: 'scheduling',
  power_state: 0,
  launched_at: null,
  host: '',
  number: 0,
  launch_index: 0,
  locked_by: null,
  locked_reason: null,
  root_device: '/dev/vda',
  fault: null,
  ports: [],
} as const

function disksOf(devices: readonly BlockDevice[]): { disks: Disk[]; disks_to_make: DiskToMake[] } {
  const onVolumes = devices.filter((each) => each.destination_type === 'volume')
  const given = onVolumes.filter((each) => each.source_type === 'volume')
  const toMake = onVolumes.filter((each) => each.source_type !== 'volume')
  return {
    disks: given.map((each) => ({
      volume_id: each.uuid ?? '',
      attachment_id: '',
      bdm_id: '',
      device: each.device ?? '',
      boot_index: each.boot_index,
      delete_on_termination: each.delete_on_termination,
      tag: each.tag,
    })),
    disks_to_make: toMake.map(
      ({ source_type, uuid, size, volume_type, boot_index, delete_on_termination, tag }) => ({
        source_type,
        uuid,
        size: size ?? 0,
        volume_type,
        boot_index,
        delete_on_termination,
        tag,
      }),
    ),
  }
}

function imageOf(call: Call, fields: Fields, devices: readonly BlockDevice[]): string {
  const ref = String(fields.imageRef ?? '')
  if (ref === '') {
    if (devices.length === 0)
      throw badRequest(fields.imageRef === '' ? 'Invalid imageRef provided.' : 'Missing imageRef attribute')
    return ''
  }
  const image = call.world.of(images).get(ref)
  const mine =
    image !== undefined &&
    (call.caller.admin || mayUse(image, call.world.of(imageMembers).all(), call.caller.projectId))
  if (!mine) throw badRequest('Can not find requested image')
  if (image.status !== 'active') throw badRequest(`Image ${ref} is not active.`)
  return ref
}

function flavorOf(call: Call, id: string): Flavor {
  const flavor = call.world.of(flavors).get(id)
  const usable =
    flavor !== undefined &&
    (call.caller.admin || flavor.is_public || flavor.projects.includes(call.caller.projectId))
  if (!usable) throw badRequest(`Flavor ${id} could not be found.`)
  return flavor
}

function mustSuitImage(call: Call, imageId: string, flavor: Flavor, devices: readonly BlockDevice[]): void {
  const image = call.world.of(images).get(imageId)
  if (image === undefined) return
  if (flavor.ram < image.min_ram) throw badRequest("Flavor's memory is too small for requested image.")
  if (devices.some((each) => each.boot_index === 0 && each.destination_type === 'volume')) return
  const gigabyte = 1024 ** 3
  const [has, needs] = [flavor.disk * gigabyte, image.min_disk * gigabyte]
  if (flavor.disk > 0 && has < needs) {
    throw badRequest(
      `Flavor's disk is smaller than the minimum size specified in image metadata. Flavor disk is ${has} bytes, minimum size is ${needs} bytes.`,
    )
  }
  if (flavor.disk === 0 && !call.caller.admin)
    throw forbidden('Only volume-backed servers are allowed for flavors with zero disk.')
}

function mustFitMetadata(call: Call, metadata: Readonly<Record<string, string>>): void {
  const limit = limitOf(call.world, call.caller.projectId, 'metadata_items')
  if (limit >= 0 && Object.keys(metadata).length > limit) {
    throw overLimit(`Maximum number of metadata items exceeds ${limit}`)
  }
}

function zoneIn(fields: Fields): string | null {
  const zone =
    fields.availability_zone === undefined ? null : (String(fields.availability_zone).split(':')[0] ?? '')
  if (zone !== null && zone !== 'nova') throw badRequest('The requested availability zone is not available')
  return zone
}

function hostnameOf(name: string): string {
  const plain = name
    .replace(/[ _]/g, '-')
    .replace(/[^\w.-]+/g, '')
    .toLowerCase()
    .replace(/^[.-]+|[.-]+$/g, '')
  return plain.slice(0, 63)
}

function groupOf(call: Call, body: Fields): string | null {
  const hints = body['os:scheduler_hints'] ?? body['OS-SCH-HNT:scheduler_hints']
  const id = isMap(hints) ? hints.group : undefined
  if (id === undefined) return null
  const group = call.world.of(serverGroups).get(String(id))
  if (group === undefined || (!call.caller.admin && group.project_id !== call.caller.projectId)) {
    throw badRequest(`Instance group ${String(id)} could not be found.`)
  }
  const limit = limitOf(call.world, call.caller.projectId, 'server_group_members')
  if (limit >= 0 && call.world.of(servers).where('group_id', group.id).length >= limit) {
    throw overLimit('Quota exceeded, too many servers in group')
  }
  return group.id
}

const numberKey = { of: 'the last number of a server' }

function addServer(call: Call, draft: Server, { at, count }: { at: number; count: number }): Server {
  const { world } = call
  const numbers = world.keep(numberKey, () => ({
    last: Math.max(
      0,
      ...world
        .of(servers)
        .all()
        .map((each) => each.number),
    ),
  }))
  const id = world.random.uuid()
  const name = count > 1 ? `${draft.name}-${at + 1}` : draft.name
  const disks = draft.disks.map((disk) => ({
    ...disk,
    attachment_id: world.random.uuid(),
    bdm_id: world.random.uuid(),
  }))
  for (const disk of disks)
    changeVolume(world, disk.volume_id, { status: 'reserved', kept_for: disk.attachment_id })
  const server = world.of(servers).add({
    ...draft,
    id,
    name,
    hostname: count > 1 ? hostnameOf(name) : draft.hostname,
    disks,
    launch_index: at,
    number: ++numbers.last,
  })
  schedule(world, server)
  return server
}

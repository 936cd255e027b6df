import { volumeSnapshots, volumes } from '../cinder/kinds.ts'
import { imageMembers, images, mayUse } from '../glance/kinds.ts'
import { badRequest } from '../kit/refusal.ts'
import type { World } from '../world/world.ts'
import type { Tenant } from './networking.ts'

/** One entry of `block_device_mapping_v2`, or what an older form says in its words. */
export interface BlockDevice {
  readonly source_type: 'volume' | 'image' | 'snapshot' | 'blank'
  readonly destination_type: 'local' | 'volume'
  readonly uuid: string | null
  readonly boot_index: number | null
  readonly size: number | null
  readonly device: string | null
  readonly delete_on_termination: boolean
  readonly tag: string | null
  readonly volume_type: string | null
}

type Fields = Readonly<Record<string, unknown>>

const invalid = (why: string) => badRequest(`Block Device Mapping is Invalid: ${why}`)

const isTrue = (value: unknown): boolean =>
  ['true', '1', 'on', 'yes', 't', 'y'].includes(String(value).toLowerCase())

/** What a request says of its disks, in one form. */
export function blockDevicesIn(fields: Fields): BlockDevice[] {
  const legacy = (fields.block_device_mapping as readonly Fields[] | undefined) ?? []
  const current = (fields.block_device_mapping_v2 as readonly Fields[] | undefined) ?? []
  if (legacy.length > 0 && current.length > 0) {
    throw badRequest('Using different block_device_mapping syntaxes is not allowed in the same request.')
  }
  if (legacy.length > 0) return legacy.map((each) => ofLegacy(each))
  const devices = current
    .filter((each) => !isTrue(each.no_device))
    .map((each) => ofCurrent(each, fields.imageRef))
  return devices
}

function ofLegacy(each: Fields): BlockDevice {
  const snapshot = each.snapshot_id ?? null
  const device = String(each.device_name ?? '')
  return {
    source_type: snapshot === null ? 'volume' : 'snapshot',
    destination_type: 'volume',
    uuid: String(snapshot ?? each.volume_id),
    boot_index: device === 'vda' || device === '/dev/vda' ? 0 : null,
    size: each.volume_size === undefined ? null : Number(each.volume_size),
    device: device || null,
    delete_on_termination: isTrue(each.delete_on_termination),
    tag: null,
    volume_type: null,
  }
}

function ofCurrent(each: Fields, imageRef: unknown): BlockDevice {
  const source = each.source_type as BlockDevice['source_type'] | undefined
  if (source === undefined) throw invalid('Invalid source_type field.')
  const uuid = each.uuid ?? each[`${source}_id`]
  if (source !== 'blank' && !uuid) throw invalid('Missing device UUID.')
  const usual = source === 'image' || source === 'blank' ? 'local' : 'volume'
  const destination = (each.destination_type as BlockDevice['destination_type'] | undefined) ?? usual
  const bootIndex = numberOrNull(each.boot_index)
  if (destination === 'local') mustSuitLocal(source, bootIndex === 0 && Boolean(imageRef))
  return {
    source_type: source,
    destination_type: destination,
    uuid: source === 'blank' ? null : String(uuid),
    boot_index: bootIndex,
    size: numberOrNull(each.volume_size),
    device: (each.device_name as string | undefined) ?? null,
    delete_on_termination: isTrue(each.delete_on_termination),
    tag: (each.tag as string | undefined) ?? null,
    volume_type: (each.volume_type as string | null | undefined) ?? null,
  }
}

/** On the host itself is only what the host makes: the root disk of the server's image, or an empty one. */
function mustSuitLocal(source: BlockDevice['source_type'], isRoot: boolean): void {
  if (source === 'image' && !isRoot) throw invalid('Mapping image to local is not supported.')
  if (source === 'volume') throw invalid('Volume is not supported with local destination_type.')
}

const numberOrNull = (value: unknown): number | null =>
  value === undefined || value === null ? null : Number(value)

/** Refuses disks that can't be, or that do not exist. */
export function mustBeSound(
  world: World,
  tenant: Tenant,
  devices: readonly BlockDevice[],
  imageId: string,
): void {
  if (devices.length === 0) return
  const indexes = devices
    .flatMap(({ boot_index: at }) => (at !== null && at >= 0 ? [at] : []))
    .sort((a, b) => a - b)
  const localRoot = imageId !== '' && !devices.some((each) => each.boot_index === 0)
  const all = localRoot ? [0, ...indexes] : indexes
  if (all.length === 0 || all.some((at, place) => at !== place)) {
    throw invalid('Boot sequence for the instance and image/block device mapping combination is not valid.')
  }
  for (const each of devices) mustExist(world, tenant, each)
}

function mustExist(world: World, tenant: Tenant, each: BlockDevice): void {
  if (each.source_type === 'volume') mustBeFreeVolume(world, tenant, each)
  if (each.source_type === 'snapshot' && !isOwn(tenant, world.of(volumeSnapshots).get(each.uuid))) {
    throw invalid(`failed to get snapshot ${each.uuid}.`)
  }
  if (each.source_type === 'image') {
    const image = world.of(images).get(each.uuid)
    const usable = image !== undefined && mayUse(image, world.of(imageMembers).all(), tenant.projectId)
    if (!usable && !(tenant.admin && image !== undefined)) throw invalid(`failed to get image ${each.uuid}.`)
  }
  if (each.destination_type !== 'volume' || each.size) return
  if (each.source_type === 'image') {
    throw badRequest("Images with destination_type 'volume' need to have a non-zero size specified")
  }
  if (each.source_type === 'blank') {
    throw badRequest("Blank volumes (source: 'blank', dest: 'volume') need to have non-zero size")
  }
}

const isOwn = ({ projectId, admin }: Tenant, row: { readonly project_id: string } | undefined): boolean =>
  row !== undefined && (admin || row.project_id === projectId)

function mustBeFreeVolume(world: World, tenant: Tenant, each: BlockDevice): void {
  const volume = world.of(volumes).get(each.uuid)
  if (volume === undefined || !isOwn(tenant, volume))
    throw badRequest(`Volume ${each.uuid} could not be found.`)
  if (volume.status !== 'available' && !(volume.multiattach && volume.status === 'in-use')) {
    throw badRequest(
      `Invalid volume: Volume ${each.uuid} status must be available or downloading to reserve, but the current status is ${volume.status}.`,
    )
  }
  if (each.boot_index === 0 && !volume.bootable)
    throw badRequest(`Block Device ${each.uuid} is not bootable.`)
}

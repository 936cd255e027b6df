import { isMap } from '../../base/json.ts'
import { imageMembers, images, mayUse } from '../glance/kinds.ts'
import { accepted, answer, type Call, nothing, param, type Route, route } from '../kit/call.ts'
import type { Shape } from '../kit/check.ts'
import { badRequest, notFound } from '../kit/refusal.ts'
import { stableUuid } from '../kit/stable.ts'
import { mustFit } from '../nova/refusals.ts'
import { type Volume, volumeSnapshots, volumes } from './kinds.ts'
import { cinderLinks, ownPage, pageLinks } from './lists.ts'
import { mustHaveRoom } from './quotas.ts'
import { invalidInput, invalidVolume, noSuch } from './refusals.ts'
import { metadataShape, typeOf } from './types.ts'
import { addVolume, changeVolume, removeVolume, whyNotDeletable } from './volume-table.ts'

type Fields = Readonly<Record<string, unknown>>

const base = '/v3/:project/volumes'

export const volumeRoutes: readonly Route[] = [
  route(`GET ${base}`, (call) =>
    list(call, (volume) => ({
      id: volume.id,
      name: volume.name,
      links: cinderLinks(call, `volumes/${volume.id}`),
    })),
  ),
  route(`GET ${base}/detail`, (call) => list(call, (volume) => fullVolume(call, volume))),
  route(`GET ${base}/summary`, (call) => {
    const { items } = ownPage(call, volumes, [])
    return answer({
      'volume-summary': {
        total_count: items.length,
        total_size: items.reduce((sum, each) => sum + each.size, 0),
      },
    })
  }),
  route(`POST ${base}`, create),
  route(`GET ${base}/:id`, (call) => answer({ volume: fullVolume(call, volumeOf(call)) })),
  route(`PUT ${base}/:id`, update),
  route(`DELETE ${base}/:id`, (call) => {
    const volume = volumeOf(call)
    if (volume.status === 'deleting') return accepted()
    const why = whyNotDeletable(call.world, volume)
    if (why !== undefined) throw badRequest(why)
    removeVolume(call.world, volume.id)
    return accepted()
  }),
  route(`GET ${base}/:id/metadata`, (call) => answer({ metadata: volumeOf(call).metadata })),
  route(`POST ${base}/:id/metadata`, (call) =>
    keepMetadata(call, (before, given) => ({ ...before, ...given })),
  ),
  route(`PUT ${base}/:id/metadata`, (call) => keepMetadata(call, (_before, given) => given)),
  route(`DELETE ${base}/:id/metadata/:key`, (call) => {
    const volume = volumeOf(call)
    const { [param(call, 'key')]: gone, ...others } = volume.metadata
    if (gone === undefined) throw notFound(`Metadata item was not found`)
    changeVolume(call.world, volume.id, { metadata: others })
    return nothing(200)
  }),
]

/** The volume that a path names, if it is the caller's. */
export function volumeOf(call: Call, id = param(call)): Volume {
  const volume = call.world.of(volumes).get(id)
  if (volume === undefined || (!call.caller.admin && volume.project_id !== call.caller.projectId))
    throw noSuch.volume(id)
  return volume
}

const filters = [
  'name',
  'status',
  'metadata',
  'bootable',
  'id',
  'availability_zone',
  'volume_type',
  'size',
  'multiattach',
]

function list(call: Call, view: (volume: Volume) => object) {
  const page = ownPage(call, volumes, filters)
  return answer({ volumes: page.items.map(view), ...pageLinks('volumes', page) })
}

/** A volume as its creation and its change show it. */
function plainVolume(call: Call, volume: Volume): Fields {
  const attached = volume.attachments.map((each) => ({
    id: volume.id,
    attachment_id: each.id,
    volume_id: volume.id,
    server_id: each.server_id,
    host_name: call.caller.admin ? each.host_name : null,
    device: each.device,
    attached_at: each.attached_at,
  }))
  return {
    id: volume.id,
    status: volume.status,
    size: volume.size,
    availability_zone: volume.availability_zone,
    created_at: volume.created_at,
    updated_at: volume.updated_at,
    name: volume.name,
    description: volume.description,
    volume_type: volume.volume_type,
    snapshot_id: volume.snapshot_id,
    source_volid: volume.source_volid,
    metadata: volume.readonly ? { ...volume.metadata, readonly: 'True' } : volume.metadata,
    links: cinderLinks(call, `volumes/${volume.id}`),
    user_id: volume.user_id,
    bootable: String(volume.bootable),
    encrypted: volume.encrypted,
    replication_status: null,
    consistencygroup_id: null,
    multiattach: volume.multiattach,
    attachments: attached,
    ...(call.version >= 13 ? { group_id: null } : {}),
    ...(call.version >= 48 ? { shared_targets: false, service_uuid: stableUuid('cinder-volume') } : {}),
    ...(call.version >= 63 ? { volume_type_id: typeOf(call.world, volume.volume_type)?.id ?? null } : {}),
    ...(call.version >= 65 ? { consumes_quota: true } : {}),
  }
}

function fullVolume(call: Call, volume: Volume): object {
  const ofAdmin = {
    migration_status: null,
    'os-vol-mig-status-attr:migstat': null,
    'os-vol-mig-status-attr:name_id': null,
    'os-vol-host-attr:host': 'volume-1@fake#fake',
  }
  return {
    ...plainVolume(call, volume),
    'os-vol-tenant-attr:tenant_id': volume.project_id,
    ...(Object.keys(volume.image_metadata).length > 0
      ? { volume_image_metadata: volume.image_metadata }
      : {}),
    ...(call.caller.admin ? ofAdmin : {}),
  }
}

const text: Shape = { type: ['string', 'null'], maxLength: 255 }

const shape: Shape = {
  type: 'object',
  required: ['volume'],
  properties: {
    volume: {
      type: 'object',
      properties: {
        name: text,
        description: text,
        size: { type: ['integer', 'string', 'null'], pattern: '^[0-9]+$', minimum: 1 },
        availability_zone: text,
        source_volid: { oneOf: [{ type: 'string', format: 'uuid' }, { type: 'null' }] },
        snapshot_id: { oneOf: [{ type: 'string', format: 'uuid' }, { type: 'null' }] },
        imageRef: { type: ['string', 'null'], maxLength: 255 },
        metadata: metadataShape,
        volume_type: text,
        multiattach: { type: ['boolean', 'string', 'null'] },
      },
    },
  },
}

function create(call: Call) {
  const { world, caller } = call
  const given = isMap(call.body) ? call.body.volume : undefined
  if (!isMap(given) || Object.keys(given).length === 0) {
    throw badRequest(
      'The server could not comply with the request since it is either malformed or otherwise incorrect.',
    )
  }
  mustFit(call.body, shape)
  const zone = given.availability_zone ?? null
  const type = typeIn(call, given.volume_type)
  const source = sourceOf(call, given)
  if (zone !== null && zone !== 'nova') throw badRequest(`Availability zone '${String(zone)}' is invalid.`)
  const size = Number(given.size ?? source.least ?? 0)
  if (size === 0) throw invalidInput("Volume size '0' must be an integer and greater than 0")
  if (source.least !== undefined && size < source.least) {
    throw invalidInput(`Volume size '${size}'GB cannot be smaller than ${source.words}.`)
  }
  mustHaveRoom(world, caller.projectId, { what: 'volumes', gigabytes: size })
  const volume = addVolume(world, {
    projectId: caller.projectId,
    userId: caller.userId,
    size,
    name: (given.name as string | null | undefined) ?? null,
    description: (given.description as string | null | undefined) ?? null,
    type,
    metadata: (given.metadata as Record<string, string> | null | undefined) ?? {},
    multiattach: given.multiattach === true,
    ...source.wanted,
  })
  return accepted({ volume: plainVolume(call, volume) })
}

function typeIn(call: Call, wanted: unknown): string {
  if (wanted === undefined || wanted === null || wanted === '') return '__DEFAULT__'
  const type = typeOf(call.world, String(wanted))
  if (type === undefined) throw notFound(`Volume type with name ${String(wanted)} could not be found.`)
  return type.name
}

interface Source {
  readonly least?: number
  readonly words?: string
  readonly wanted: Partial<Parameters<typeof addVolume>[1]>
}

/** What a new volume is made of: a snapshot, another volume, an image, or nothing. */
function sourceOf(call: Call, given: Fields): Source {
  const { world, caller } = call
  const own = (row: { readonly project_id: string } | undefined) =>
    row !== undefined && (caller.admin || row.project_id === caller.projectId)
  if (given.snapshot_id) {
    const snapshot = world.of(volumeSnapshots).get(String(given.snapshot_id))
    if (snapshot === undefined || !own(snapshot)) throw noSuch.snapshot(String(given.snapshot_id))
    if (snapshot.status !== 'available')
      throw badRequest(`Invalid snapshot: Originating snapshot status must be one of 'available' values`)
    const origin = world.of(volumes).get(snapshot.volume_id)
    const bootable = { bootable: origin?.bootable ?? false, imageMetadata: origin?.image_metadata ?? {} }
    return {
      least: snapshot.size,
      words: `the snapshot size ${snapshot.size}GB. They must be >= original snapshot size`,
      wanted: { snapshotId: snapshot.id, ...bootable },
    }
  }
  if (given.source_volid) {
    const source = volumeOf(call, String(given.source_volid))
    if (!['available', 'in-use'].includes(source.status))
      throw invalidVolume(`Source volume status must be available or in-use`)
    return {
      least: source.size,
      words: 'original volume size',
      wanted: { sourceId: source.id, bootable: source.bootable, imageMetadata: source.image_metadata },
    }
  }
  if (given.imageRef) return imageSource(call, String(given.imageRef))
  return { wanted: {} }
}

function imageSource({ world, caller }: Call, ref: string): Source {
  const image = world.of(images).get(ref) ?? world.of(images).find((each) => each.name === ref)
  if (
    image === undefined ||
    !(caller.admin || mayUse(image, world.of(imageMembers).all(), caller.projectId))
  ) {
    throw badRequest('Invalid image identifier or unable to access requested image.')
  }
  if (image.status !== 'active') throw invalidInput(`Image ${image.id} is not active.`)
  const extra = Object.entries(image.extra).map(([key, value]) => [key, String(value)] as const)
  const imageMetadata = {
    ...Object.fromEntries(extra),
    image_id: image.id,
    image_name: image.name ?? '',
    size: String(image.size),
    container_format: String(image.container_format),
    disk_format: String(image.disk_format),
    min_disk: String(image.min_disk),
    min_ram: String(image.min_ram),
    checksum: String(image.checksum),
  }
  const least = Math.max(1, image.min_disk, Math.ceil((image.size ?? 0) / 1024 ** 3))
  return {
    least,
    words: `the image minDisk size ${image.min_disk}GB`,
    wanted: { bootable: true, imageMetadata },
  }
}

function update(call: Call) {
  mustFit(call.body, {
    type: 'object',
    required: ['volume'],
    properties: {
      volume: {
        type: 'object',
        minProperties: 1,
        additionalProperties: false,
        properties: {
          name: text,
          description: text,
          display_name: text,
          display_description: text,
          metadata: metadataShape,
        },
      },
    },
  })
  const { volume: given } = call.body as { volume: Fields }
  const volume = volumeOf(call)
  const name = given.name ?? given.display_name
  const description = given.description ?? given.display_description
  const changes: Partial<Volume> = {
    ...(name === undefined ? {} : { name: name as string | null }),
    ...(description === undefined ? {} : { description: description as string | null }),
    ...(given.metadata === undefined ? {} : { metadata: given.metadata as Record<string, string> }),
  }
  return answer({ volume: plainVolume(call, changeVolume(call.world, volume.id, changes) ?? volume) })
}

type Labels = Readonly<Record<string, string>>

function keepMetadata(call: Call, change: (before: Labels, given: Labels) => Labels) {
  mustFit(call.body, { type: 'object', required: ['metadata'], properties: { metadata: metadataShape } })
  const volume = volumeOf(call)
  const metadata = change(volume.metadata, (call.body as { metadata: Labels }).metadata)
  changeVolume(call.world, volume.id, { metadata })
  return answer({ metadata })
}

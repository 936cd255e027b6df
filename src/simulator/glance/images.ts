import { createHash } from 'node:crypto'
import { isMap } from '../../base/json.ts'
import { accepted, answer, type Call, created, link, nothing, param, type Route, route } from '../kit/call.ts'
import { type SortKey, sortRows } from '../kit/page.ts'
import { badRequest, conflict, forbidden, notFound } from '../kit/refusal.ts'
import { mustFit, mustMayPublish, own, readOnly } from './image-shape.ts'
import { addImage, changeImage, fill, imageImported } from './image-table.ts'
import { type Image, type ImageMember, imageMembers, images, mayUse } from './kinds.ts'
import { patched } from './patch.ts'

const base = '/v2/images'

export const imageRoutes: readonly Route[] = [
  route(`GET ${base}`, list),
  route(`POST ${base}`, create),
  route(`GET ${base}/:id`, (call) => answer(imageView(imageOf(call)))),
  route(`PATCH ${base}/:id`, (call) => {
    const image = ownImage(call)
    return answer(imageView(changeImage(call.world, image.id, patched(call, image)) ?? image))
  }),
  route(`DELETE ${base}/:id`, remove),
  route(`PUT ${base}/:id/file`, upload),
  route(`GET ${base}/:id/file`, (call) => {
    const image = imageOf(call)
    return image.status === 'active'
      ? { status: 200, body: Buffer.alloc(Math.min(image.size ?? 0, 1 << 20)) }
      : nothing()
  }),
  route(`PUT ${base}/:id/stage`, (call) => {
    const image = ownImage(call)
    changeImage(call.world, image.id, { status: 'uploading' })
    return nothing()
  }),
  route(`POST ${base}/:id/import`, importImage),
  route(`POST ${base}/:id/actions/deactivate`, (call) => switchTo(call, 'deactivated')),
  route(`POST ${base}/:id/actions/reactivate`, (call) => switchTo(call, 'active')),
  route(`PUT ${base}/:id/tags/:tag`, (call) => {
    const image = ownImage(call)
    changeImage(call.world, image.id, { tags: [...new Set([...image.tags, param(call, 'tag')])] })
    return nothing()
  }),
  route(`DELETE ${base}/:id/tags/:tag`, (call) => {
    const image = ownImage(call)
    if (!image.tags.includes(param(call, 'tag'))) throw notFound('No tag found')
    changeImage(call.world, image.id, { tags: image.tags.filter((tag) => tag !== param(call, 'tag')) })
    return nothing()
  }),
]

/** The image that a path names, if the caller may see it. */
export function imageOf(call: Call, id = param(call)): Image {
  const image = call.world.of(images).get(id)
  const { admin, projectId } = call.caller
  if (image === undefined || !(admin || mayUse(image, call.world.of(imageMembers).all(), projectId))) {
    throw notFound(`No image found with ID ${id}`)
  }
  return image
}

/** The image that a path names, if the caller may change it. */
export function ownImage(call: Call): Image {
  const image = imageOf(call)
  if (!call.caller.admin && image.owner !== call.caller.projectId) {
    throw forbidden('You are not authorized to complete modify_image action.')
  }
  return image
}

/** An image as Glance shows it, its own properties beside all others. */
export function imageView(image: Image): Readonly<Record<string, unknown>> {
  const {
    extra,
    id,
    created_at,
    updated_at,
    tags,
    name,
    disk_format,
    container_format,
    visibility,
    size,
    virtual_size,
    status,
    checksum,
    min_ram,
    min_disk,
    owner,
    os_hidden,
    os_hash_value,
  } = image
  return {
    ...extra,
    name,
    disk_format,
    container_format,
    visibility,
    size,
    virtual_size,
    status,
    checksum,
    protected: image.protected,
    min_ram,
    min_disk,
    owner,
    os_hidden,
    os_hash_algo: os_hash_value === null ? null : 'sha512',
    os_hash_value,
    id,
    created_at,
    updated_at,
    tags,
    self: `/v2/images/${id}`,
    file: `/v2/images/${id}/file`,
    schema: '/v2/schemas/image',
    ...(status === 'active' ? { stores: 'store' } : {}),
  }
}

const visibilities = ['community', 'public', 'private', 'shared', 'all']

function list(call: Call) {
  const { query, world } = call
  const visibility = query.get('visibility')
  if (visibility !== null && !visibilities.includes(visibility))
    throw badRequest(`Invalid visibility value: ${visibility}`)
  const members = world.of(imageMembers).all()
  const seen = world.of(images).filter((image) => isListed(call, image, members) && passes(image, query))
  const sorted = sortRows([...seen].reverse(), sortKeys(query))
  const limit = Math.min(Number(query.get('limit') ?? 25), 1000)
  const marker = query.get('marker')
  const at = marker === null ? 0 : sorted.findIndex((image) => image.id === marker) + 1
  if (marker !== null && at === 0) throw badRequest(`Marker image with ID ${marker} could not be found`)
  const page = sorted.slice(at, at + limit)
  const last = page.at(-1)
  const more = last !== undefined && page.length === limit && limit > 0
  return answer({
    images: page.map(imageView),
    first: address(query, undefined),
    schema: '/v2/schemas/images',
    ...(more ? { next: address(query, last.id) } : {}),
  })
}

/** Images of a community are listed to those who ask for them. */
function isListed({ caller, query }: Call, image: Image, members: readonly ImageMember[]): boolean {
  if (caller.admin) return true
  if (image.visibility === 'community' && image.owner !== caller.projectId)
    return query.get('visibility') === 'community' || query.has('id')
  return mayUse(image, members, caller.projectId)
}

function address(query: URLSearchParams, marker: string | undefined): string {
  const next = new URLSearchParams(query)
  next.delete('marker')
  if (marker !== undefined) next.set('marker', marker)
  return next.size === 0 ? '/v2/images' : `/v2/images?${next}`
}

const controls = ['limit', 'marker', 'sort', 'sort_key', 'sort_dir', 'member_status']

function passes(image: Image, query: URLSearchParams): boolean {
  const view = imageView(image)
  for (const [name, wanted] of query) {
    if (controls.includes(name) || (name === 'visibility' && wanted === 'all')) continue
    if (name === 'tag' ? !image.tags.includes(wanted) : !fits(view, name, wanted)) return false
  }
  return image.os_hidden === (query.get('os_hidden')?.toLowerCase() === 'true')
}

function fits(view: Readonly<Record<string, unknown>>, name: string, wanted: string): boolean {
  if (name === 'size_min') return Number(view.size) >= Number(wanted)
  if (name === 'size_max') return Number(view.size) <= Number(wanted)
  const said = String(view[name] ?? '')
  if (wanted.startsWith('in:'))
    return wanted
      .slice(3)
      .split(',')
      .map((each) => each.replace(/^"|"$/g, ''))
      .includes(said)
  return said === wanted || said === wanted.toLowerCase()
}

function sortKeys(query: URLSearchParams): SortKey[] {
  const pairs = (query.get('sort') ?? '')
    .split(',')
    .filter(Boolean)
    .map((pair) => {
      const [key = '', direction] = pair.split(':')
      return { key, down: direction !== 'asc' }
    })
  const directions = query.getAll('sort_dir')
  const keys = query
    .getAll('sort_key')
    .map((key, at) => ({ key, down: (directions[at] ?? directions[0]) !== 'asc' }))
  return [...pairs, ...keys, { key: 'created_at', down: true }]
}

function create(call: Call) {
  const given = isMap(call.body) ? call.body : {}
  const fixed = Object.keys(given).find((name) => readOnly.includes(name))
  if (fixed !== undefined) throw forbidden(`Attribute '${fixed}' is read-only.`)
  mustFit(given)
  mustMayPublish(call, given.visibility)
  const id = typeof given.id === 'string' ? given.id : call.world.random.uuid()
  if (call.world.of(images).get(id) !== undefined) throw conflict(`Image ID ${id} already exists!`)
  const known = Object.fromEntries(
    own.flatMap((name) => (given[name] === undefined ? [] : [[name, given[name]]])),
  ) as Partial<Image>
  const others = Object.entries(given).filter(
    ([name]) => !(own as readonly string[]).includes(name) && name !== 'id' && name !== 'owner',
  )
  const owner = call.caller.admin && typeof given.owner === 'string' ? given.owner : call.caller.projectId
  const image = addImage(call.world, { ...known, id, owner, extra: Object.fromEntries(others) })
  return {
    ...created(imageView(image)),
    headers: {
      location: link(call, `/image/v2/images/${id}`),
      'openstack-image-import-methods': 'glance-direct,web-download,copy-image',
    },
  }
}

function remove(call: Call) {
  const image = ownImage(call)
  if (image.protected) throw forbidden(`Image ${image.id} is protected and cannot be deleted.`)
  for (const each of call.world.of(imageMembers).where('image_id', image.id))
    call.world.of(imageMembers).remove(each.id)
  call.world.of(images).remove(image.id)
  return nothing()
}

function upload(call: Call) {
  const image = ownImage(call)
  if (image.status !== 'queued')
    throw conflict(`Image status transition from ${image.status} to saving is not allowed`)
  if (image.disk_format === null || image.container_format === null) {
    throw badRequest('Properties disk_format, container_format must be set prior to saving data.')
  }
  const data = Buffer.isBuffer(call.body) ? call.body : Buffer.alloc(0)
  const digest = (algorithm: string) => createHash(algorithm).update(data).digest('hex')
  fill(call.world, image.id, { size: data.length, md5: digest('md5'), sha512: digest('sha512') })
  return nothing()
}

function importImage(call: Call) {
  const image = ownImage(call)
  const method = isMap(call.body) && isMap(call.body.method) ? call.body.method : {}
  const name = String(method.name)
  if (!['glance-direct', 'web-download', 'copy-image'].includes(name))
    throw badRequest(`Unknown import method name '${name}'.`)
  if (image.disk_format === null) throw conflict("'disk_format' needs to be set before import")
  if (image.container_format === null) throw conflict("'container_format' needs to be set before import")
  if (name === 'web-download') {
    if (image.status !== 'queued')
      throw conflict("Image needs to be in 'queued' state to use 'web-download' method")
    if (!/^https?:\/\/.+/.test(String(method.uri)))
      throw badRequest(`URI for web-download does not pass filtering: ${String(method.uri)}`)
  } else if (name === 'glance-direct' && image.status !== 'uploading') {
    throw conflict("Image needs to be staged before 'glance-direct' method can be used")
  }
  changeImage(call.world, image.id, { status: 'importing' })
  call.world.later(call.world.times.imageImport, imageImported, { id: image.id, size: 1 << 20 })
  return accepted()
}

function switchTo(call: Call, status: 'active' | 'deactivated') {
  if (!call.caller.admin)
    throw forbidden(
      `You are not authorized to complete ${status === 'active' ? 'reactivate' : 'deactivate'} action.`,
    )
  const image = imageOf(call)
  if (!['active', 'deactivated'].includes(image.status)) throw forbidden('Not allowed to deactivate image')
  changeImage(call.world, image.id, { status })
  return nothing()
}

import { createHash } from 'node:crypto'
import { isoSeconds } from '../../base/clock.ts'
import { task } from '../world/agenda.ts'
import type { World } from '../world/world.ts'
import { type Image, images } from './kinds.ts'

/** Makes an image that has no data yet. */
export function addImage(world: World, wanted: Partial<Image> & Pick<Image, 'owner'>): Image {
  const now = isoSeconds(world.now())
  return world.of(images).add({
    id: world.random.uuid(),
    name: null,
    status: 'queued',
    visibility: 'shared',
    disk_format: null,
    container_format: null,
    min_disk: 0,
    min_ram: 0,
    size: null,
    virtual_size: null,
    checksum: null,
    os_hash_value: null,
    protected: false,
    os_hidden: false,
    tags: [],
    created_at: now,
    updated_at: now,
    extra: {},
    ...wanted,
  })
}

/** Changes an image, and when it was last changed. */
export function changeImage(world: World, id: string, changes: Partial<Image>): Image | undefined {
  return world.of(images).change(id, { ...changes, updated_at: isoSeconds(world.now()) })
}

/** Gives an image its data, of which only the size and the digests are kept. */
export function fill(
  world: World,
  id: string,
  data: { readonly size: number; readonly md5: string; readonly sha512: string },
): void {
  changeImage(world, id, {
    status: 'active',
    size: data.size,
    virtual_size: data.size,
    checksum: data.md5,
    os_hash_value: data.sha512,
  })
}

/** Ends an import: the data that was fetched is made up of where it came from. */
export const imageImported = task<{ id: string; size: number }>(
  'glance.image-imported',
  (world, { id, size }) => {
    const image = world.of(images).get(id)
    if (image === undefined || image.status === 'active') return
    const digest = (algorithm: string) => createHash(algorithm).update(id).digest('hex')
    fill(world, id, { size, md5: digest('md5'), sha512: digest('sha512') })
  },
)

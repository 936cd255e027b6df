import { kind, type Row } from '../world/table.ts'

export interface Image extends Row {
  readonly name: string | null
  readonly owner: string
  readonly status: string
  readonly visibility: string
  readonly disk_format: string | null
  readonly container_format: string | null
  readonly min_disk: number
  readonly min_ram: number
  readonly size: number | null
  readonly virtual_size: number | null
  readonly checksum: string | null
  readonly os_hash_value: string | null
  readonly protected: boolean
  readonly os_hidden: boolean
  readonly tags: readonly string[]
  readonly created_at: string
  readonly updated_at: string
  /** Properties beyond Glance's own. */
  readonly extra: Readonly<Record<string, unknown>>
}

export interface ImageMember extends Row {
  readonly image_id: string
  readonly member_id: string
  readonly status: string
  readonly created_at: string
  readonly updated_at: string
}

export const images = kind<Image>('images')
export const imageMembers = kind<ImageMember>('image_members', ['image_id'])

/** Whether a project may use an image. */
export function mayUse(image: Image, members: readonly ImageMember[], projectId: string): boolean {
  if (image.owner === projectId || image.visibility === 'public' || image.visibility === 'community')
    return true
  return (
    image.visibility === 'shared' &&
    members.some((each) => each.image_id === image.id && each.member_id === projectId)
  )
}

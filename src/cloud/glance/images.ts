import { collection } from '../collection.ts'
import { isCloudError, unlessGone } from '../error.ts'
import type { Collection, Found, Session } from '../service.ts'

/** Glance's types in the catalog. */
export const types = ['image'] as const

export type ImageStatus =
  | 'active'
  | 'deactivated'
  | 'deleted'
  | 'importing'
  | 'killed'
  | 'pending_delete'
  | 'queued'
  | 'saving'
  | 'uploading'

export interface LiveImage extends Found {
  readonly name: string | null
  readonly status: ImageStatus
  readonly visibility: string
  readonly min_ram: number
  readonly min_disk: number
  readonly tags: readonly string[]
  readonly created_at: string
  readonly disk_format: string | null
  readonly container_format: string | null
  readonly protected: boolean
  readonly owner: string
  /** The stores an import has failed for, separated by commas. */
  readonly os_glance_failed_import?: string
  /** The stores an import still has to fill. */
  readonly os_glance_importing_to_stores?: string
  readonly [property: string]: unknown
}

/** What Glance does with images. */
export interface Images extends Collection<LiveImage> {
  /** Gives fields new values; `null` takes one away. */
  update(id: string, fields: object): Promise<LiveImage>
  /** Starts fetching an image's content from a web address. Doing it again while Glance is at it is no error. */
  importFrom(id: string, url: string): Promise<void>
  deactivate(id: string): Promise<void>
  reactivate(id: string): Promise<void>
  addTag(id: string, tag: string): Promise<void>
  removeTag(id: string, tag: string): Promise<void>
  /** The projects a shared image is offered to. */
  members(id: string): Promise<readonly string[]>
  addMember(id: string, project: string): Promise<void>
  removeMember(id: string, project: string): Promise<void>
}

const patchType = { 'content-type': 'application/openstack-images-v2.1-json-patch' }

export function images(session: Session): Images {
  const form = { service: types, path: '/images', one: null, many: 'images' } as const
  const usual = collection<LiveImage>(session, form)
  const at = (id: string, ...rest: string[]) => ['/images', id, ...rest].map(part).join('/')

  return {
    ...usual,
    async update(id, fields) {
      const body = patchOf(fields, await usual.get(id))
      if (body.length === 0) return usual.get(id)
      const ask = { service: types, method: 'PATCH', path: at(id), body, headers: patchType } as const
      return (await session.request(ask)).body as LiveImage
    },
    async importFrom(id, url) {
      const body = { method: { name: 'web-download', uri: url } }
      await unlessThere(session.request({ service: types, method: 'POST', path: at(id, 'import'), body }))
    },
    async deactivate(id) {
      const path = at(id, 'actions', 'deactivate')
      await session.request({ service: types, method: 'POST', path, repeatable: true })
    },
    async reactivate(id) {
      const path = at(id, 'actions', 'reactivate')
      await session.request({ service: types, method: 'POST', path, repeatable: true })
    },
    async addTag(id, tag) {
      await session.request({ service: types, method: 'PUT', path: at(id, 'tags', tag) })
    },
    async removeTag(id, tag) {
      await unlessGone(session.request({ service: types, method: 'DELETE', path: at(id, 'tags', tag) }))
    },
    async members(id) {
      const { body } = await session.request({ service: types, method: 'GET', path: at(id, 'members') })
      return (body as { members: { member_id: string }[] }).members.map((one) => one.member_id)
    },
    async addMember(id, project) {
      const ask = {
        service: types,
        method: 'POST',
        path: at(id, 'members'),
        body: { member: project },
      } as const
      await unlessThere(session.request(ask))
    },
    async removeMember(id, project) {
      await unlessGone(
        session.request({ service: types, method: 'DELETE', path: at(id, 'members', project) }),
      )
    },
  }
}

const part = (text: string): string => (text.startsWith('/') ? text : encodeURIComponent(text))

/** A change as JSON patch, which tells adding from replacing. */
function patchOf(fields: object, live: LiveImage): readonly object[] {
  return Object.entries(fields).flatMap(([name, value]: [string, unknown]) => {
    const path = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    const there = Object.hasOwn(live, name)
    if (value === null || value === undefined) return there ? [{ op: 'remove', path }] : []
    return [{ op: there ? 'replace' : 'add', path, value }]
  })
}

/** A conflict says that it is there, or being done, already. */
async function unlessThere(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!isCloudError(error, 'conflict')) throw error
  }
}

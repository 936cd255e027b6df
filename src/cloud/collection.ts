import { isMap } from '../base/json.ts'
import { CloudError } from './error.ts'
import { noList, pages } from './paging.ts'
import type { Collection, Found, Reply, Session } from './service.ts'
import { officialType } from './service-types.ts'

/** How one collection of a service looks from outside. */
export interface CollectionForm {
  /** Service types of the catalog, the preferred one first. */
  readonly service: readonly string[]
  /** Below the endpoint: `/networks`. */
  readonly path: string
  /** The key that one object stands under; `null` if bodies are not wrapped (Glance). */
  readonly one: string | null
  /** The key that a list stands under. */
  readonly many: string
  /** How objects are changed; `PUT`, if not said. */
  readonly update?: 'PUT' | 'PATCH' | 'POST'
  /** Where the list with all fields is, if elsewhere: `/servers/detail`. */
  readonly listPath?: string
  readonly microversion?: string
  /** How one request tells of several objects: their IDs can be asked for, or lists begin with what was made last. */
  readonly some?: 'by-id' | 'newest'
  readonly deletesAtOnce?: boolean
  /** Whether a `create` may be sent twice without harm. */
  readonly repeatable?: boolean
}

/** Makes the client of a collection that follows OpenStack's usual form; what differs is spread over it. */
export function collection<Live extends Found>(session: Session, form: CollectionForm): Collection<Live> {
  const { service, path, update = 'PUT' } = form
  const common = { service, ...(form.microversion !== undefined && { microversion: form.microversion }) }
  const at = (id: string) => `${path}/${pathPart(form, id)}`

  return {
    async create(body) {
      const reply = await session.request({
        ...common,
        method: 'POST',
        path,
        body: wrapped(form.one, body),
        ...(form.repeatable && { repeatable: true }),
      })
      return only<Live>(form, reply)
    },
    async get(id) {
      return only<Live>(form, await session.request({ ...common, method: 'GET', path: at(id) }))
    },
    async update(id, patch) {
      const reply = await session.request({
        ...common,
        method: update,
        path: at(id),
        body: wrapped(form.one, patch),
        repeatable: true,
      })
      return only<Live>(form, reply)
    },
    async delete(id) {
      await session.request({ ...common, method: 'DELETE', path: at(id) })
    },
    async list(query = {}) {
      return pages<Live>(session, { ...common, method: 'GET', path: form.listPath ?? path, query }, form.many)
    },
    ...(form.some !== undefined && { some: (ids: readonly string[]) => some<Live>(session, form, ids) }),
    ...(form.deletesAtOnce && { deletesAtOnce: true }),
  }
}

/** Of what was made last a page somewhat larger than what is asked for, so that others' objects hardly cost anything. */
async function some<Live extends Found>(
  session: Session,
  form: CollectionForm,
  ids: readonly string[],
): Promise<readonly Live[]> {
  const { service, path, listPath = path, many, microversion } = form
  const query = form.some === 'by-id' ? { id: ids } : { limit: 2 * ids.length + 10 }
  const ask = {
    service,
    method: 'GET' as const,
    path: listPath,
    query,
    ...(microversion && { microversion }),
  }
  const { body } = await session.request(ask)
  const listed = isMap(body) ? body[many] : undefined
  if (!Array.isArray(listed)) throw noList(ask, many)
  return (listed as Live[]).filter(({ id }) => ids.includes(id))
}

/** Nothing has an ID that would lead elsewhere: an empty one to the whole collection, dots above it. */
function pathPart({ service, one }: CollectionForm, id: string): string {
  if (!['', '.', '..'].includes(id)) return encodeURIComponent(id)
  throw new CloudError(`There is no ${one ?? 'object'} with the ID "${id}".`, {
    kind: 'not-found',
    service: officialType(service),
  })
}

/** The body with its object under the key that the service wants. */
export const wrapped = (key: string | null, body: object): object => (key === null ? body : { [key]: body })

/** The object of an answer, from under its key; a `CloudError` if the answer has none. */
export function only<Live>(form: Pick<CollectionForm, 'service' | 'one'>, { body, status }: Reply): Live {
  const inner = form.one === null ? body : isMap(body) ? body[form.one] : undefined
  if (isMap(inner)) return inner as Live
  throw new CloudError(
    `The ${officialType(form.service)} service answered without a ${form.one ?? 'JSON object'}.`,
    {
      kind: 'unavailable',
      service: officialType(form.service),
      status,
      doubtful: true,
    },
  )
}

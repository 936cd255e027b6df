import { isMap } from '../base/json.ts'
import { CloudError } from './error.ts'
import type { Ask, Session } from './service.ts'
import { officialType } from './service-types.ts'

/** The items of a list, from all its pages. */
export async function pages<Item>(session: Session, ask: Ask, key: string): Promise<readonly Item[]> {
  const items: Item[] = []
  const seen = new Set<string>()
  let query = ask.query
  for (;;) {
    const { body } = await session.request({ ...ask, ...(query && { query }) })
    const part = isMap(body) ? body[key] : undefined
    if (!Array.isArray(part)) throw noList(ask, key)
    items.push(...(part as Item[]))
    const next = nextQuery(body, key)
    const mark = next?.toString()
    // A service that points back to a page already read would be followed for ever.
    if (next === undefined || mark === undefined || part.length === 0 || seen.has(mark)) return items
    seen.add(mark)
    query = { ...ask.query, ...grouped(next) }
  }
}

/** That a service answered with no list where there should be one. */
export const noList = ({ service, path }: Ask, key: string): CloudError =>
  new CloudError(`The ${officialType(service)} service answered ${path} without a list of ${key}.`, {
    kind: 'unavailable',
    service: officialType(service),
  })

/**
 * What the link to the next page asks for. Only its query counts: behind a proxy services build links with a host that
 * can't be reached. Services write it `<key>_links` (Nova, Neutron, Cinder), `next` (Glance) or `links.next` (Keystone).
 */
function nextQuery(body: unknown, key: string): URLSearchParams | undefined {
  if (!isMap(body)) return undefined
  const links = body[`${key}_links`] ?? body.links
  const listed = Array.isArray(links) ? links.find((link) => isMap(link) && link.rel === 'next') : undefined
  const href = isMap(listed) ? listed.href : (body.next ?? (isMap(links) ? links.next : undefined))
  if (typeof href !== 'string' || !href.includes('?')) return undefined
  return new URLSearchParams(href.slice(href.indexOf('?') + 1))
}

function grouped(query: URLSearchParams): Record<string, readonly string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key)]))
}

import { type Call, link, param } from '../kit/call.ts'
import { type Page, pageOf, sortRows } from '../kit/page.ts'
import type { Kind, Row } from '../world/table.ts'

interface Owned extends Row {
  readonly project_id: string
}

/** The address of an object of Cinder, below the caller's project. */
export const cinderLinks = (call: Call, path: string) => [
  { rel: 'self', href: link(call, `/volume/v3/${param(call, 'project')}/${path}`) },
  { rel: 'bookmark', href: link(call, `/volume/${param(call, 'project')}/${path}`) },
]

/** The page of a tenant's rows that a request asks for, the newest first. */
export function ownPage<T extends Owned>(call: Call, kind: Kind<T>, filters: readonly string[]): Page<T> {
  const { caller, query } = call
  const all = query.get('all_tenants')
  const everyone = caller.admin && all !== null && !['0', 'false'].includes(all.toLowerCase())
  const project = everyone ? query.get('project_id') : caller.projectId
  const rows = call.world
    .of(kind)
    .filter((row) => (project === null || row.project_id === project) && passes(row, query, filters))
  return pageOf(call, sorted(rows, query))
}

function passes(row: object, query: URLSearchParams, filters: readonly string[]): boolean {
  for (const name of filters) {
    const wanted = query.get(name)
    if (wanted === null) continue
    const value: unknown = row[name as keyof typeof row]
    if (
      name === 'metadata'
        ? !hasAll(value, wanted)
        : String(value ?? '').toLowerCase() !== wanted.toLowerCase()
    )
      return false
  }
  return true
}

/** `metadata={'a':'b'}`, as the clients write it. */
function hasAll(value: unknown, wanted: string): boolean {
  try {
    const pairs = JSON.parse(wanted.replaceAll("'", '"')) as Readonly<Record<string, string>>
    const has = (value ?? {}) as Readonly<Record<string, string>>
    return Object.entries(pairs).every(([key, item]) => has[key] === item)
  } catch {
    return false
  }
}

function sorted<T extends Row>(rows: readonly T[], query: URLSearchParams): T[] {
  const newestFirst = [...rows].reverse()
  const [pairs] = query.getAll('sort')
  const fromPairs = (pairs ?? '')
    .split(',')
    .filter(Boolean)
    .map((pair) => {
      const [key = '', direction] = pair.split(':')
      return { key, down: direction !== 'asc' }
    })
  const key = query.get('sort_key')
  const fromKey = key === null ? [] : [{ key, down: query.get('sort_dir') !== 'asc' }]
  return sortRows(newestFirst, [...fromPairs, ...fromKey])
}

/** The links to the next page, if there is one. */
export const pageLinks = (many: string, { next }: Page<unknown>): object =>
  next === undefined ? {} : { [`${many}_links`]: [{ rel: 'next', href: next }] }

import { type Answer, answer, type Call } from '../kit/call.ts'
import { type SortKey, sortRows } from '../kit/page.ts'
import { pythonText } from '../kit/python.ts'
import { badRequest, notFound } from '../kit/refusal.ts'
import type { Row } from '../world/table.ts'
import { badFor } from './refusals.ts'

type View = Readonly<Record<string, unknown>>

interface Listed {
  readonly many: string
  readonly filters: readonly string[]
}

/** What every list may be asked for. */
const common = [
  'id',
  'project_id',
  'tenant_id',
  'description',
  'revision_number',
  'created_at',
  'updated_at',
  'changed_since',
]
const tagFilters = ['tags', 'tags-any', 'not-tags', 'not-tags-any']
const paging = ['limit', 'marker', 'page_reverse', 'sort_key', 'sort_dir', 'fields', 'verbose']

/** Answers a list: filtered, sorted, paged and cut to the wanted fields. */
export function listAnswer<T extends Row>(
  call: Call,
  listed: Listed,
  rows: readonly T[],
  view: (row: T) => View,
): Answer {
  const { query } = call
  mustBeFilters(query, [...common, ...tagFilters, ...paging, ...listed.filters])
  const conditions = conditionsIn(query)
  const narrow = narrowed(rows, conditions).map(view)
  const views = conditions.length === 0 ? narrow : narrow.filter((each) => fits(each, conditions))
  const sorted = sortRows(views, sortKeys(query))
  const limit = limitIn(query)
  const page = limit === undefined && !query.has('marker') ? sorted : pageOf(sorted, query, limit)
  const fields = query.getAll('fields')
  const shown = fields.length === 0 ? page : page.map((each) => only(each, fields))
  const links = limit === undefined ? {} : { [`${listed.many}_links`]: linksOf(call, page, limit) }
  return answer({ [listed.many]: shown, ...links })
}

/** What a list is filtered by: a name, and the values of which one must be. */
type Condition = readonly [name: string, values: readonly string[]]

function conditionsIn(query: URLSearchParams): Condition[] {
  const names = [...new Set(query.keys())].filter((name) => !paging.includes(name))
  return names.map((name) => [name, query.getAll(name)] as const)
}

/** Drops what plainly does not fit before the rest is made ready to be shown: most rows of most lists. */
function narrowed<T extends Row>(rows: readonly T[], conditions: readonly Condition[]): readonly T[] {
  const plain = conditions.filter(([name]) => name !== 'changed_since')
  if (plain.length === 0) return rows
  return rows.filter((row) =>
    plain.every(([name, values]) => {
      const value: unknown = row[name as keyof T]
      return typeof value !== 'string' || value === '' || values.includes(value)
    }),
  )
}

function mustBeFilters(query: URLSearchParams, known: readonly string[]): void {
  const unknown = [...new Set(query.keys())].filter((name) => !known.includes(name))
  if (unknown.length > 0) throw badRequest(`${pythonText(unknown)} is invalid attribute for filtering`)
}

function fits(view: View, conditions: readonly Condition[]): boolean {
  return conditions.every(([name, wanted]) =>
    tagFilters.includes(name) ? fitsTags(view, name, wanted) : fitsOne(view, name, wanted),
  )
}

function fitsTags(view: View, name: string, wanted: readonly string[]): boolean {
  const tags = (view.tags as readonly string[] | undefined) ?? []
  const asked = wanted.flatMap((each) => each.split(','))
  const all = asked.every((tag) => tags.includes(tag))
  const any = asked.some((tag) => tags.includes(tag))
  if (name === 'tags') return all
  if (name === 'tags-any') return any
  return name === 'not-tags' ? !all : !any
}

function fitsOne(view: View, name: string, wanted: readonly string[]): boolean {
  if (name === 'changed_since') return wanted.every((since) => String(view.updated_at) >= since)
  if (name === 'fixed_ips') return wanted.every((each) => fitsFixedIp(view, each))
  const value = view[name]
  if (Array.isArray(value)) return value.some((item) => wanted.includes(String(item)))
  const said = value === null || value === undefined ? '' : String(value)
  return wanted.some((each) => each === said || sameBool(value, each) || (said === '' && each === 'None'))
}

function sameBool(value: unknown, wanted: string): boolean {
  if (typeof value !== 'boolean') return false
  return (
    ['true', '1'].includes(wanted.toLowerCase()) === value &&
    ['true', '1', 'false', '0'].includes(wanted.toLowerCase())
  )
}

function fitsFixedIp(view: View, wanted: string): boolean {
  const [field = '', value = ''] = wanted.split(/=(.*)/s)
  const fixed = (view.fixed_ips as readonly View[] | undefined) ?? []
  if (field === 'ip_address_substr') return fixed.some((each) => String(each.ip_address).includes(value))
  return fixed.some((each) => each[field] === value)
}

function sortKeys(query: URLSearchParams): SortKey[] {
  const keys = query.getAll('sort_key')
  const directions = query.getAll('sort_dir')
  if (keys.length !== directions.length && directions.length > 0) {
    throw badRequest('The number of sort_keys and sort_dirs must be same')
  }
  const wrong = directions.filter((each) => each !== 'asc' && each !== 'desc')
  if (wrong.length > 0) {
    throw badRequest(`${pythonText(wrong)} is invalid value for sort_dirs, valid value is 'asc' and 'desc'`)
  }
  const wanted = keys.map((key, at) => ({ key, down: directions[at] === 'desc' }))
  return keys.includes('id') ? wanted : [...wanted, { key: 'id', down: false }]
}

function limitIn(query: URLSearchParams): number | undefined {
  const said = query.get('limit')
  if (said === null) return undefined
  if (!/^\d+$/.test(said)) throw badFor('limit', `Limit must be an integer 0 or greater and not '${said}'`)
  return Number(said) || undefined
}

function pageOf(
  views: readonly View[],
  query: URLSearchParams,
  limit = Number.POSITIVE_INFINITY,
): readonly View[] {
  const marker = query.get('marker')
  const at = marker === null ? -1 : views.findIndex((each) => each.id === marker)
  if (marker !== null && at < 0) throw notFound(`The resource could not be found.`)
  if (query.get('page_reverse')?.toLowerCase() !== 'true') return views.slice(at + 1, at + 1 + limit)
  const end = marker === null ? views.length : at
  return views.slice(Math.max(0, end - limit), end)
}

function only(view: View, fields: readonly string[]): View {
  return Object.fromEntries(Object.entries(view).filter(([name]) => fields.includes(name)))
}

function linksOf(call: Call, page: readonly View[], limit: number): object[] {
  const path = call.url.split('?')[0]
  const to = (rel: string, changes: Readonly<Record<string, string>>) => {
    const query = new URLSearchParams(call.query)
    query.delete('marker')
    query.delete('page_reverse')
    for (const [name, value] of Object.entries(changes)) query.set(name, value)
    return { rel, href: `${call.world.url}${path}?${query}` }
  }
  const [first, last] = [page[0]?.id, page.at(-1)?.id]
  const next = page.length < limit || last === undefined ? [] : [to('next', { marker: String(last) })]
  const back =
    first === undefined
      ? to('previous', { page_reverse: 'True' })
      : to('previous', { marker: String(first), page_reverse: 'True' })
  return [...next, back]
}

import type { Row } from '../world/table.ts'
import type { Call } from './call.ts'
import { badRequest, type Refusal } from './refusal.ts'

export interface Page<T> {
  readonly items: readonly T[]
  /** The address of the page after this one, if there is one. */
  readonly next: string | undefined
}

export interface Paging {
  /** The most that a page has, whatever the caller asks for. */
  readonly most: number
  readonly unknownMarker: (marker: string) => Refusal
}

const ordinary: Paging = {
  most: 1000,
  unknownMarker: (marker) => badRequest(`marker [${marker}] not found`),
}

/** The page that `limit` and `marker` ask for, of a list that is already filtered and sorted. */
export function pageOf<T extends Row>(call: Call, rows: readonly T[], paging: Paging = ordinary): Page<T> {
  const limit = Math.min(limitOf(call) ?? paging.most, paging.most)
  const marker = call.query.get('marker')
  let from = 0
  if (marker) {
    from = rows.findIndex((row) => row.id === marker) + 1
    if (from === 0) throw paging.unknownMarker(marker)
  }
  const items = rows.slice(from, from + limit)
  const last = items.at(-1)
  const more = last !== undefined && from + limit < rows.length
  return { items, next: more ? withMarker(call, last.id) : undefined }
}

function limitOf(call: Call): number | undefined {
  const text = call.query.get('limit')
  if (text === null) return undefined
  const limit = Number(text)
  if (!/^-?\d+$/.test(text)) throw badRequest('limit param must be an integer')
  if (limit < 0) throw badRequest('limit param must be positive')
  return limit === 0 ? undefined : limit
}

function withMarker(call: Call, marker: string): string {
  const query = new URLSearchParams(call.query)
  query.set('marker', marker)
  return `${call.world.url}${call.url.split('?')[0]}?${query}`
}

/** Sorts by `key:dir,key:dir` or by `sort_key`/`sort_dir` pairs; equal rows keep their order. */
export function sortRows<T extends object>(rows: readonly T[], keys: readonly SortKey[]): T[] {
  return [...rows].sort((a, b) => {
    for (const { key, down } of keys) {
      const order = compare(a[key as keyof T], b[key as keyof T])
      if (order !== 0) return down ? -order : order
    }
    return 0
  })
}

export interface SortKey {
  readonly key: string
  readonly down: boolean
}

function compare(a: unknown, b: unknown): number {
  if (a === b) return 0
  if (a === null || a === undefined) return -1
  if (b === null || b === undefined) return 1
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : 1
  return Number(a) - Number(b)
}

import { UsageError } from './kit/failure.ts'

/** Rows in the order that `key[:asc|desc],…` says; the first key counts most, and what has no value comes last. */
export function sortBy<R extends object>(rows: readonly R[], order: string): readonly R[] {
  const keys = order.split(',').map((word) => {
    const [key = '', direction = 'asc'] = word.trim().split(':')
    if (direction !== 'asc' && direction !== 'desc')
      throw new UsageError(`'${direction}' is no order; use asc or desc`)
    return { key: key.toLowerCase().replaceAll(' ', '_'), sign: direction === 'asc' ? 1 : -1 }
  })
  return rows.toSorted(
    (a, b) => keys.map(({ key, sign }) => sign * compare(a, b, key)).find((result) => result !== 0) ?? 0,
  )
}

function compare(a: object, b: object, key: string): number {
  const [left, right] = [a, b].map((row) => new Map<string, unknown>(Object.entries(row)).get(key) ?? null)
  if (left === null || right === null) return Number(left === null) - Number(right === null)
  return String(left).localeCompare(String(right), 'en')
}

/** Words longer than this are nobody's slip of the finger. */
const longest = 100

/** The known word that an unknown one was most likely meant to be, if any is near enough to suggest. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > longest) return undefined
  const wanted = word.toLowerCase()
  let limit = Math.max(1, Math.floor(word.length / 3))
  let best: string | undefined
  for (const name of known) {
    if (Math.abs(name.length - word.length) > limit) continue
    const distance = editDistance(wanted, name.toLowerCase(), limit)
    if (distance > limit) continue
    best = name
    if (distance === 0) break
    limit = distance - 1
  }
  return best
}

const mostSought = 100
const sought = new WeakMap<object, number>()

/** As `nearest`, among the keys of a map that may be as large as a user likes: after a hundred words no more is suggested. */
export function nearestKey(word: string, known: ReadonlyMap<string, unknown>): string | undefined {
  const count = sought.get(known) ?? 0
  if (count >= mostSought) return undefined
  sought.set(known, count + 1)
  return nearest(word, known.keys())
}

/**
 * How many letters must be added, dropped, changed or swapped with a neighbour to make one word of another. Beyond the
 * limit they are not counted to the end.
 */
function editDistance(a: string, b: string, limit: number): number {
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = nextRow(a, b, { i, beforeLast, last })
    if (Math.min(...row) > limit && Math.min(...last) > limit) return Infinity
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}

interface Rows {
  readonly i: number
  readonly beforeLast: readonly number[]
  readonly last: readonly number[]
}

/** The distances of the first letters of one word, so many of them, from each beginning of the other. */
function nextRow(a: string, b: string, { i, beforeLast, last }: Rows): readonly number[] {
  const row = [i]
  for (let j = 1; j <= b.length; j++) {
    const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
    const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (beforeLast[j - 2] ?? 0) + 1 : Infinity
    row.push(Math.min(change, swap, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
  }
  return row
}

/** Beyond so many pairs of lines only what is between the first and the last difference is shown. */
const mostCompared = 4_000_000
const around = 2

interface Change {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/** What changes from one text to another, line by line, with a few lines around each place. */
export function diffText(before: string, after: string): string {
  const changes = changesBetween(before.split('\n'), after.split('\n'))
  const isNear = changes.map((_, i) =>
    changes.slice(Math.max(0, i - around), i + around + 1).some(({ sign }) => sign !== ' '),
  )
  return changes
    .flatMap(({ sign, text }, i) => {
      if (!isNear[i]) return []
      const gap = i > 0 && !isNear[i - 1] ? ['…\n'] : []
      return [...gap, `${sign}${text}\n`]
    })
    .join('')
}

function changesBetween(before: readonly string[], after: readonly string[]): readonly Change[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  const most = Math.min(before.length, after.length) - start
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end++
  const same = (lines: readonly string[]): readonly Change[] => lines.map((text) => ({ sign: ' ', text }))
  return [
    ...same(before.slice(0, start)),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ]
}

function middle(before: readonly string[], after: readonly string[]): readonly Change[] {
  const [gone, come] = [before, after].map((lines, i): readonly Change[] =>
    lines.map((text) => ({ sign: i === 0 ? '-' : '+', text })),
  )
  if (before.length * after.length > mostCompared) return [...(gone ?? []), ...(come ?? [])]
  return walked(before, after, commonLengths(before, after))
}

function walked(
  before: readonly string[],
  after: readonly string[],
  lengths: readonly Uint32Array[],
): readonly Change[] {
  const changes: Change[] = []
  const goesFirst = (i: number, j: number) =>
    j >= after.length || (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0)
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    const [old, now] = [before[i], after[j]]
    if (old !== undefined && old === now) {
      changes.push({ sign: ' ', text: old })
      i++
      j++
    } else if (old !== undefined && goesFirst(i, j)) {
      changes.push({ sign: '-', text: old })
      i++
    } else {
      changes.push({ sign: '+', text: now ?? '' })
      j++
    }
  }
  return changes
}

/** For each pair of places how many lines the rests have in common. */
function commonLengths(before: readonly string[], after: readonly string[]): readonly Uint32Array[] {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1))
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const [row, below] = [lengths[i], lengths[i + 1]]
      if (row === undefined || below === undefined) continue
      row[j] = before[i] === after[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0)
    }
  }
  return lengths
}

/**
 * Whether a name fits a shell pattern: `*`, `?`, `[abc]`, `[!abc]`. When a part does not fit, the last star takes one
 * character more, so that the time it takes is bounded by the two lengths.
 */
export function fits(pattern: string, name: string): boolean {
  const parts = pattern.match(/\[!?\]?[^\]]*\]|[\s\S]/g) ?? []
  let at = 0
  let next = 0
  let star: { readonly at: number; readonly next: number } | undefined
  while (next < name.length) {
    const part = parts[at]
    if (part === '*') {
      star = { at: at++, next }
    } else if (part !== undefined && fitsOne(part, name[next] ?? '')) {
      at++
      next++
    } else if (star !== undefined) {
      star = { at: star.at, next: star.next + 1 }
      at = star.at + 1
      next = star.next
    } else return false
  }
  return parts.slice(at).every((part) => part === '*')
}

function fitsOne(part: string, character: string): boolean {
  if (part === '?') return true
  if (part.length === 1) return part === character
  const isNegated = part[1] === '!'
  const set = part.slice(isNegated ? 2 : 1, -1)
  const ranges = set.match(/[\s\S]-[\s\S]|[\s\S]/g) ?? []
  const isIn = ranges.some((range) =>
    range.length === 3 ? (range[0] ?? '') <= character && character <= (range[2] ?? '') : range === character,
  )
  return isIn !== isNegated
}

import { valueError } from '../problem.ts'
import { charactersOf, isBlank } from './characters.ts'

/** The parts of a text between separators, split at most so often. */
export function splitAtText(
  text: string,
  separator: string,
  most: bigint,
  from: 'left' | 'right' = 'left',
): readonly string[] {
  if (separator === '') throw valueError('empty separator')
  const parts = from === 'left' ? text.split(separator) : splitFromRight(text, separator)
  if (most < 0n || parts.length - 1 <= most) return parts
  const count = Number(most)
  return from === 'left'
    ? [...parts.slice(0, count), parts.slice(count).join(separator)]
    : [parts.slice(0, parts.length - count).join(separator), ...parts.slice(parts.length - count)]
}

/** Separators that overlap are told apart from the end: `aaa` at `aa` gives `a` and nothing. */
function splitFromRight(text: string, separator: string): readonly string[] {
  const parts: string[] = []
  let end = text.length
  for (;;) {
    const at = end < separator.length ? -1 : text.lastIndexOf(separator, end - separator.length)
    if (at < 0) return [text.slice(0, end), ...parts.reverse()]
    parts.push(text.slice(at + separator.length, end))
    end = at
  }
}

/** The words of a text, split at most so often; what is left then is not taken apart. */
export function splitAtBlanks(text: string, most: bigint, from: 'left' | 'right'): readonly string[] {
  if (from === 'left') return wordsOf(charactersOf(text), most).map((word) => word.join(''))
  return wordsOf(charactersOf(text).toReversed(), most)
    .map((word) => word.toReversed().join(''))
    .reverse()
}

function wordsOf(characters: readonly string[], most: bigint): readonly (readonly string[])[] {
  const words: (readonly string[])[] = []
  let start = 0
  for (;;) {
    while (start < characters.length && isBlank(characters[start] ?? '')) start++
    if (start >= characters.length) return words
    if (most >= 0n && words.length >= most) return [...words, characters.slice(start)]
    let end = start
    while (end < characters.length && !isBlank(characters[end] ?? '')) end++
    words.push(characters.slice(start, end))
    start = end
  }
}

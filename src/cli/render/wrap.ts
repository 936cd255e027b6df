import { headOf, widthOf } from './width.ts'

/**
 * Breaks one line into lines that fit a width, as Python's textwrap does for OpenStackClient: at spaces, behind the
 * hyphens between letters, and anywhere in a word that is longer than a line.
 */
export function wrap(line: string, width: number): readonly string[] {
  const lines: string[] = []
  let current = ''
  for (const piece of piecesOf(line)) {
    if (widthOf(current) + widthOf(piece) <= width) {
      if (piece.trim() !== '' || current !== '' || lines.length === 0) current += piece
    } else if (widthOf(piece) > width) {
      current = breakUp(piece, { current, width, lines })
    } else {
      lines.push(current.trimEnd())
      current = piece.trimStart()
    }
  }
  if (current.trimEnd() !== '' || lines.length === 0) lines.push(current.trimEnd())
  return lines
}

/** Words and the spaces between them; hyphenated words come in parts. */
function piecesOf(line: string): readonly string[] {
  return line.split(/(\s+)/).flatMap((part) => (part.trim() === '' ? part || [] : part.split(betweenLetters)))
}

/** A hyphen ends a part only between letters, so that `--option`, `-5` and dates stay whole. */
const betweenLetters = /(?<=[^\d\W]{2}-|[^\d\W]-[^\d\W]-)(?=[^\d\W]-?[^\d\W])/u

/** Fills lines with a word that fits none, breaking behind a hyphen where there is one; returns what is left over. */
function breakUp(
  word: string,
  { current, width, lines }: { readonly current: string; readonly width: number; readonly lines: string[] },
): string {
  let line = current
  let rest = word
  while (widthOf(line) + widthOf(rest) > width) {
    const room = headOf(rest, width - widthOf(line))
    const hyphen = room.lastIndexOf('-')
    const head = /[^-]/.test(room.slice(0, Math.max(hyphen, 0))) ? room.slice(0, hyphen + 1) : room
    lines.push((line + head).trimEnd())
    rest = rest.slice(head.length)
    line = ''
  }
  return line + rest
}

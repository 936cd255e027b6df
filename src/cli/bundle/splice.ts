import type { Span } from './tree.ts'

/** A place in a text that reads otherwise in what is sent. */
export interface Splice extends Span {
  readonly text: string
}

/** A text with some places replaced. Line ends inside them are kept, so that every line keeps its number. */
export function splice(source: string, splices: readonly Splice[]): string {
  let sent = ''
  let from = 0
  for (const { start, end, text } of inOrder(splices)) {
    sent += source.slice(from, start) + text + '\n'.repeat(lineEnds(source.slice(start, end)))
    from = end
  }
  return sent + source.slice(from)
}

/** The column in the source of what stands at a line and column (both from one) of the spliced text. */
export function originalColumn(
  source: string,
  splices: readonly Splice[],
  { line, column }: { line: number; column: number },
): number {
  let shift = 0
  for (const { start, end, text } of inOrder(splices)) {
    const at = positionOf(source, start)
    if (at.line !== line || at.column + shift >= column) continue
    if (column < at.column + shift + text.length) return at.column
    shift += text.length - (end - start)
  }
  return Math.max(1, column - shift)
}

/** Line and column, from one, of an offset. */
export function positionOf(
  source: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  const before = source.slice(0, offset)
  return { line: lineEnds(before) + 1, column: offset - before.lastIndexOf('\n') }
}

/** A text between quotes, as YAML and JSON both take it. */
export const quoted = (text: string): string => JSON.stringify(text)

const inOrder = (splices: readonly Splice[]): readonly Splice[] =>
  splices.toSorted((a, b) => a.start - b.start)

const lineEnds = (text: string): number => text.split('\n').length - 1

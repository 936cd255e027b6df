import { tableText } from './cells.ts'
import { padEnd, padStart, widthOf } from './width.ts'
import { wrap } from './wrap.ts'

export interface TableLook {
  /** The width to fit the table into, if it is to be fitted. */
  readonly maxWidth?: number
  /** Show the head of a table that has no rows. */
  readonly printEmpty?: boolean
}

/** Columns and rows as OpenStackClient draws a list; nothing at all if there are no rows. */
export function listTable(
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
  { maxWidth, printEmpty = false }: TableLook,
): string {
  if (rows.length === 0 && !printEmpty) return '\n'
  const numeric = columns.map((_, i) => typeof rows[0]?.[i] === 'number')
  const cells = rows.map((row) => columns.map((_, i) => tableText(row[i])))
  return draw({ columns, cells, numeric, widths: widthsOf(columns, cells, { maxWidth, least: 8 }) })
}

/** Names and values as OpenStackClient draws one object. */
export function fieldTable(fields: readonly (readonly [string, unknown])[], { maxWidth }: TableLook): string {
  const columns = ['Field', 'Value']
  const cells = fields.map(([name, value]) => [tableText(name), tableText(value)])
  return draw({
    columns,
    cells,
    numeric: [false, false],
    widths: widthsOf(columns, cells, { maxWidth, least: 16 }),
  })
}

interface Drawing {
  readonly columns: readonly string[]
  readonly cells: readonly (readonly string[])[]
  readonly numeric: readonly boolean[]
  /** How wide each column is. */
  readonly widths: readonly number[]
}

function draw({ columns, cells, numeric, widths }: Drawing): string {
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`
  const line = (parts: readonly string[]) =>
    `| ${parts.map((part, i) => (numeric[i] ? padStart : padEnd)(part, widths[i] ?? 0)).join(' | ')} |`
  const rowLines = (row: readonly string[]) => {
    const wrapped = row.map((cell, i) => cellLines(cell, widths[i] ?? 0))
    const height = wrapped.reduce((most, lines) => Math.max(most, lines.length), 1)
    return Array.from({ length: height }, (_, n) => line(wrapped.map((lines) => lines[n] ?? '')))
  }
  return `${[rule, line(columns), rule, ...cells.flatMap(rowLines), rule].join('\n')}\n`
}

const cellLines = (cell: string, limit: number): readonly string[] =>
  cell.split('\n').flatMap((line) => (widthOf(line) > limit ? wrap(line, limit) : [line]))

const widest = (lines: readonly string[]): number =>
  lines.reduce((most, line) => Math.max(most, widthOf(line)), 0)

/**
 * How wide each column becomes for the table to fit: columns under an equal share keep their width, and the others
 * share what is left. None is made narrower than its head or than `least`; the table rather sticks out.
 */
function widthsOf(
  columns: readonly string[],
  cells: readonly (readonly string[])[],
  { maxWidth, least }: { readonly maxWidth: number | undefined; readonly least: number },
): readonly number[] {
  const widths = columns.map((name, i) =>
    Math.max(widthOf(name), widest(cells.flatMap((row) => (row[i] ?? '').split('\n')))),
  )
  if (maxWidth === undefined || 1 + sum(widths) + 3 * columns.length <= maxWidth) return widths

  const usable = Math.max(0, maxWidth - 1 - 3 * columns.length)
  const share = Math.floor(usable / columns.length)
  const shrinking = widths.flatMap((width, i) => (width > share ? [i] : []))
  const shrinkTo = Math.floor((usable - sum(widths.filter((width) => width <= share))) / shrinking.length)
  const last = usable - sum(widths.filter((width) => width <= share)) - shrinkTo * (shrinking.length - 1)
  const limit = (i: number) => Math.max(least, i === shrinking.at(-1) ? last : shrinkTo)
  return widths.map((width, i) =>
    shrinking.includes(i) ? Math.max(widthOf(columns[i] ?? ''), Math.min(width, limit(i))) : width,
  )
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

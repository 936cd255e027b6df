import { machineText } from './cells.ts'
import type { QuoteMode } from './looks.ts'

/** Columns and rows as comma-separated values, quoted as Python's csv module does it. */
export function csvText(
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
  quote: QuoteMode,
): string {
  return [columns, ...rows].map((row) => `${row.map((cell) => csvCell(cell, quote)).join(',')}\n`).join('')
}

function csvCell(value: unknown, quote: QuoteMode): string {
  const text = value === null || value === undefined ? '' : machineText(value)
  const escaped = text.replaceAll('\\', '\\\\')
  if (quote === 'none') return escaped.replace(/[",\n\r]/g, (character) => `\\${character}`)
  const isNumber = typeof value === 'number' || typeof value === 'boolean'
  const isQuoted = quote === 'all' || (quote === 'nonnumeric' && !isNumber) || /[",\n\r]/.test(text)
  return isQuoted ? `"${escaped.replaceAll('"', '""')}"` : escaped
}

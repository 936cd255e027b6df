import { UsageError } from '../kit/failure.ts'
import { machineText, pythonJson } from './cells.ts'
import { csvText } from './csv.ts'
import type { QuoteMode } from './looks.ts'
import { fieldTable, listTable } from './table.ts'
import { yamlText } from './yaml.ts'

/** What a command has to show, before anyone has said in which format. */
export type Output = {
  /** Of a command that has done its work and found something; absent: 0. */
  readonly exitCode?: number
} & (
  | {
      readonly shows: 'list'
      readonly columns: readonly string[]
      readonly rows: readonly (readonly unknown[])[]
      readonly texts?: Texts
    }
  | {
      readonly shows: 'one'
      readonly fields: readonly (readonly [name: string, value: unknown])[]
      readonly texts?: Texts
    }
  | { readonly shows: 'text'; readonly text: string }
  | { readonly shows: 'nothing' }
)

/** Formats that only one command has (`log`, `dot`, …), each with the way to write it. */
export type Texts = Readonly<Record<string, () => string>>

/** How the user wants it. */
export interface Look {
  readonly format: string
  readonly columns: readonly string[]
  readonly maxWidth?: number
  readonly printEmpty?: boolean
  readonly indent: boolean
  readonly quote: QuoteMode
  /** Put before the variable names of the `shell` format. */
  readonly prefix: string
  readonly sortColumns: readonly string[]
  readonly descending: boolean
}

/** A command's output as text; throws `NoSuchColumn` where none of the columns asked for is there. */
export function render(output: Output, look: Look): string {
  switch (output.shows) {
    case 'nothing':
      return ''
    case 'text':
      return output.text === '' || output.text.endsWith('\n') ? output.text : `${output.text}\n`
    case 'list':
      return output.texts?.[look.format]?.() ?? renderList(output, look)
    case 'one':
      return output.texts?.[look.format]?.() ?? renderOne(output, look)
  }
}

/** None of the columns that the user named is one of the output's. */
export class NoSuchColumn extends UsageError {
  constructor(asked: readonly string[], known: readonly string[]) {
    super(`No recognized column names in ${asked.join(', ')}. Recognized columns are ${known.join(', ')}.`)
  }
}

function renderList({ columns, rows }: Extract<Output, { shows: 'list' }>, look: Look): string {
  const chosen = chosenColumns(columns, look.columns)
  const sorted = sortRows(columns, rows, look)
  const cells = sorted.map((row) => chosen.map((column) => row[columns.indexOf(column)] ?? null))
  const objects = () => cells.map((row) => Object.fromEntries(chosen.map((column, i) => [column, row[i]])))
  switch (look.format) {
    case 'json':
      return jsonText(objects(), look.indent)
    case 'yaml':
      return yamlText(objects(), { sorted: true })
    case 'csv':
      return csvText(chosen, cells, look.quote)
    case 'value':
      return cells.map((row) => `${row.map(machineText).join(' ')}\n`).join('')
    default:
      return listTable(chosen, cells, look)
  }
}

function renderOne({ fields }: Extract<Output, { shows: 'one' }>, look: Look): string {
  const names = fields.map(([name]) => name)
  const chosen = new Set(chosenColumns(names, look.columns))
  const shown = fields
    .filter(([name]) => chosen.has(name))
    .map(([name, value]) => [name, value ?? null] as const)
  switch (look.format) {
    case 'json':
      return jsonText(Object.fromEntries(shown), look.indent)
    case 'yaml':
      return shown.map(([name, value]) => yamlText({ [name]: value }, { sorted: true })).join('')
    case 'value':
      return shown.map(([, value]) => `${machineText(value)}\n`).join('')
    case 'shell':
      return shown.map(([name, value]) => `${look.prefix}${shellName(name)}="${shellText(value)}"\n`).join('')
    default:
      return fieldTable(shown, look)
  }
}

function chosenColumns(columns: readonly string[], asked: readonly string[]): readonly string[] {
  if (asked.length === 0) return columns
  const chosen = columns.filter((column) => asked.includes(column))
  if (chosen.length === 0) throw new NoSuchColumn(asked, columns)
  return chosen
}

/** The column named first counts most; values that are not there come last. */
function sortRows(
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
  look: Look,
): readonly (readonly unknown[])[] {
  const indexes = look.sortColumns.map((name) => columns.indexOf(name)).filter((index) => index >= 0)
  if (indexes.length === 0) return rows
  const sign = look.descending ? -1 : 1
  return rows.toSorted(
    (a, b) => sign * (indexes.map((i) => compare(a[i], b[i])).find((order) => order !== 0) ?? 0),
  )
}

function compare(a: unknown, b: unknown): number {
  const missing = Number(a === null || a === undefined) - Number(b === null || b === undefined)
  if (missing !== 0 || a === null || a === undefined) return missing
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [machineText(a), machineText(b)]
  return left < right ? -1 : Number(left > right)
}

const jsonText = (value: unknown, indent: boolean): string =>
  `${indent ? JSON.stringify(value, null, 2) : pythonJson(value)}\n`

const shellName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9_]/g, '_')

/** Safe between double quotes: what came from a cloud must not become a command of the shell that reads it. */
const shellText = (value: unknown): string => machineText(value).replace(/["\\$`]/g, '\\$&')

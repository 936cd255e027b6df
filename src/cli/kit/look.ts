import { type Command as Commander, InvalidArgumentError, Option } from 'commander'
import { listFormats, oneFormats, quoteModes } from '../render/looks.ts'
import type { Look } from '../render/output.ts'
import type { Shows } from './command.ts'

const heading = 'Output options:'

/** The formats a command can show its output in, and the one it takes if nobody says. */
export function formatsOf({ form, format = 'table', formats = [] }: Shows): {
  readonly all: readonly string[]
  readonly usual: string
} {
  return { all: [...(form === 'list' ? listFormats : oneFormats), ...formats].toSorted(), usual: format }
}

/** Gives a command the options that say how its output is to look: those of OpenStackClient. */
export function addLookOptions(made: Commander, shows: Shows): void {
  const { all, usual } = formatsOf(shows)
  const add = (option: Option) => made.addOption(option.helpGroup(heading))
  add(new Option('-f, --format <format>', `how to show it (default: ${usual})`).choices([...all]))
  add(new Option('-c, --column <name>', 'show only this column; may be repeated').argParser(collect))
  add(
    new Option('--max-width <columns>', 'wrap tables at this width')
      .env('CLIFF_MAX_TERM_WIDTH')
      .argParser(number),
  )
  add(new Option('--fit-width', 'wrap tables at the width of the terminal'))
  add(new Option('--noindent', 'write JSON on one line'))
  add(new Option('--print-empty', 'show the head of a table without rows'))
  if (shows.form === 'one') add(new Option('--prefix <text>', 'put before the names of shell variables'))
  if (shows.form !== 'list') return
  add(new Option('--quote <mode>', 'what to quote in CSV (default: nonnumeric)').choices([...quoteModes]))
  add(new Option('--sort-column <name>', 'sort by this column; may be repeated').argParser(collect))
  add(new Option('--sort-ascending', 'smallest first').conflicts('sortDescending'))
  add(new Option('--sort-descending', 'largest first'))
}

/** How the user wants the output, from the values of those options. */
export function lookOf(
  values: Readonly<Record<string, unknown>>,
  shows: Shows | undefined,
): Look & { readonly fitWidth: boolean } {
  const width = typeof values.maxWidth === 'number' && values.maxWidth > 0 ? values.maxWidth : undefined
  return {
    format: typeof values.format === 'string' ? values.format : shows ? formatsOf(shows).usual : '',
    columns: textsIn(values.column),
    indent: values.noindent !== true,
    quote: quoteModes.find((mode) => mode === values.quote) ?? 'nonnumeric',
    prefix: typeof values.prefix === 'string' ? values.prefix : '',
    printEmpty: values.printEmpty === true,
    sortColumns: textsIn(values.sortColumn),
    descending: values.sortDescending === true,
    fitWidth: values.fitWidth === true,
    ...(width !== undefined && { maxWidth: width }),
  }
}

const textsIn = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : [])

const collect = (word: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  word,
]

function number(word: string): number {
  if (!/^-?\d+$/.test(word)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(word)
}

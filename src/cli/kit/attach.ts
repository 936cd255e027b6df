import { Argument, type Command as Commander, Option } from 'commander'
import type { Look } from '../render/output.ts'
import type { ArgumentSpec } from './arguments.ts'
import type { Command } from './command.ts'
import type { Context } from './context.ts'
import { addLookOptions, lookOf } from './look.ts'
import type { OptionSpec } from './options.ts'

/** Runs one command and shows what comes of it. */
export type Perform = (
  command: Command,
  given: { readonly args: object; readonly options: object; readonly look: Look; readonly globals: Globals },
) => Promise<void>

/** The values of the global options, by their names as commander has them. */
export type Globals = Readonly<Record<string, unknown>>

export type { Context }

/** Gives the program one more command, with its groups as they are needed: `stack resource list` is a `list` in two. */
export function attach(
  program: Commander,
  command: Command,
  { groups, perform }: { groups: Readonly<Record<string, string>>; perform: Perform },
): void {
  const made = mention(program, command, groups)
  for (const [name, spec] of Object.entries(command.arguments)) made.addArgument(argumentOf(name, spec))
  const options = Object.entries(command.options).map(
    ([name, spec]) => [name, spec, addOption(made, spec)] as const,
  )
  if (command.shows) addLookOptions(made, command.shows)
  made.addHelpText('after', `\nExample:\n${command.example.replaceAll(/^/gm, '  ')}`)
  made.action(async (...given: unknown[]) => {
    const values = made.opts()
    await perform(command, {
      args: Object.fromEntries(Object.keys(command.arguments).map((name, i) => [name, given[i]])),
      options: Object.fromEntries(
        options.map(([name, spec, option]) => [name, spec.read(wordsOf(values, option))]),
      ),
      look: lookOf(values, command.shows),
      globals: made.optsWithGlobals(),
    })
  })
}

/** Lets the program know that there is such a command, and nothing else of it. */
export function mention(
  program: Commander,
  command: Command,
  groups: Readonly<Record<string, string>>,
): Commander {
  const words = command.name.split(' ')
  const group = words
    .slice(0, -1)
    .reduce((parent, _word, i) => groupOf(parent, words.slice(0, i + 1), groups), program)
  return group
    .command(words.at(-1) ?? '')
    .aliases(command.aliases ?? [])
    .summary(command.summary)
    .description(descriptionOf(command))
}

function groupOf(
  parent: Commander,
  words: readonly string[],
  groups: Readonly<Record<string, string>>,
): Commander {
  const word = words.at(-1) ?? ''
  const existing = parent.commands.find((one) => one.name() === word)
  return existing ?? parent.command(word).description(groups[words.join(' ')] ?? '')
}

const descriptionOf = ({ summary, notes }: Command): string =>
  notes === undefined ? summary : `${summary}\n\n${notes}`

function argumentOf(name: string, spec: ArgumentSpec<unknown>): Argument {
  const argument = new Argument(argumentForm(name, spec), spec.description)
  return spec.choices ? argument.choices([...spec.choices]) : argument
}

const argumentForm = (name: string, { form }: ArgumentSpec<unknown>): string =>
  ({ one: `<${name}>`, maybe: `[${name}]`, some: `<${name}...>`, any: `[${name}...]` })[form]

function addOption(made: Commander, { flags, description, choices }: OptionSpec<unknown>): Option {
  const option = new Option(flags, description)
  if (choices) option.choices([...choices])
  else if (option.required)
    option.argParser((word: string, before: readonly string[] | undefined) => [...(before ?? []), word])
  made.addOption(option)
  return option
}

/** The words that were given to an option, one for each time it was written. */
function wordsOf(values: Readonly<Record<string, unknown>>, option: Option): readonly string[] {
  const value = values[option.attributeName()]
  if (Array.isArray(value)) return value.map(String)
  if (typeof value === 'string') return [value]
  return value === !option.negate ? [''] : []
}

import type { Argument, Command as Commander, Option } from 'commander'

/** A command or a group of commands, as those see it who write documents or complete words. */
export interface Outline {
  readonly name: string
  /** What its name may also be. */
  readonly aliases: readonly string[]
  readonly summary: string
  readonly commands: readonly Outline[]
  readonly options: readonly OptionOutline[]
  readonly arguments: readonly ArgumentOutline[]
}

export interface OptionOutline {
  /** As the help shows it: `-t, --template <file>`. */
  readonly flags: string
  /** Each way to write it: `-t`, `--template`. */
  readonly names: readonly string[]
  readonly description: string
  /** The word that stands for its value: `file`; absent: it takes none. */
  readonly value?: string
  readonly choices?: readonly string[]
}

export interface ArgumentOutline {
  readonly name: string
  readonly description: string
  /** Whether there may be more than one word of it. */
  readonly repeats: boolean
  readonly required: boolean
  readonly choices?: readonly string[]
}

/** All that can be written on a command line of a program. */
export function outlineOf(command: Commander): Outline {
  return {
    name: command.name(),
    aliases: command.aliases(),
    summary: command.summary() || command.description(),
    commands: command.commands.map(outlineOf),
    options: [...command.options.filter(({ hidden }) => !hidden).map(optionOf), help],
    arguments: command.registeredArguments.map(argumentOf),
  }
}

const help: OptionOutline = {
  flags: '-h, --help',
  names: ['-h', '--help'],
  description: 'show what there is',
}

function optionOf({ flags, short, long, description, argChoices }: Option): OptionOutline {
  const value = /[<[](.+?)(?:\.\.\.)?[>\]]/.exec(flags)?.[1]
  return {
    flags,
    names: [short, long].filter((name) => name !== undefined),
    description,
    ...(value !== undefined && { value }),
    ...(argChoices && { choices: argChoices }),
  }
}

const argumentOf = (argument: Argument): ArgumentOutline => ({
  name: argument.name(),
  description: argument.description,
  repeats: argument.variadic,
  required: argument.required,
  ...(argument.argChoices && { choices: argument.argChoices }),
})

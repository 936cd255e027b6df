import { Command as Commander, CommanderError, Option } from 'commander'
import { systemClock } from '../base/clock.ts'
import { commandGroups, commands } from './commands/index.ts'
import { connect, type Surroundings, stateDirectory } from './connect.ts'
import { connectionOptions } from './connection-options.ts'
import { attach, type Globals, mention, type Perform } from './kit/attach.ts'
import { type Command, underEachName } from './kit/command.ts'
import type { Context } from './kit/context.ts'
import { Failed, TemplateRefused, UsageError } from './kit/failure.ts'
import { outlineOf } from './kit/outline.ts'
import type { ProgramParts } from './parts.ts'
import type { Look } from './render/output.ts'
import { processTerminal, type Terminal } from './terminal.ts'

/**
 * The `hearth` program, ready to parse a command line. Actions reject with what went wrong. Of commands whose words are
 * not all among the `args` it knows only that they are there, unless no command is among them: that saves the time to
 * make them. Without `args` it knows everything.
 */
export function buildProgram(parts: ProgramParts, args: readonly string[] = []): Commander {
  const terminal = parts.terminal ?? processTerminal()
  const program = new Commander('hearth')
    .description(
      'Turns templates into running applications on OpenStack: stacks of servers, networks, volumes, …',
    )
    .version(parts.version)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out.write, writeErr: terminal.err.write })
    .configureHelp({ showGlobalOptions: false, sortSubcommands: false })
    .option('--debug', 'show requests, and where errors come from')
    .option(
      '--state-dir <path>',
      'where `hearth up` keeps its state; also HEARTH_STATE_DIR (default: .hearth)',
    )
  addConnectionOptions(program)
  const perform = performer({ parts, terminal })
  const all = commands.flatMap(underEachName)
  const meant = all.filter((command) => isAmong(args, command))
  const isAboutOne = meant.length > 0 || args.join() === '--version'
  for (const command of all) {
    if (isAboutOne && !meant.includes(command)) mention(program, command, commandGroups)
    else attach(program, command, { groups: commandGroups, perform })
  }
  settle(program)
  return program
}

function isAmong(args: readonly string[], { name, aliases = [] }: Command): boolean {
  const words = name.split(' ')
  const last = words.pop() ?? ''
  return words.every((word) => args.includes(word)) && [last, ...aliases].some((word) => args.includes(word))
}

/** Runs a command line, tells what went wrong, and answers with the exit code: 0 done, 1 failed, 2 not understood. */
export async function runProgram(given: readonly string[], parts: ProgramParts): Promise<number> {
  const args = given.map(spelled)
  const terminal = parts.terminal ?? processTerminal()
  const program = buildProgram({ ...parts, terminal }, args)
  try {
    await program.parseAsync(args, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof Failed) return error.exitCode
    if (error instanceof UsageError) {
      terminal.err.write(`error: ${error.message}\n`)
      return 2
    }
    const debug = program.opts().debug === true
    await tell(error, { terminal, debug, format: formatIn(args), version: parts.version })
    return 1
  }
}

function addConnectionOptions(program: Commander): void {
  const add = (flags: string, description: string) =>
    program.addOption(new Option(flags, description).helpGroup('Which cloud (each also as OS_*):'))
  add('--os-cloud <name>', 'a cloud of clouds.yaml')
  for (const [name, description] of Object.entries(connectionOptions))
    add(`--os-${name} <value>`, description)
  add('--insecure', "don't check certificates")
}

/** What subcommands do not inherit from the program by themselves. */
function settle(command: Commander): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command)
    if (child.commands.length > 0) child.helpCommand(false)
    settle(child)
  }
}

/** OpenStack's programs also take `--with_conditions` for `--with-conditions`. */
const spelled = (word: string): string =>
  word.replace(/^--[a-z_-]+(?=$|=)/, (option) => option.replaceAll('_', '-'))

interface Setting {
  readonly parts: ProgramParts
  readonly terminal: Terminal
}

function performer({ parts, terminal }: Setting): Perform {
  return async (command, { args, options, look, globals }) => {
    const context = contextOf({ parts, terminal, globals, look })
    const output = await command.run({ args, options, context })
    const { render } = await import('./render/output.ts')
    terminal.out.write(render(output, fitted(look, terminal)))
    if (output.exitCode !== undefined && output.exitCode !== 0) throw new Failed(output.exitCode)
  }
}

function contextOf({
  parts,
  terminal,
  globals,
  look,
}: Setting & { readonly globals: Globals; readonly look: Look }): Context {
  const { clock = systemClock, directory = process.cwd(), variables = process.env } = parts
  const surroundings: Surroundings = { globals, variables, directory, parts, err: terminal.err }
  return {
    terminal,
    clock,
    directory,
    variables,
    parts,
    format: look.format,
    outline: () => outlineOf(buildProgram(parts)),
    stateDirectory: () => stateDirectory(globals, surroundings),
    connect: () => connect(surroundings),
  }
}

function fitted(look: Look & { readonly fitWidth?: boolean }, terminal: Terminal): Look {
  const columns = look.fitWidth && look.maxWidth === undefined ? terminal.out.size()?.columns : undefined
  return columns === undefined ? look : { ...look, maxWidth: columns }
}

interface Telling {
  readonly terminal: Terminal
  readonly debug: boolean
  readonly format: string | undefined
  readonly version: string
}

async function tell(error: unknown, { terminal, debug, format, version }: Telling): Promise<void> {
  const { err, out } = terminal
  if (error instanceof TemplateRefused) {
    const { problemsIn } = await import('./problems/formats.ts')
    const text = problemsIn(format, error.reports, version)
    if (text !== undefined) out.write(text)
    else {
      const { showProblems } = await import('./problems/show-problems.ts')
      err.write(showProblems(error.reports, err.paint))
    }
    return
  }
  const { explain } = await import('./kit/explain.ts')
  err.write(explain(error, { paint: err.paint, debug }))
}

/** The format in which the answer is wanted: a program that reads it gets problems in the same form. */
function formatIn(args: readonly string[]): string | undefined {
  for (const [i, arg] of args.entries()) {
    if (/^(-f|--format)$/.test(arg)) return args[i + 1]
    const written = /^(?:-f=?|--format=)(\w+)$/.exec(arg)?.[1]
    if (written !== undefined) return written
  }
  return undefined
}

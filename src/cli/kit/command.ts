import type { Output } from '../render/output.ts'
import type { Arguments, WordsOf } from './arguments.ts'
import type { Context } from './context.ts'
import type { Options, ValuesOf } from './options.ts'

/** What a command shows: the form of its output, the format if the user names none, and formats that it alone has. */
export interface Shows {
  readonly form: 'list' | 'one'
  readonly format?: string
  readonly formats?: readonly string[]
}

interface Description {
  /** All words of it: `stack create`. */
  readonly name: string
  /** What all of its words may also be, as OpenStackClient has them. */
  readonly otherName?: string
  /** What its last word may also be. */
  readonly aliases?: readonly string[]
  readonly summary: string
  /** What one should know besides. */
  readonly notes?: string
  readonly example: string
  readonly shows?: Shows
}

interface CommandSpec<A extends Arguments, O extends Options> extends Description {
  readonly arguments?: A
  readonly options?: O
  run(given: Given<A, O>): Promise<Output>
}

/** What the user wrote, and the world it is to happen in. */
export interface Given<A extends Arguments, O extends Options> {
  readonly args: WordsOf<A>
  readonly options: ValuesOf<O>
  readonly context: Context
}

/** A command as the program takes it, whatever its arguments and options. */
export interface Command extends Description {
  readonly arguments: Arguments
  readonly options: Options
  run(given: { readonly args: object; readonly options: object; readonly context: Context }): Promise<Output>
}

const none = {}

/** Declares a command of the command line. */
export const command = <A extends Arguments = typeof none, O extends Options = typeof none>(
  spec: CommandSpec<A, O>,
): Command => ({
  arguments: none,
  options: none,
  ...spec,
  // The program reads words and values by these very declarations.
  run: (given) => spec.run(given as Given<A, O>),
})

/** What a command gives that has nothing to show. */
export const nothing: Output = { shows: 'nothing' }

/** A command under each of its names. */
export const underEachName = (one: Command): readonly Command[] =>
  one.otherName === undefined ? [one] : [one, { ...one, name: one.otherName }]

import { UsageError } from './failure.ts'

/** An option of a command as its help shows it, and how its words become a value. */
export interface OptionSpec<T> {
  /** As commander takes it: `-t, --template <file>`. */
  readonly flags: string
  readonly description: string
  /** The words given, in order; one for each time the option was written. A flag without a value gives `''`. */
  readonly read: (words: readonly string[]) => T
  readonly choices?: readonly string[]
}

export type Options = Readonly<Record<string, OptionSpec<unknown>>>

/** The values of the options of a command. */
export type ValuesOf<O extends Options> = {
  readonly [K in keyof O]: O[K] extends OptionSpec<infer T> ? T : never
}

/** Yes if it is written. */
export const flag = (flags: string, description: string): OptionSpec<boolean> => ({
  flags,
  description,
  read: (words) => words.length > 0,
})

/** One text; the last counts. */
export const text = (flags: string, description: string): OptionSpec<string | undefined> => ({
  flags,
  description,
  read: (words) => words.at(-1),
})

/** Any number of texts. */
export const many = (flags: string, description: string): OptionSpec<readonly string[]> => ({
  flags,
  description,
  read: (words) => words,
})

/** Texts with commas between them. */
export const commaList = (flags: string, description: string): OptionSpec<readonly string[] | undefined> => ({
  flags,
  description,
  read: (words) =>
    words
      .at(-1)
      ?.split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
})

/** A whole number. */
export const whole = (flags: string, description: string): OptionSpec<number | undefined> => ({
  flags,
  description,
  read: (words) => {
    const word = words.at(-1)
    if (word === undefined) return undefined
    if (!/^\d+$/.test(word)) throw new UsageError(`option '${flags}' takes a whole number, not '${word}'`)
    return Number(word)
  },
})

/** One word of a few. */
export const choice = <const C extends string>(
  flags: string,
  description: string,
  choices: readonly C[],
): OptionSpec<C | undefined> => ({
  flags,
  description,
  choices,
  read: (words) => choices.find((word) => word === words.at(-1)),
})

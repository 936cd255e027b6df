/** A word that stands behind the name of a command. */
export interface ArgumentSpec<T> {
  readonly form: 'one' | 'maybe' | 'some' | 'any'
  readonly description: string
  readonly choices?: readonly string[]
  readonly value?: T
}

export type Arguments = Readonly<Record<string, ArgumentSpec<unknown>>>

/** The words given for the arguments of a command. */
export type WordsOf<A extends Arguments> = {
  readonly [K in keyof A]: A[K] extends ArgumentSpec<infer T> ? T : never
}

/** A word that must be there. */
export const one = (description: string): ArgumentSpec<string> => ({ form: 'one', description })

/** One word of a few. */
export const oneOf = <const C extends string>(
  description: string,
  choices: readonly C[],
): ArgumentSpec<C> => ({ form: 'one', description, choices })

/** A word that may be left out. */
export const maybe = (description: string): ArgumentSpec<string | undefined> => ({
  form: 'maybe',
  description,
})

/** At least one word. */
export const some = (description: string): ArgumentSpec<readonly string[]> => ({ form: 'some', description })

/** Any number of words, also none. */
export const any = (description: string): ArgumentSpec<readonly string[]> => ({ form: 'any', description })

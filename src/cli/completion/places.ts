import type { ArgumentOutline, OptionOutline, Outline } from '../kit/outline.ts'

/** A place on a command line, and what may come next there. */
export interface Place {
  /** The words before it: `stack list`; the empty text at the beginning, whose options may stand at every place. */
  readonly path: string
  /** The same where the last word has other names. */
  readonly otherPaths: readonly string[]
  readonly words: readonly Word[]
  readonly options: readonly PlaceOption[]
  /** What stands behind the words, one after another. */
  readonly arguments: readonly Expected[]
  /** Whether the last of these may come again and again. */
  readonly repeats: boolean
}

export interface Word {
  readonly name: string
  readonly description: string
}

export interface PlaceOption {
  /** `-t`, `--template` */
  readonly names: readonly string[]
  readonly description: string
  /** Absent: it has no value. */
  readonly takes?: Expected
}

/** What a value is: one of some words, the name of something that is there, or what only the user knows. */
export type Expected =
  | { readonly is: 'word'; readonly words: readonly string[] }
  | { readonly is: 'file' | 'file-of-key' | 'directory' | 'stack' | 'anything' }

/** Every place of a program, the beginning first. */
export const placesOf = (program: Outline): readonly Place[] => [...placesBelow(program, [])]

function* placesBelow(outline: Outline, path: readonly string[]): Generator<Place> {
  const before = path.slice(0, -1)
  yield {
    path: path.join(' '),
    otherPaths: outline.aliases.map((alias) => [...before, alias].join(' ')),
    words: outline.commands.map(({ name, summary }) => ({ name, description: summary })),
    options: outline.options.map(optionPlace),
    arguments: outline.arguments.map(argumentPlace),
    repeats: outline.arguments.at(-1)?.repeats ?? false,
  }
  for (const child of outline.commands) yield* placesBelow(child, [...path, child.name])
}

const optionPlace = ({ names, description, value, choices }: OptionOutline): PlaceOption => ({
  names,
  description,
  ...(value !== undefined && { takes: choices ? { is: 'word', words: choices } : expectedFor(value) }),
})

const argumentPlace = ({ name, choices }: ArgumentOutline): Expected =>
  choices ? { is: 'word', words: choices } : expectedFor(name)

/** The words that stand for values in the help say what a value is. */
function expectedFor(value: string): Expected {
  if (value === 'stack' || value === 'stacks') return { is: 'stack' }
  if (value === 'file') return { is: 'file' }
  if (value === 'key=file') return { is: 'file-of-key' }
  return { is: value === 'path' ? 'directory' : 'anything' }
}

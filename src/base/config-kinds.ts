/** One option as it is declared: what it is called is its key in the table. */
export interface Option<T> {
  readonly kind: string
  readonly help: string
  /** What it is where nobody says anything; `undefined`: that depends. */
  readonly default: T
  /** Its value is shown nowhere. */
  readonly secret: boolean
  /** Older names that it is also known by. */
  readonly also: readonly string[]
  /** Makes a value of what is written. Throws an error whose message ends "… is ". */
  read(text: string): T
}

interface More {
  readonly secret?: boolean
  readonly also?: readonly string[]
}

/** The value of an option. */
export type ValueOf<O> = O extends Option<infer T> ? T : never

const option = <T>(
  kind: string,
  parts: Pick<Option<T>, 'help' | 'default' | 'read'>,
  more: More,
): Option<T> => ({
  ...{ kind, ...parts },
  ...{ secret: more.secret ?? false, also: more.also ?? [] },
})

/** Any text. */
export const text = (value: string, help: string, more: More = {}): Option<string> =>
  option('text', { help, default: value, read: (text) => text }, more)

/** Any text, or none: an empty value is as good as none. */
export const optionalText = (help: string, more: More = {}): Option<string | undefined> =>
  option('text', { help, default: undefined, read: (text) => (text === '' ? undefined : text) }, more)

/** A whole number within bounds. */
export function whole(
  value: number,
  help: string,
  {
    min = 0,
    max = Number.MAX_SAFE_INTEGER,
    ...more
  }: More & { readonly min?: number; readonly max?: number } = {},
): Option<number> {
  const read = (text: string) => {
    const number = Number(text)
    if (!/^[+-]?\d+$/.test(text) || !Number.isSafeInteger(number)) throw new Error('not a whole number')
    if (number < min) throw new Error(`less than ${min}`)
    if (number > max) throw new Error(`more than ${max}`)
    return number
  }
  return option('whole number', { help, default: value, read }, more)
}

/** A whole number within bounds, or none. */
export const optionalWhole = (
  help: string,
  bounds: More & { readonly min?: number; readonly max?: number } = {},
): Option<number | undefined> => {
  const { read, ...declared } = whole(0, help, bounds)
  return { ...declared, default: undefined, read: (text) => (text === '' ? undefined : read(text)) }
}

/** A number of seconds, of which a part may be asked for. */
export const seconds = (value: number, help: string, more: More = {}): Option<number> =>
  option(
    'seconds',
    {
      help,
      default: value,
      read(text) {
        if (!/^\d+(\.\d+)?$/.test(text)) throw new Error('not a number of seconds')
        return Number(text)
      },
    },
    more,
  )

export const flag = (value: boolean, help: string, more: More = {}): Option<boolean> =>
  option(
    'true or false',
    {
      help,
      default: value,
      read(text) {
        if (/^(true|1|on|yes)$/i.test(text)) return true
        if (/^(false|0|off|no)$/i.test(text)) return false
        throw new Error('neither true nor false')
      },
    },
    more,
  )

/** Texts between commas. */
export const list = (help: string, more: More = {}): Option<readonly string[]> =>
  option('list', { help, default: [], read: commaSeparated }, more)

/** One of a few words. */
export const choice = <const C extends string>(
  choices: readonly C[],
  value: C,
  help: string,
  more: More = {},
): Option<C> =>
  option(
    choices.join(', '),
    {
      help,
      default: value,
      read(text) {
        const chosen = choices.find((each) => each === text)
        if (chosen === undefined) throw new Error(`not one of ${choices.join(', ')}`)
        return chosen
      },
    },
    more,
  )

/** Whole numbers by name: `compute:16,network:32`. */
export const numbers = (help: string, more: More = {}): Option<Readonly<Record<string, number>>> =>
  option(
    'name:number, …',
    {
      help,
      default: {},
      read(text) {
        const pairs = commaSeparated(text).map((pair) => /^([^:]+?)\s*:\s*(\d+)$/.exec(pair))
        if (pairs.includes(null)) throw new Error('not of the form name:number,name:number')
        return Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', Number(pair?.[2])]))
      },
    },
    more,
  )

const commaSeparated = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

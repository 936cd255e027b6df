import { isMap } from '../base/json.ts'
import { jsonText, kindOf, mask, shortened, shownAs, wordOf } from '../base/text.ts'
import type { Field, Kind } from './field.ts'
import { integerIn, numberIn } from './number.ts'

/** A value made fit for its kind, or the words that say why it can't be. */
export type Cast = { readonly value: unknown } | { readonly refused: string }

/** Brings a value to a field's kind by Heat's rules: "5" is an integer, true is the text "True", a number is no boolean. */
export function cast(field: Field, value: unknown): Cast {
  return casts[field.kind](value, field)
}

const casts: Readonly<Record<Kind, (value: unknown, field: Field) => Cast>> = {
  string(value, { options }) {
    if (typeof value === 'string') return { value }
    if (value === null) return { value: '' }
    if (typeof value === 'boolean') return { value: value ? 'True' : 'False' }
    if (typeof value === 'number' && Number.isInteger(value)) return { value: String(value) }
    if (typeof value === 'bigint') return { value: String(value) }
    return { refused: `Value must be a string; got ${told(value, options, shownAs)}` }
  },
  integer(value, { options }) {
    if (value === null) return { value: 0 }
    if (typeof value === 'number' && Number.isFinite(value)) return { value: Math.trunc(value) }
    if (typeof value === 'boolean') return { value: Number(value) }
    if (typeof value !== 'string') return { refused: notConvertible(value) }
    const number = integerIn(value)
    return number === undefined
      ? { refused: `Value '${told(value, options)}' is not an integer` }
      : { value: number }
  },
  number(value, { options }) {
    if (value === null) return { value: 0 }
    if (typeof value === 'number') return { value }
    if (typeof value === 'boolean') return { value: Number(value) }
    if (typeof value !== 'string') return { refused: notConvertible(value) }
    const number = numberIn(value)
    return number === undefined
      ? { refused: `could not convert string to float: ${told(value, options, shownAs)}` }
      : { value: number }
  },
  boolean(value, { options }) {
    if (value === null) return { value: false }
    if (typeof value === 'boolean') return { value }
    const word = typeof value === 'string' ? value.toLowerCase() : value
    if (word === 'true' || word === 'false') return { value: word === 'true' }
    return { refused: `"${told(word, options)}" is not a valid boolean` }
  },
  list(value, { options }) {
    if (value === null) return { value: [] }
    if (Array.isArray(value)) return { value }
    if (options.convertible && typeof value === 'string')
      return { value: value === '' ? [] : value.split(',') }
    return { refused: `"${told(value, options, shownAs)}" is not a list` }
  },
  map(value, { options }) {
    if (value === null) return { value: {} }
    if (isMap(value)) return { value }
    if (options.convertible && typeof value === 'string') return { value }
    if (options.convertible && Array.isArray(value)) return { value: jsonText(value) }
    return { refused: `"${told(value, options)}" is not a map` }
  },
  any: (value) => ({ value }),
}

/** What is said of a value that no number can be made of. */
export function notConvertible(value: unknown): string {
  return `int() argument must be a string, a bytes-like object or a real number, not '${kindOf(value)}'`
}

const longestTold = 500

/** A value as a message shows it, kept short; of a secret there is nothing to see. */
export function told(
  value: unknown,
  { secret }: { readonly secret?: true },
  write: (value: unknown) => string = wordOf,
): string {
  return secret ? mask : shortened(write(value), longestTold)
}

import { isMap } from '../base/json.ts'
import type { Field, Kind } from './field.ts'

/** A value made fit for its kind, or the words that say why it can't be. */
export type Cast = { readonly value: unknown } | { readonly refused: string }

/** Brings a value to a field's kind by Heat's rules: "5" is an integer, true is the text "True", a number is no boolean. */
export function cast(field: Field, value: unknown): Cast {
  return casts[field.kind](value, field)
}

const casts: Readonly<Record<Kind, (value: unknown, field: Field) => Cast>> = {
  string(value) {
    if (typeof value === 'string') return { value }
    if (value === null) return { value: '' }
    if (typeof value === 'boolean') return { value: value ? 'True' : 'False' }
    if (typeof value === 'number' && Number.isInteger(value)) return { value: String(value) }
    if (typeof value === 'bigint') return { value: String(value) }
    return { refused: `Value must be a string; got ${shown(value)}` }
  },
  integer(value) {
    if (value === null) return { value: 0 }
    if (typeof value === 'number' && Number.isFinite(value)) return { value: Math.trunc(value) }
    if (typeof value === 'boolean') return { value: Number(value) }
    if (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)) return { value: Number(value) }
    return { refused: `Value '${shown(value)}' is not an integer` }
  },
  number(value) {
    if (value === null) return { value: 0 }
    if (typeof value === 'number') return { value }
    if (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)))
      return { value: Number(value) }
    return { refused: `Value '${shown(value)}' is not a number` }
  },
  boolean(value) {
    if (value === null) return { value: false }
    if (typeof value === 'boolean') return { value }
    if (typeof value === 'string' && /^(true|false)$/i.test(value))
      return { value: value.toLowerCase() === 'true' }
    return { refused: `"${shown(value)}" is not a valid boolean` }
  },
  list(value, { options }) {
    if (value === null) return { value: [] }
    if (Array.isArray(value)) return { value }
    if (options.convertible && typeof value === 'string')
      return { value: value === '' ? [] : value.split(',') }
    return { refused: `"${shown(value)}" is not a list` }
  },
  map(value, { options }) {
    if (value === null) return { value: {} }
    if (isMap(value)) return { value }
    if (options.convertible && typeof value === 'string') return { value }
    if (options.convertible && Array.isArray(value)) return { value: JSON.stringify(value) }
    return { refused: `"${shown(value)}" is not a map` }
  },
  any: (value) => ({ value }),
}

/** A value as a message shows it, kept short; `quoted`: texts too as in JSON. */
export function shown(value: unknown, quoted?: 'quoted'): string {
  const text = typeof value === 'string' && !quoted ? value : (JSON.stringify(value) ?? String(value))
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

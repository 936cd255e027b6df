import { shortened } from '../base/text.ts'
import { BadRequest } from '../contract/problems.ts'
import type { Field, Shape } from '../schema/index.ts'

/** A query string taken apart: one text or, for a repeated key, several. */
export type RawQuery = Readonly<Record<string, string | readonly string[] | undefined>>

/** Reads a query by its shape. Empty values count as absent; keys that are not declared are passed over or refused. */
export function readQuery(
  shape: Shape,
  raw: RawQuery,
  { closed = false } = {},
): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = {}
  let strangers: string[] | undefined
  for (const key in raw) {
    const field = Object.hasOwn(shape, key) ? shape[key] : undefined
    if (field === undefined) {
      strangers = [...(strangers ?? []), key]
      continue
    }
    const value = readField(key, field, given(raw[key]))
    if (value !== undefined) result[key] = value
  }
  if (closed && strangers) {
    throw BadRequest({
      message: `Invalid filter parameters [${strangers.map((key) => `'${key}'`).join(', ')}]`,
    })
  }
  return result
}

const given = (value: string | readonly string[] | undefined): readonly string[] =>
  (typeof value === 'string' ? [value] : (value ?? [])).filter((text) => text !== '')

function readField(name: string, { kind, options }: Field, values: readonly string[]): unknown {
  const last = values.at(-1)
  if (last === undefined) return undefined
  switch (kind) {
    case 'boolean':
      return readBoolean(name, last)
    case 'integer':
      return readInteger(name, last)
    case 'list':
      return options.convertible ? last.split(',') : values
    default:
      return last
  }
}

/** True or false, as a JSON value or in letters of any case; anything else is refused. */
export function readBoolean(name: string, value: unknown): boolean {
  const text = typeof value === 'string' || typeof value === 'boolean' ? String(value).toLowerCase() : ''
  if (text === 'true' || text === 'false') return text === 'true'
  throw BadRequest({
    message: `Unrecognized value "${short(value)}" for "${name}", acceptable values are: true, false.`,
  })
}

/** A whole number from nought upwards, as a JSON value or in digits; anything else is refused. */
export function readInteger(name: string, value: unknown): number {
  const number = typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN
  const written =
    typeof value === 'string' ? /^-?(0|[1-9]\d{0,14})$/.test(value) : Number.isSafeInteger(value)
  if (!written) throw BadRequest({ message: `Only integer is acceptable by '${name}'.` })
  if (number >= 0) return number
  throw BadRequest({
    message: `Value '${short(value)}' is invalid for '${name}' which only accepts non-negative integer.`,
  })
}

/** A value as a message quotes it. */
function short(value: unknown): string {
  return shortened(typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), 100)
}

import { shown } from './cast.ts'
import type { Bounds, Field } from './field.ts'
import { formats } from './formats.ts'
import { type Effort, fullEffort, matcher } from './pattern.ts'
import { hasUnknown } from './unknown.ts'

const nothing: readonly string[] = []

/**
 * What is wrong with a value that already is of its field's kind; empty when nothing is, or when parts are not known.
 * Values that may hold patterns of strangers share an `effort`.
 */
export function breaches(field: Field, value: unknown, effort: Effort = fullEffort()): readonly string[] {
  const { range, length, modulo, oneOf, pattern, format, constraintDescription } = field.options
  if (!(range || length || modulo || oneOf || pattern !== undefined || format !== undefined)) return nothing
  if (hasUnknown(value)) return nothing
  const found = [
    range && typeof value === 'number' && outOfRange(value, range),
    length && outOfLength(value, length),
    modulo && typeof value === 'number' && offStep(value, modulo),
    oneOf && notAllowed(value, oneOf),
    pattern !== undefined && typeof value === 'string' && mismatch(value, pattern, effort),
    format !== undefined && misformed(value, format),
  ].filter((message): message is string => typeof message === 'string')
  return constraintDescription !== undefined && found.length > 0 ? [constraintDescription] : found
}

function outOfRange(value: number, bounds: Bounds): string | false {
  return !within(value, bounds) && `${value} is out of range ${boundsText(bounds)}`
}

function outOfLength(value: unknown, bounds: Bounds): string | false {
  const size = sizeOf(value)
  return (
    size !== undefined && !within(size, bounds) && `length (${size}) is out of range ${boundsText(bounds)}`
  )
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'string') return codePoints(value)
  if (Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined
}

/** Characters as people count them: one outside the basic plane is two units of a string and one character. */
function codePoints(text: string): number {
  let pairs = 0
  for (let i = 0; i < text.length - 1; i++) {
    const unit = text.charCodeAt(i)
    if (unit >= 0xd800 && unit <= 0xdbff) pairs++
  }
  return text.length - pairs
}

const within = (value: number, { min, max }: Bounds): boolean =>
  (min === undefined || value >= min) && (max === undefined || value <= max)

const boundsText = ({ min, max }: Bounds): string => `(min: ${min ?? 'None'}, max: ${max ?? 'None'})`

function offStep(value: number, { step, offset }: { step: number; offset: number }): string | false {
  const rest = ((value % step) + step) % step
  return (
    rest !== ((offset % step) + step) % step &&
    `${value} is not a multiple of ${step} with an offset of ${offset}`
  )
}

/** Allowed values are compared as text, so that a protocol may be written 6 or "6". Every item of a list counts. */
function notAllowed(value: unknown, allowed: readonly unknown[]): string | false {
  const words = new Set(allowed.map(String))
  const isKnown = (item: unknown) => words.has(String(item))
  const fits = Array.isArray(value) ? value.every(isKnown) : isKnown(value)
  return !fits && `${shown(value, 'quoted')} is not an allowed value [${listed(allowed)}]`
}

const listed = (allowed: readonly unknown[]): string => {
  const texts = allowed.slice(0, 40).map((one) => shown(one, 'quoted'))
  return allowed.length > 40 ? `${texts.join(', ')}, …` : texts.join(', ')
}

function mismatch(value: string, pattern: string, effort: Effort): string | false {
  const fits = matcher(pattern)
  if (typeof fits !== 'function') return fits.unusable
  if (fits(value, effort)) return false
  const does = effort.left > 0 ? 'does not match' : 'takes too long to be matched with'
  return `"${shown(value)}" ${does} pattern "${pattern}"`
}

function misformed(value: unknown, format: string): string | false {
  const reason = Object.hasOwn(formats, format) ? formats[format]?.(value) : undefined
  return reason !== undefined && `Error validating value '${shown(value)}': ${reason}`
}

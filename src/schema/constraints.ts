import { isMap, sortedJson } from '../base/json.ts'
import { jsonText, shortened, wordOf } from '../base/text.ts'
import { told } from './cast.ts'
import type { Bounds, Field } from './field.ts'
import { formats } from './formats.ts'
import { numberFrom } from './number.ts'
import { type Effort, fullEffort, matcher } from './pattern.ts'
import { truthIn } from './truth.ts'
import { hasUnknown } from './unknown.ts'

const nothing: readonly string[] = []

/**
 * What is wrong with a value that already is of its field's kind, or is a text that stands for one; empty when nothing is,
 * or when parts are not known. Values that may hold patterns of strangers share an `effort`.
 */
export function breaches(field: Field, value: unknown, effort: Effort = fullEffort()): readonly string[] {
  const { range, length, modulo, oneOf, pattern, format, constraintDescription } = field.options
  if (!(range || length || modulo || oneOf || pattern !== undefined || format !== undefined)) return nothing
  if (hasUnknown(value)) return nothing
  const rule: Rule = { field, value, seen: told(value, field.options) }
  const found = [
    range && outOfRange(rule, range),
    length && outOfLength(value, length),
    modulo && offStep(rule, modulo),
    oneOf && notAllowed(rule, oneOf),
    pattern !== undefined && mismatch(rule, pattern, effort),
    format !== undefined && misformed(rule, format),
  ].filter((message): message is string => typeof message === 'string')
  return constraintDescription !== undefined && found.length > 0 ? [constraintDescription] : found
}

interface Rule {
  readonly field: Field
  readonly value: unknown
  /** The value as messages may show it. */
  readonly seen: string
}

function outOfRange({ value, seen }: Rule, bounds: Bounds): string | false {
  const number = numberFrom(value)
  return number !== undefined && !within(number, bounds) && `${seen} is out of range ${boundsText(bounds)}`
}

function outOfLength(value: unknown, bounds: Bounds): string | false {
  const size = sizeOf(value)
  return !within(size, bounds) && `length (${size}) is out of range ${boundsText(bounds)}`
}

function sizeOf(value: unknown): number {
  if (Array.isArray(value)) return value.length
  return isMap(value) ? Object.keys(value).length : codePoints(wordOf(value))
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

const boundsText = ({ min, max }: Bounds): string => `(min: ${wordOf(min)}, max: ${wordOf(max)})`

function offStep(
  { value, seen }: Rule,
  { step, offset }: { readonly step: number; readonly offset: number },
): string | false {
  const number = numberFrom(value)
  if (number === undefined) return false
  const rest = ((number % step) + step) % step
  return (
    rest !== ((offset % step) + step) % step &&
    `${seen} is not a multiple of ${step} with an offset of ${offset}`
  )
}

/** Every item of a list counts, as it is; any other value counts as one of its field's kind, however it is written. */
function notAllowed(
  { field: { kind, options }, value, seen }: Rule,
  allowed: readonly unknown[],
): string | false {
  const read = Array.isArray(value) ? asItIs : (readers[kind] ?? asItIs)
  const stray = allowed.find((one) => read(one) === undefined)
  if (stray !== undefined || read(value) === undefined)
    return `Value "${stray === undefined ? seen : told(stray, {})}" is invalid for data type "${kind}".`
  const known = new Set(allowed.map(read))
  const fits = Array.isArray(value) ? value.every((item) => known.has(asItIs(item))) : known.has(read(value))
  return (
    !fits && `${options.secret ? seen : told(value, {}, jsonText)} is not an allowed value ${listed(allowed)}`
  )
}

/** What two values have in common if they count as equal: true is 1 and 1.0, but not "1". */
const asItIs = (value: unknown): string => sortedJson(typeof value === 'boolean' ? Number(value) : value)

const readers: {
  readonly [kind in Field['kind']]?: (value: unknown) => string | number | boolean | undefined
} = {
  string: wordOf,
  number: numberFrom,
  integer: numberFrom,
  boolean: (value) => truthIn(wordOf(value)),
}

/** The longest list of allowed values, and the longest reason, that is shown whole. */
const longestShown = 2000

function listed(allowed: readonly unknown[]): string {
  return `[${shortened(allowed.map((one) => jsonText(one)).join(', '), longestShown)}]`
}

function mismatch({ value, seen }: Rule, pattern: string, effort: Effort): string | false {
  const fits = matcher(pattern)
  if (typeof fits !== 'function') return fits.unusable
  if (fits(wordOf(value), effort)) return false
  const does = effort.left > 0 ? 'does not match' : 'takes too long to be matched with'
  return `"${seen}" ${does} pattern "${pattern}"`
}

function misformed({ field: { options }, value, seen }: Rule, format: string): string | false {
  const reason = Object.hasOwn(formats, format) ? formats[format]?.(value) : undefined
  if (reason === undefined) return false
  const words = reason === '' || options.secret ? '' : `: ${shortened(reason, longestShown)}`
  return `Error validating value '${seen}'${words}`
}

import { type Json, type JsonMap, own } from '../../base/json.ts'
import { matcher, numberFrom } from '../../schema/index.ts'
import type { ParameterConstraint, ParameterType } from '../template.ts'
import type { ParameterWords } from '../versions/version.ts'
import { isJsonMap } from './section.ts'

/** A constraint, or the words for what is wrong with how it was written. */
export type ReadConstraint =
  | ParameterConstraint
  | {
      readonly wrong: string
      /** The key that is none of a constraint, if one is. */
      readonly stranger?: string
    }

/** All kinds of constraint, whatever the version. */
export const constraintKinds = [
  'length',
  'range',
  'modulo',
  'allowed_values',
  'allowed_pattern',
  'custom_constraint',
] as const

const keys: readonly string[] = ['description', ...constraintKinds]

/** Reads one constraint of a parameter. Where several kinds are written in one map, the first that is looked for counts. */
export function readConstraint(raw: Json, kinds: readonly ParameterConstraint['is'][]): ReadConstraint {
  if (!isJsonMap(raw)) return { wrong: 'Invalid parameter constraints, expected a mapping' }
  const stranger = Object.keys(raw).find((key) => !keys.includes(key))
  if (stranger !== undefined)
    return { wrong: `Invalid key '${stranger}' for parameter constraints`, stranger }
  const kind = kinds.find((one) => Object.hasOwn(raw, one))
  if (kind === undefined) return { wrong: 'No constraint expressed' }
  const read = readers[kind](raw[kind] ?? null)
  const description = own(raw, 'description')
  return typeof description === 'string' && !('wrong' in read) ? { ...read, description } : read
}

/** The constraints of a parameter that has a key of its own for each part of them, as if they were a list of maps. */
export function gathered(raw: JsonMap, words: ParameterWords): readonly Gathered[] {
  const said = own(raw, words.constraintDescription)
  const gather = (is: ParameterConstraint['is'], keys: Readonly<Record<string, string | undefined>>) => {
    const parts = Object.entries(keys).flatMap(([part, key]) =>
      key !== undefined && Object.hasOwn(raw, key) ? [{ part, key, value: raw[key] ?? null }] : [],
    )
    const [first] = parts
    if (first === undefined) return []
    const written = first.part === '' ? first.value : mapOf(parts)
    const constraint: JsonMap = { [is]: written, ...(said !== undefined && { description: said }) }
    return [{ key: first.key, constraint }]
  }
  return [
    ...gather('range', { min: words.minValue, max: words.maxValue }),
    ...gather('length', { min: words.minLength, max: words.maxLength }),
    ...gather('allowed_values', { '': words.allowedValues }),
    ...gather('allowed_pattern', { '': words.allowedPattern }),
  ]
}

interface Gathered {
  /** The key of its first part. */
  readonly key: string
  readonly constraint: Json
}

const mapOf = (parts: readonly { readonly part: string; readonly value: Json }[]): JsonMap =>
  Object.fromEntries(parts.map(({ part, value }) => [part, value]))

const readers: Readonly<Record<ParameterConstraint['is'], (raw: Json) => ReadConstraint>> = {
  range: (raw) => readBounds('range', raw),
  length: (raw) => readBounds('length', raw),
  modulo: readModulo,
  allowed_values: (raw) =>
    Array.isArray(raw) ? { is: 'allowed_values', values: raw } : { wrong: 'AllowedValues must be a list' },
  allowed_pattern: readPattern,
  custom_constraint: (raw) => ({ is: 'custom_constraint', name: String(raw) }),
}

function readBounds(is: 'range' | 'length', raw: Json): ReadConstraint {
  const wrong = wrongMap(raw, ['min', 'max'], `${is} constraint`)
  if (wrong !== undefined || !isJsonMap(raw)) return { wrong: wrong ?? '' }
  const min = bound(raw, 'min')
  const max = bound(raw, 'max')
  if (typeof min === 'string' || typeof max === 'string') return { wrong: 'min/max must be numeric' }
  if (min === undefined && max === undefined)
    return { wrong: `A ${is} constraint must have a min value and/or a max value specified.` }
  if (is === 'length' && ![min, max].every((one) => one === undefined || Number.isInteger(one))) {
    return { wrong: 'min/max length must be integral' }
  }
  return { is, ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
}

function readModulo(raw: Json): ReadConstraint {
  const wrong = wrongMap(raw, ['step', 'offset'], 'modulo constraint')
  if (wrong !== undefined || !isJsonMap(raw)) return { wrong: wrong ?? '' }
  const step = bound(raw, 'step')
  const offset = bound(raw, 'offset')
  if (step === undefined || offset === undefined) {
    return { wrong: 'A modulo constraint must have a step value and an offset value specified.' }
  }
  if (typeof step === 'string' || typeof offset === 'string') return { wrong: 'step/offset must be numeric' }
  if (!Number.isInteger(step) || !Number.isInteger(offset)) return { wrong: 'step/offset must be integer' }
  if (step === 0) return { wrong: 'step cannot be 0.' }
  if (Math.abs(offset) >= Math.abs(step))
    return { wrong: 'offset must be smaller (by absolute value) than step.' }
  if (step * offset < 0) return { wrong: 'step and offset must be both positive or both negative.' }
  return { is: 'modulo', step, offset }
}

function readPattern(raw: Json): ReadConstraint {
  if (typeof raw !== 'string') return { wrong: 'AllowedPattern must be a string' }
  const fits = matcher(raw)
  return typeof fits === 'function' ? { is: 'allowed_pattern', pattern: raw } : { wrong: fits.unusable }
}

function wrongMap(raw: Json, known: readonly string[], what: string): string | undefined {
  if (!isJsonMap(raw)) return `Invalid ${what}, expected a mapping`
  const stranger = Object.keys(raw).find((key) => !known.includes(key))
  return stranger === undefined ? undefined : `Invalid key '${stranger}' for ${what}`
}

/** A number; `undefined` if there is none, a text if it is none. */
function bound(raw: JsonMap, key: string): number | string | undefined {
  const value = own(raw, key)
  if (value === undefined || value === null) return undefined
  return numberFrom(value) ?? 'not a number'
}

const bothKinds: Readonly<Record<ParameterConstraint['is'], readonly ParameterType[]>> = {
  range: ['number'],
  modulo: ['number'],
  length: ['string', 'comma_delimited_list', 'json'],
  allowed_values: ['string', 'number', 'boolean', 'comma_delimited_list'],
  allowed_pattern: ['string'],
  custom_constraint: ['string', 'number', 'boolean', 'comma_delimited_list'],
}

const names: Readonly<Record<ParameterConstraint['is'], string>> = {
  range: 'Range',
  modulo: 'Modulo',
  length: 'Length',
  allowed_values: 'AllowedValues',
  allowed_pattern: 'AllowedPattern',
  custom_constraint: 'CustomConstraint',
}

/** Why a constraint can't be put on a parameter of a type, which its version has a word for; `undefined` if it can. */
export function misplaced(
  { is }: ParameterConstraint,
  type: ParameterType,
  word: string,
): string | undefined {
  return bothKinds[is].includes(type) ? undefined : `${names[is]} constraint invalid for ${word}`
}

import { type Json, parseShallowJson, type Scalar } from '../base/json.ts'
import { messageOf } from '../base/problem.ts'
import {
  breaches,
  type Effort,
  expectation,
  type FieldOptions,
  fullEffort,
  type Kind,
  shown,
} from '../schema/index.ts'
import type { ParameterConstraint, ParameterType } from './template.ts'
import { jsonText, wordOf } from './text.ts'

/** A parameter value of its type, or the words for why it is none. */
export type TypedValue = { readonly value: Json } | { readonly wrong: string }

/** Brings a value that was given, or a default, to the type of its parameter. */
export function typed(type: ParameterType, raw: Json): TypedValue {
  return readers[type](raw)
}

const readers: Readonly<Record<ParameterType, (raw: Json) => TypedValue>> = {
  string: (raw) => ({ value: wordOf(raw) }),
  number(raw) {
    const value = numberFrom(raw)
    return value === undefined
      ? { wrong: `could not convert string to float: ${shown(raw, 'quoted')}` }
      : { value }
  },
  boolean(raw) {
    const word = wordOf(raw).trim().toLowerCase()
    if (truths.includes(word)) return { value: true }
    if (falsehoods.includes(word)) return { value: false }
    const acceptable = [...falsehoods, ...truths].map((one) => `'${one}'`).join(', ')
    return { wrong: `Unrecognized value '${wordOf(raw)}', acceptable values are: ${acceptable}` }
  },
  comma_delimited_list(raw) {
    if (Array.isArray(raw)) return { value: raw.map(wordOf) }
    if (typeof raw === 'string') return { value: raw === '' ? [] : raw.split(',') }
    return { wrong: `Value must be a comma-delimited list string: ${shown(raw)}` }
  },
  json(raw) {
    return typeof raw !== 'string' || raw === '' ? { value: raw } : jsonIn(raw)
  },
}

/** The value that a text of JSON stands for. */
export function jsonIn(text: string): TypedValue {
  try {
    return { value: parseShallowJson(text) }
  } catch (error) {
    return { wrong: `Value must be valid JSON: ${messageOf(error)}` }
  }
}

/** What a value of a parameter must be, in a few words. */
export function expectedOf(type: ParameterType, constraints: readonly ParameterConstraint[]): string {
  const options: FieldOptions = Object.assign({}, ...constraints.map((one) => ruleOf(one, type)))
  return expectation({ kind: kinds[type], options })
}

const truths = ['1', 'on', 't', 'true', 'y', 'yes']
const falsehoods = ['0', 'f', 'false', 'n', 'no', 'off']

/** A number, also one written as a text; a truth value counts as 1 or 0. */
export function numberFrom(raw: Json): number | undefined {
  if (typeof raw === 'number') return raw
  if (typeof raw === 'boolean') return Number(raw)
  if (typeof raw !== 'string' || !/^\s*[-+]?(\d+(_\d+)*)?(\.\d*)?([eE][-+]?\d+)?\s*$/.test(raw))
    return undefined
  const value = Number(raw.replaceAll('_', ''))
  return raw.trim() === '' || !Number.isFinite(value) ? undefined : value
}

/** A parameter's value as `stack show` prints it. */
export function textOf(type: ParameterType, value: Json): string {
  if (type === 'comma_delimited_list' && Array.isArray(value)) return value.map(wordOf).join(',')
  return type === 'json' ? jsonText(value) : wordOf(value)
}

/**
 * Which rule a value breaks, in its own words or those of its author; `undefined` if it keeps them all. The values of one
 * request share an `effort`.
 */
export function broken(
  constraints: readonly ParameterConstraint[],
  type: ParameterType,
  value: Json,
  effort: Effort = fullEffort(),
): string | undefined {
  for (const constraint of constraints) {
    const field = { kind: kinds[type], description: '', options: ruleOf(constraint, type) }
    const [wrong] = breaches(field, value, effort)
    if (wrong !== undefined) return wrong
  }
  return undefined
}

/** What a parameter type is called as a field of a schema. */
export const kinds: Readonly<Record<ParameterType, Kind>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  comma_delimited_list: 'list',
  json: 'map',
}

/** A constraint as the rule of a field. */
export function ruleOf(constraint: ParameterConstraint, type: ParameterType): FieldOptions {
  const said = constraint.description ? { constraintDescription: constraint.description } : {}
  switch (constraint.is) {
    case 'range':
    case 'length':
      return {
        ...said,
        [constraint.is]: { ...optional('min', constraint.min), ...optional('max', constraint.max) },
      }
    case 'modulo':
      return { ...said, modulo: { step: constraint.step, offset: constraint.offset } }
    case 'allowed_values':
      return { ...said, oneOf: constraint.values.map((value) => scalarOf(type, value)) }
    case 'allowed_pattern':
      return { ...said, pattern: constraint.pattern }
    case 'custom_constraint':
      return { ...said, format: constraint.name }
  }
}

const optional = (key: 'min' | 'max', value: number | undefined) =>
  value === undefined ? {} : { [key]: value }

function scalarOf(type: ParameterType, value: Json): Scalar {
  const same = typed(type, value)
  const found = 'value' in same ? same.value : value
  return typeof found === 'object' ? wordOf(value) : found
}

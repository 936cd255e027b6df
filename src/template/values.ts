import { isMap, type Json, type JsonMap, parseShallowJson } from '../base/json.ts'
import { messageOf } from '../base/problem.ts'
import { jsonText, kindOf, shownAs, wordOf } from '../base/text.ts'
import {
  breaches,
  type Effort,
  expectation,
  type FieldOptions,
  fullEffort,
  type Kind,
  notConvertible,
  numberFrom,
  told,
  truthIn,
  truthWords,
} from '../schema/index.ts'
import { jsonFault } from './json-fault.ts'
import type { ParameterConstraint, ParameterDeclaration, ParameterType } from './template.ts'

/** A parameter value of its type, or the words for why it is none. */
export type TypedValue = { readonly value: Json } | { readonly wrong: string }

/** Brings a value that was given, or a default, to the type of its parameter. */
export function typed({ type, hidden }: Typing, raw: Json): TypedValue {
  return readers[type](raw, (value, write) => told(value, hidden ? { secret: true } : {}, write))
}

type Typing = Pick<ParameterDeclaration, 'type' | 'hidden'>
type Reader = (raw: Json, seen: (value: Json, write?: (value: unknown) => string) => string) => TypedValue

const readers: Readonly<Record<ParameterType, Reader>> = {
  string: (raw) => ({ value: wordOf(raw) }),
  number(raw, seen) {
    if (typeof raw === 'boolean') return { value: raw }
    const value = numberFrom(raw)
    if (value !== undefined) return { value }
    return {
      wrong:
        typeof raw === 'string'
          ? `could not convert string to float: ${seen(raw, shownAs)}`
          : notConvertible(raw),
    }
  },
  boolean(raw, seen) {
    const value = truthIn(wordOf(raw))
    if (value !== undefined) return { value }
    const acceptable = truthWords.map((one) => `'${one}'`).join(', ')
    return { wrong: `Unrecognized value '${seen(raw)}', acceptable values are: ${acceptable}` }
  },
  comma_delimited_list(raw) {
    if (Array.isArray(raw)) return { value: raw.map(wordOf) }
    if (typeof raw === 'string') return { value: raw === '' ? [] : raw.split(',') }
    return {
      wrong: `Value must be a comma-delimited list string: '${kindOf(raw)}' object has no attribute 'split'`,
    }
  },
  json(raw) {
    return typeof raw !== 'string' || raw === '' ? { value: raw } : jsonIn(raw)
  },
}

/** The value that a text of JSON stands for. */
export function jsonIn(text: string): TypedValue {
  try {
    const value = parseShallowJson(text)
    return hasEndlessNumber(value)
      ? { wrong: 'Value must be valid JSON: a number in it is too large' }
      : { value }
  } catch (error) {
    return { wrong: `Value must be valid JSON: ${jsonFault(text) ?? messageOf(error)}` }
  }
}

/** What a value of a parameter must be, in a few words. */
export function expectedOf(type: ParameterType, constraints: readonly ParameterConstraint[]): string {
  const options: FieldOptions = Object.assign({}, ...constraints.map((one) => ruleOf(one)))
  return expectation({ kind: kinds[type], options })
}

function hasEndlessNumber(value: Json): boolean {
  if (Array.isArray(value)) return value.some(hasEndlessNumber)
  return isMap(value)
    ? Object.values(value as JsonMap).some(hasEndlessNumber)
    : value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY
}

/** A parameter's value as `stack show` prints it. */
export function textOf(type: ParameterType, value: Json): string {
  if (type === 'comma_delimited_list' && Array.isArray(value)) return value.map(wordOf).join(',')
  return type === 'json' ? jsonText(value) : wordOf(value)
}

/**
 * Which rule a value breaks, in its own words or those of its author; `undefined` if it keeps them all. Rules look at a
 * value as it was given, but at what is in a list or in JSON. The values of one request share an `effort`.
 */
export function broken(
  { type, hidden, constraints }: Typing & Pick<ParameterDeclaration, 'constraints'>,
  { raw, value }: { readonly raw: Json; readonly value: Json },
  effort: Effort = fullEffort(),
): string | undefined {
  const looked = type === 'json' || type === 'comma_delimited_list' ? value : raw
  for (const constraint of constraints) {
    const options = { ...ruleOf(constraint), ...(hidden && { secret: true as const }) }
    const [wrong] = breaches({ kind: kinds[type], description: '', options }, looked, effort)
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
export function ruleOf(constraint: ParameterConstraint): FieldOptions {
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
      return { ...said, oneOf: constraint.values }
    case 'allowed_pattern':
      return { ...said, pattern: constraint.pattern }
    case 'custom_constraint':
      return { ...said, format: constraint.name }
  }
}

const optional = (key: 'min' | 'max', value: number | undefined) =>
  value === undefined ? {} : { [key]: value }

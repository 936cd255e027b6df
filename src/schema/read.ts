import { isMap } from '../base/json.ts'
import { cast } from './cast.ts'
import { breaches } from './constraints.ts'
import { expectation } from './expectation.ts'
import type { Field, Infer, Shape } from './field.ts'
import { nearest } from './nearest.ts'
import { UNKNOWN } from './unknown.ts'

/** One thing wrong with one value. */
export interface Fault {
  readonly code:
    | 'UnknownProperty'
    | 'MissingProperty'
    | 'WrongType'
    | 'ConstraintBroken'
    | 'NotImplemented'
    | 'TwoSpellings'
  readonly path: readonly (string | number)[]
  readonly message: string
  /** What would have been right there. */
  readonly expected?: string
  /** The nearest known name, where one was likely meant. */
  readonly meant?: string
}

export interface Reading<T> {
  readonly value: T
  readonly faults: readonly Fault[]
}

/**
 * Reads values by a shape: older spellings renamed, defaults filled in, kinds cast, constraints checked. All faults are
 * collected; with none, the value is what the shape says it is (but for parts that are not known yet).
 */
export function read<S extends Shape>(shape: S, values: unknown): Reading<Infer<S>> {
  const faults: Fault[] = []
  const value = readMap(shape, values ?? {}, { path: [], faults })
  return { value: value as Infer<S>, faults }
}

interface Place {
  readonly path: readonly (string | number)[]
  readonly faults: Fault[]
}

const below = ({ path, faults }: Place, key: string | number): Place => ({ path: [...path, key], faults })

function readMap(shape: Shape, values: unknown, place: Place): unknown {
  if (values === UNKNOWN) return UNKNOWN
  if (!isMap(values)) {
    place.faults.push({
      code: 'WrongType',
      path: place.path,
      message: 'Properties must be a map',
      expected: 'a map',
    })
    return {}
  }
  reportStrangers(shape, values, place)
  const spelled = respell(shape, values, place)
  const result: Record<string, unknown> = {}
  for (const name in shape) {
    const field = shape[name]
    if (field === undefined || field.options.spells !== undefined) continue
    const value = readField(name, field, {
      given: Object.hasOwn(spelled, name) ? spelled[name] : undefined,
      place,
    })
    if (value !== undefined) result[name] = value
  }
  return result
}

function reportStrangers(shape: Shape, values: object, { path, faults }: Place): void {
  for (const name of Object.keys(values)) {
    if (Object.hasOwn(shape, name)) continue
    const meant = nearest(name, Object.keys(shape))
    faults.push({
      code: 'UnknownProperty',
      path: [...path, name],
      message: `Unknown Property ${name}`,
      ...(meant && { meant }),
    })
  }
}

/** The values under their present names. */
function respell(
  shape: Shape,
  values: Readonly<Record<string, unknown>>,
  place: Place,
): Readonly<Record<string, unknown>> {
  const old = Object.keys(values).filter(
    (name) => Object.hasOwn(shape, name) && shape[name]?.options.spells !== undefined,
  )
  if (old.length === 0) return values
  const result = { ...values }
  for (const name of old) {
    const now = shape[name]?.options.spells ?? name
    if (values[name] === null || values[name] === undefined) continue
    if (values[now] !== undefined && values[now] !== null) {
      const message = `Cannot define the following properties at the same time: ${now}, ${name}`
      place.faults.push({ code: 'TwoSpellings', path: [...place.path, name], message })
    } else result[now] = isListOfOne(shape[name], shape[now]) ? [values[name]] : values[name]
  }
  return result
}

/** Whether what is a list now was a single value under its older spelling. */
const isListOfOne = (old: Field | undefined, now: Field | undefined): boolean =>
  now?.kind === 'list' && old?.kind !== 'list'

function readField(name: string, field: Field, { given, place }: { given: unknown; place: Place }): unknown {
  if (given === UNKNOWN) return UNKNOWN
  if (given === undefined || (given === null && 'default' in field.options))
    return whenAbsent(name, field, place)
  if (field.options.implemented === false) {
    place.faults.push({
      code: 'NotImplemented',
      path: [...place.path, name],
      message: `Property ${name} not implemented yet`,
    })
    return undefined
  }
  return readValue(field, given, below(place, name))
}

function whenAbsent(name: string, field: Field, place: Place): unknown {
  if ('default' in field.options) {
    const value = field.options.default
    return field.fields && isMap(value) ? readMap(field.fields, value, below(place, name)) : value
  }
  if (field.options.required) {
    place.faults.push({
      code: 'MissingProperty',
      path: [...place.path, name],
      message: `Property ${name} not assigned`,
      expected: expectation(field),
    })
  }
  return undefined
}

function readValue(field: Field, given: unknown, place: Place): unknown {
  const result = cast(field, given)
  if ('refused' in result) {
    place.faults.push({
      code: 'WrongType',
      path: place.path,
      message: result.refused,
      expected: expectation(field),
    })
    return undefined
  }
  const value = readInside(field, result.value, place)
  for (const message of breaches(field, value))
    place.faults.push({ code: 'ConstraintBroken', path: place.path, message, expected: expectation(field) })
  return value
}

function readInside(field: Field, value: unknown, place: Place): unknown {
  if (field.fields && isMap(value)) return readMap(field.fields, value, place)
  const { item } = field
  if (item && Array.isArray(value)) {
    return value.map((part: unknown, i) =>
      part === UNKNOWN ? UNKNOWN : readValue(item, part, below(place, i)),
    )
  }
  return value
}

import type { Search } from '../../schema/index.ts'

/** A value of the language. Integers are bigints, of any size; numbers are floating point, even 2.0. */
export type Value = null | boolean | bigint | number | string | Compound

type Compound =
  | Sequence
  | Dictionary
  | SetOf
  | View
  | Stream
  | Ordering
  | Expression
  | Moment
  | Span
  | Rule
  | Frame

/** Items in order. The two kinds are never equal: what an author writes and data are tuples, some functions give lists. */
export interface Sequence {
  readonly is: 'tuple' | 'list'
  readonly items: readonly Value[]
}

/** Keys with their values, by what makes keys equal (see `keyOf`). Only frozen ones may be keys themselves. */
export interface Dictionary {
  readonly is: 'dictionary'
  readonly frozen: boolean
  readonly entries: ReadonlyMap<string, readonly [key: Value, value: Value]>
}

export interface SetOf {
  readonly is: 'set'
  readonly items: ReadonlyMap<string, Value>
}

/** What a dictionary holds, as it gives it without copying. */
export interface View {
  readonly is: 'view'
  readonly of: Dictionary
  readonly shows: 'keys' | 'values' | 'items'
}

/** Items that are worked out when they are asked for, once; a memorized stream can be gone through again. */
export interface Stream {
  readonly is: 'stream'
  readonly from: () => Iterator<Value>
  /** What the original calls a stream that comes of this function. */
  readonly made?: string
}

/** Items to be put in order when they are asked for. */
export interface Ordering {
  readonly is: 'ordering'
  readonly items: () => Iterator<Value>
  readonly criteria: readonly Criterion[]
  /** Which of two selected values comes first: negative for the left one. */
  readonly compare: (left: Value, right: Value) => number
}

export interface Criterion {
  readonly select: (item: Value) => Value
  readonly ascending: boolean
}

/** A regular expression. */
export interface Expression {
  readonly is: 'regex'
  readonly source: string
  readonly flags: string
  readonly search: Search
}

/** A point in time: microseconds since 1970 in UTC, shown at an offset. */
export interface Moment {
  readonly is: 'moment'
  readonly at: bigint
  /** Microseconds east of UTC. */
  readonly offset: bigint
}

export interface Span {
  readonly is: 'span'
  readonly microseconds: bigint
}

/** `key => value`, evaluated. */
export interface Rule {
  readonly is: 'rule'
  readonly key: Value
  readonly value: Value
}

/** Variables, and functions that the expression itself defined, as they are known at one place of it. */
export interface Frame {
  readonly is: 'frame'
  readonly parent: Frame | undefined
  readonly variables: Map<string, Value>
  readonly functions: Map<string, LocalFunction>
}

/** A function that an expression defined by `def`. */
export type LocalFunction = (args: readonly Value[], named: ReadonlyMap<string, Value>) => Value

export const tuple = (items: readonly Value[]): Sequence => ({ is: 'tuple', items })

export const list = (items: readonly Value[]): Sequence => ({ is: 'list', items })

export const span = (microseconds: bigint): Span => ({ is: 'span', microseconds })

/** A stream of what an iterator gives; it can be gone through once. */
export const stream = (iterator: Iterator<Value>, made?: string): Stream => ({
  is: 'stream',
  from: () => iterator,
  ...(made !== undefined && { made }),
})

/** The kind of a value that is not a scalar; `undefined` for scalars. */
export const compound = (value: Value): Compound['is'] | undefined =>
  typeof value === 'object' && value !== null ? value.is : undefined

export const isSequence = (value: Value): value is Sequence => {
  const kind = compound(value)
  return kind === 'tuple' || kind === 'list'
}

export const isDictionary = (value: Value): value is Dictionary => compound(value) === 'dictionary'

/** Whether a value is a set, or is one of the views of dictionaries that can be taken for sets. */
export const isSet = (value: Value): value is SetOf | View =>
  compound(value) === 'set' || (isView(value) && value.shows !== 'values')

const isView = (value: Value): value is View => compound(value) === 'view'

export const isStream = (value: Value): value is Stream => compound(value) === 'stream'

/** Whether a value has items to go through. Texts and dictionaries count as one. */
export const isIterable = (value: Value): value is Sequence | SetOf | View | Stream | Ordering =>
  isSequence(value) || isSet(value) || isView(value) || isStream(value) || compound(value) === 'ordering'

export const isInteger = (value: Value): value is bigint => typeof value === 'bigint'

export const isNumber = (value: Value): value is bigint | number =>
  typeof value === 'bigint' || typeof value === 'number'

/** Whether a condition holds that gave this. */
export function isTrue(value: Value): boolean {
  switch (compound(value)) {
    case undefined:
      return Boolean(value)
    case 'tuple':
    case 'list':
      return (value as Sequence).items.length > 0
    case 'dictionary':
      return (value as Dictionary).entries.size > 0
    case 'set':
      return (value as SetOf).items.size > 0
    case 'view':
      return (value as View).of.entries.size > 0
    case 'span':
      return (value as Span).microseconds !== 0n
    default:
      return true
  }
}

/** What the original calls the kind of a value; messages use it. */
export function kindOf(value: Value): string {
  if (value === null) return 'NoneType'
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'bigint':
      return 'int'
    case 'number':
      return 'float'
    case 'string':
      return 'str'
    default:
      return kindOfCompound(value)
  }
}

const kindNames: Readonly<Record<Compound['is'], string>> = {
  tuple: 'tuple',
  list: 'list',
  dictionary: 'dict',
  set: 'frozenset',
  view: 'view',
  stream: 'generator',
  ordering: 'OrderingIterable',
  regex: 're.Pattern',
  moment: 'datetime.datetime',
  span: 'datetime.timedelta',
  rule: 'MappingRule',
  frame: 'Context',
}

/** The full name of a kind, as messages about merging show it. */
export const classOf = (value: Value): string => {
  const kind = kindOf(value)
  return `<class '${kind === 'FrozenDict' ? 'yaql.language.utils.FrozenDict' : kind}'>`
}

function kindOfCompound(value: Compound): string {
  if (value.is === 'dictionary') return value.frozen ? 'FrozenDict' : 'dict'
  if (value.is === 'view') {
    const { shows } = value
    return value.of.frozen ? `${shows[0]?.toUpperCase()}${shows.slice(1)}View` : `dict_${shows}`
  }
  if (value.is === 'stream' && value.made !== undefined) return value.made
  return kindNames[value.is]
}

import { type Collection, limited } from './iterate.ts'
import { typeError } from './problem.ts'
import type { Run } from './run.ts'
import { type Argument, isTree, MISSING, type Tree } from './tree.ts'
import {
  compound,
  type Dictionary,
  type Expression,
  type Frame,
  isDictionary,
  isInteger,
  isIterable,
  isNumber,
  isSequence,
  isSet,
  isStream,
  type Moment,
  type Ordering,
  type Rule,
  type Sequence,
  type SetOf,
  type Span,
  type Stream,
  type Value,
  type View,
} from './values.ts'

/** What a parameter takes, and what the function gets of it. */
export interface Kind<T> {
  /** As reference pages name it. */
  readonly name: string
  /** The argument is handed over as it was written, not evaluated. */
  readonly lazy: boolean
  /** Its name without what may be null. */
  readonly base: string
  /** The kinds that this one is a special case of: a function that asks for one of them gives way to it. */
  readonly special: readonly string[]
  readonly spread?: 'positions' | 'names'
  /** What it is if nothing is given; without it something must be. */
  readonly fallback?: { readonly value: T }
  accepts(argument: Argument): boolean
  convert(argument: Argument, call: Calling): T
}

/** What a function knows of the call that it answers. */
export interface Calling {
  readonly run: Run
  /** Its own place for variables, inside of the caller's. */
  readonly frame: Frame
  readonly receiver: Value | typeof MISSING
}

interface ValueSpec<T extends Value> {
  readonly name: string
  readonly isOne: (value: Value) => value is T
  readonly special?: readonly string[]
}

/** What asks for no kind at all. */
const anything = ['any', 'not null']

/** A kind of evaluated values. */
function kind<T extends Value>({ name, isOne, special = anything }: ValueSpec<T>): Kind<T> {
  return {
    name,
    base: name,
    special,
    lazy: false,
    accepts: (argument) => isPending(argument) || (argument !== MISSING && isOne(valueIn(argument))),
    convert(argument, { run }) {
      const value = valueIn(argument)
      if (!isOne(value)) throw typeError(`Invalid argument: ${name} expected`)
      return run.weigh(value)
    },
  }
}

/** Whether an argument is still to be evaluated, so that nobody knows yet what it is. */
const isPending = (argument: Argument): boolean => isTree(argument) && argument.node !== 'constant'

function valueIn(argument: Argument): Value {
  if (argument === MISSING) return null
  if (!isTree(argument)) return argument
  return argument.node === 'constant' ? argument.value : null
}

const is =
  <K extends string>(name: K) =>
  (value: Value): value is Extract<Value, { is: K }> =>
    compound(value) === name

export const any = kind({ name: 'any', isOne: (value): value is Value => value !== undefined, special: [] })
export const notNull = kind({
  name: 'not null',
  isOne: (value): value is Value => value !== null,
  special: [],
})
export const nothing = kind({ name: 'null', isOne: (value): value is null => value === null })
export const number = kind({ name: 'number', isOne: isNumber })
export const text = kind({ name: 'string', isOne: (value): value is string => typeof value === 'string' })
export const mapping = kind<Dictionary>({ name: 'dict', isOne: isDictionary })
export const set = kind<SetOf | View>({ name: 'set', isOne: isSet })
export const sequence = kind<Sequence>({
  name: 'list',
  isOne: isSequence,
  special: [...anything, 'collection'],
})
export const iterator = kind<Stream>({
  name: 'iterator',
  isOne: isStream,
  special: [...anything, 'collection'],
})
export const ordering = kind<Ordering>({ name: 'ordering', isOne: is('ordering') })
export const regex = kind<Expression>({ name: 'regex', isOne: is('regex') })
export const moment = kind<Moment>({ name: 'datetime', isOne: is('moment') })
export const span = kind<Span>({ name: 'timespan', isOne: is('span') })
export const rule = kind<Rule>({ name: 'key => value', isOne: is('rule') })
export const context = kind<Frame>({ name: 'context', isOne: is('frame') })

/** An integer without truth values. */
export const strictInteger = kind({ name: 'integer', isOne: isInteger })

/** An integer; true and false are 1 and 0. */
export const integer: Kind<bigint> = mapped(
  kind({
    name: 'integer',
    isOne: (value): value is bigint | boolean => isInteger(value) || typeof value === 'boolean',
  }),
  (value) => BigInt(value),
)

export const truth = kind({
  name: 'boolean',
  isOne: (value): value is boolean => typeof value === 'boolean',
})

/** What can be gone through, no further than the limit allows. */
export const collection: Kind<Collection> = mapped(
  kind<Collection>({ name: 'collection', isOne: isIterable }),
  (value, { run }) => limited(value, run),
)

/** As `collection`, but no set. */
export const collectionInOrder: Kind<Collection> = {
  ...collection,
  accepts: (argument) => collection.accepts(argument) && !(!isTree(argument) && isSetArgument(argument)),
}

const isSetArgument = (argument: Argument): boolean =>
  argument !== MISSING && !isTree(argument) && isSet(argument)

function mapped<T, U>(kind: Kind<T>, convert: (value: T, call: Calling) => U): Kind<U> {
  const { name, base, lazy, special, accepts } = kind
  return {
    name,
    base,
    lazy,
    special,
    accepts,
    convert: (argument, call) => convert(kind.convert(argument, call), call),
  }
}

/** The kind, or null. */
export const nullable = <T>(kind: Kind<T>): Kind<T | null> => ({
  ...(kind as Kind<T | null>),
  name: `${kind.name} or null`,
  accepts: (argument) => isNull(argument) || kind.accepts(argument),
  convert: (argument, call) => (isNull(argument) ? null : kind.convert(argument, call)),
})

const isNull = (argument: Argument): boolean =>
  argument === null || (isTree(argument) && argument.node === 'constant' && argument.value === null)

/** A parameter that may be left out. */
export const optional = <T, D>(kind: Kind<T>, value: D): Kind<T | D> => ({
  ...(kind as Kind<T | D>),
  fallback: { value },
})

/** All further arguments. */
export const rest = <T>(kind: Kind<T>): Kind<readonly T[]> => ({
  ...(kind as Kind<unknown> as Kind<readonly T[]>),
  spread: 'positions',
})

/** All further arguments by name. */
export const named = <T>(kind: Kind<T>): Kind<ReadonlyMap<string, T>> => ({
  ...(kind as Kind<unknown> as Kind<ReadonlyMap<string, T>>),
  spread: 'names',
})

/** An expression that the function evaluates as often as it likes; `$`, `$1`, `$2` … are what it is given. */
export interface Lambda {
  (...args: readonly Value[]): Value
  /** As a call, with variables that have names as well. */
  readonly with: (args: readonly Value[], named: ReadonlyMap<string, Value>) => Value
}

const lazily = {
  lazy: true,
  special: [],
  accepts: (argument: Argument): boolean => argument !== MISSING,
}

const noNames: ReadonlyMap<string, Value> = new Map()

/** The frame of a lambda's own variables, inside of the frame of the call that it was given to. */
export function childOf(
  parent: Frame,
  args: readonly Value[] = [],
  named: ReadonlyMap<string, Value> = noNames,
): Frame {
  const variables = new Map<string, Value>()
  for (const [i, value] of args.entries()) variables.set(`$${i + 1}`, value)
  for (const [name, value] of named) variables.set(`$${name}`, value)
  return { is: 'frame', parent, variables, functions: new Map() }
}

export const lambda: Kind<Lambda> = {
  ...lazily,
  name: 'lambda',
  base: 'lambda',
  convert(argument, { run, frame }) {
    const does = (args: readonly Value[], named?: ReadonlyMap<string, Value>): Value => {
      if (!isTree(argument)) return argument === MISSING ? null : argument
      run.step()
      return run.machine.evaluate(argument, run, { frame: childOf(frame, args, named) })
    }
    return Object.assign((...args: readonly Value[]) => does(args), { with: does })
  },
}

/** An expression that is evaluated where the function says. */
export const lambdaWithin: Kind<(frame: Frame) => Value> = {
  ...lazily,
  name: 'lambda',
  base: 'lambda',
  convert(argument, { run }) {
    if (!isTree(argument)) return () => (argument === MISSING ? null : argument)
    return (frame) => run.machine.evaluate(argument, run, { frame })
  },
}

/** A call that is made on a value: what stands behind a dot. */
export const methodCall: Kind<(receiver: Value) => Value> = {
  ...lazily,
  name: 'method call',
  base: 'method call',
  accepts: (argument) => !isTree(argument) || (argument.node === 'call' && argument.method),
  convert(argument, { run, frame }) {
    if (!isTree(argument)) return () => (argument === MISSING ? null : argument)
    return (receiver) => run.machine.evaluate(argument, run, { frame: childOf(frame), receiver })
  },
}

/** A word that stands for itself. */
export const keyword: Kind<string> = {
  name: 'keyword',
  base: 'keyword',
  lazy: false,
  special: [],
  accepts: (argument) => isTree(argument) && argument.node === 'constant' && argument.keyword,
  convert: (argument) => String(valueIn(argument)),
}

/** As `keyword`, still as it was written. */
export const keywordTree: Kind<Argument> = { ...keyword, convert: (argument) => argument }

/** A text as it was written. */
export const textConstant: Kind<string> = {
  ...keyword,
  name: 'string',
  accepts: (argument) =>
    isTree(argument) && argument.node === 'constant' && typeof argument.value === 'string',
}

/** What was written, whatever it is. */
export const expression: Kind<Argument> = {
  name: 'expression',
  base: 'expression',
  lazy: true,
  special: [],
  accepts: (argument) => isTree(argument),
  convert: (argument) => argument,
}

/** A rule of which the function evaluates what it needs. */
export const lazyRule: Kind<{ readonly key: () => Value; readonly value: () => Value }> = {
  name: 'condition => value',
  base: 'condition => value',
  lazy: true,
  special: [],
  accepts: (argument) => isTree(argument) && argument.node === 'rule',
  convert(argument, { run, frame }) {
    const { key, value } = argument as Extract<Tree, { node: 'rule' }>
    return {
      key: () => run.machine.evaluate(key, run, { frame }),
      value: () => run.machine.evaluate(value, run, { frame }),
    }
  },
}

import { define, method } from '../definition.ts'
import { itemsOf, iterable, memorized } from '../iterate.ts'
import {
  any,
  collection,
  context,
  lambda,
  lambdaWithin,
  mapping,
  named,
  optional,
  rest,
  sequence,
  text,
} from '../kinds.ts'
import { typeError, valueError, YaqlError } from '../problem.ts'
import { MISSING } from '../tree.ts'
import { type Frame, isStream, isTrue, kindOf, type Value } from '../values.ts'

/** Variables, functions of one's own, and calls by name. */
export const system = [
  define('let', {
    says: 'Gives values names, for the expression behind `->`. Values without a name are `$1`, `$2` and so on.',
    takes: { args: rest(any), named: named(any) },
    example: ['let(1, x => 2) -> $1 + $x', '3'],
    gives({ args, named: values }, { frame }) {
      setAll(frame, args)
      for (const [name, value] of values) frame.variables.set(`$${name}`, value)
      return frame
    },
  }),
  define('with', {
    says: 'Gives values to `$1`, `$2` and so on, for the expression behind `->`.',
    takes: { args: rest(any) },
    example: ['with(1, 2) -> $1 + $2', '3'],
    gives({ args }, { frame }) {
      setAll(frame, args)
      return frame
    },
  }),
  method('unpack', {
    says: 'Gives the items of a collection names, for the expression behind `->`; without names they are `$1`, `$2` and so on.',
    takes: { sequence: collection, args: rest(text) },
    example: ['[1, 2].unpack(a, b) -> $a + $b', '3'],
    gives({ sequence, args }, { frame }) {
      const items: Value[] = []
      const iterator = itemsOf(sequence)
      for (let i = 0; i <= args.length; i++) {
        const { done, value } = iterator.next()
        if (done) break
        items.push(value)
      }
      if (args.length > 0 && args.length !== items.length)
        throw valueError(`Cannot unpack ${items.length} elements into ${args.length}`)
      for (const [i, name] of args.entries()) frame.variables.set(variableName(name), items[i] ?? null)
      if (args.length === 0) setAll(frame, iterable(itemsOf(sequence)))
      return frame
    },
  }),
  define('#operator_->', {
    says: 'Works out an expression with the names that were given before.',
    takes: { left: context, right: lambdaWithin },
    example: ['let(x => 2) -> $x * $x', '4'],
    gives: ({ left, right }) => right(left),
  }),
  define('def', {
    says: 'Defines a function, for the expression behind `->`.',
    takes: { name: text, func: lambda },
    example: ['def(double, $ * 2) -> double(21)', '42'],
    gives({ name, func }, { frame }) {
      frame.functions.set(camelCase(name), func.with)
      return frame
    },
  }),
  method('assert', {
    says: 'The value itself, if the condition holds for it; an error otherwise.',
    takes: { obj: any, condition: lambda, message: optional(text, 'Assertion failed') },
    example: ['5.assert($ > 1)', '5'],
    gives({ obj, condition, message }, { run }) {
      const value = isStream(obj) ? memorized(obj, run) : obj
      if (!isTrue(condition(value))) throw new YaqlError('AssertionError', message)
      return value
    },
  }),
  define('call', {
    says: 'Calls a function, or a method of `receiver`, by its name, with lists and dictionaries of arguments.',
    takes: { name: text, args: sequence, kwargs: mapping, receiver: optional(any, MISSING) },
    example: ["call('max', [1, 2], {})", '2'],
    gives({ name, args, kwargs, receiver }, { run, frame }) {
      const byName = new Map<string, Value>()
      for (const [key, value] of kwargs.entries.values()) {
        if (typeof key !== 'string')
          throw typeError(`expected string or bytes-like object, got '${kindOf(key)}'`)
        if (!isName.test(key))
          throw new YaqlError('RuntimeError', `"${key}" can't be the name of an argument`)
        byName.set(key, value)
      }
      return run.machine.invoke({ name, args: args.items, named: byName, receiver, frame }, run)
    },
  }),
]

const isName = /^(?!__)[\p{L}\p{N}_]/u

const variableName = (name: string): string =>
  name === '$' ? '$1' : name.startsWith('$') ? name : `$${name}`

function setAll(frame: Frame, values: Iterable<Value>): void {
  let count = 0
  for (const value of values) frame.variables.set(`$${++count}`, value)
}

/** Names with underscores are called in camel case. */
const camelCase = (name: string): string =>
  name.replace(/_+$/, '').replace(/(?!^)_([\p{L}\p{N}_])/gu, (_, letter: string) => letter.toUpperCase())

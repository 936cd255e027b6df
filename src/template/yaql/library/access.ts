import { ask, define } from '../definition.ts'
import { dictionary, keyOf } from '../equality.ts'
import { itemsOf, iterable } from '../iterate.ts'
import {
  any,
  collection,
  expression,
  integer,
  keyword,
  keywordTree,
  mapping,
  methodCall,
  rest,
  sequence,
  textConstant,
} from '../kinds.ts'
import { YaqlError } from '../problem.ts'
import type { Run } from '../run.ts'
import { briefly } from '../text.ts'
import { type Dictionary, type Frame, type Sequence, stream, tuple, type Value } from '../values.ts'

/** How values come out of variables, lists and dictionaries, and what brackets make. */
export const access = [
  define('#get_context_data', {
    says: 'The value of a variable; null if it has none.',
    takes: { name: textConstant },
    example: ['$.data.a', '1'],
    gives: ({ name }, { frame }) => variable(name, frame),
  }),
  define('#operator_.', {
    says: 'Calls a method.',
    takes: { receiver: any, expr: methodCall },
    example: ["'abc'.len()", '3'],
    gives: ({ receiver, expr }) => expr(receiver),
  }),
  define('#operator_.', {
    says: 'What a dictionary has under a key; the key must be there.',
    takes: { dict: mapping, key: keyword },
    example: ['{a => 1}.a', '1'],
    gives: ({ dict, key }, { run }) => entry(dict, key, run),
  }),
  define('#operator_.', {
    says: 'What each item has under a key.',
    takes: { collection, attribute: keywordTree },
    example: ['[{a => 1}, {a => 2}].a', '[1, 2]'],
    gives: ({ collection, attribute }, call) =>
      stream(
        eachOf(itemsOf(collection), (item) => ask('#operator_.', [item, attribute], call)),
        'map',
      ),
  }),
  define('#operator_?.', {
    says: 'As the dot, but null of null.',
    takes: { receiver: any, expr: expression },
    example: ['null?.len()', 'null'],
    gives: ({ receiver, expr }, call) =>
      receiver === null ? null : ask('#operator_.', [receiver, expr], call),
  }),
  define('#indexer', {
    says: 'The item at a place, counted from 0; negative: from the end.',
    takes: { list: sequence, index: integer },
    example: ['[1, 2, 3][-1]', '3'],
    gives: ({ list, index }) => itemAt(list, index),
  }),
  define('#indexer', {
    says: 'What a dictionary has under a key; the key must be there.',
    takes: { dict: mapping, key: any },
    example: ['{1 => a}[1]', '"a"'],
    gives: ({ dict, key }, { run }) => entry(dict, key, run),
  }),
  define('#indexer', {
    says: 'What a dictionary has under a key, or something else if it has nothing.',
    takes: { dict: mapping, key: any, default: any },
    example: ['{1 => a}[2, b]', '"b"'],
    gives: ({ dict, key, default: otherwise }, { run }) => {
      const found = dict.entries.get(keyOf(key, run))
      return found === undefined ? otherwise : found[1]
    },
  }),
  define('#list', {
    says: 'A list of values.',
    takes: { args: rest(any) },
    example: ['[1, 2]', '[1, 2]'],
    gives({ args }, { run }) {
      run.weighAll(args)
      return tuple(args)
    },
  }),
]

/** What the evaluation itself calls, and `call` can call too. */
export const inside = [
  define('#iter', {
    says: 'A collection such that it has no more items than the limit allows.',
    takes: { iterator: collection },
    gives: ({ iterator }) => iterator,
  }),
  define('#finalize', {
    says: 'What becomes of the value of the whole expression.',
    takes: { obj: any },
    gives: ({ obj }) => obj,
  }),
]

/** What is asked only where nothing else fits. */
export const lastResort = [
  define('#operator_.', {
    says: 'A property of a datetime or timespan.',
    takes: { obj: any, name: keyword },
    example: ['datetime(2020, 2, 29).day', '29'],
    gives: ({ obj, name }, call) => ask(`#property#${name}`, [obj], call),
  }),
]

function variable(name: string, frame: Frame): Value {
  const full = name === '$' ? '$1' : name
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) {
    const value = at.variables.get(full)
    if (value !== undefined) return value
  }
  return null
}

function entry(dict: Dictionary, key: Value, run: Run): Value {
  const found = dict.entries.get(keyOf(key, run))
  if (found === undefined) throw new YaqlError('KeyError', briefly(key))
  return found[1]
}

function itemAt({ is, items }: Sequence, index: bigint): Value {
  const item = items.at(Number(index))
  if (item === undefined) throw new YaqlError('IndexError', `${is} index out of range`)
  return item
}

/** A dictionary of rules. */
export function dictionaryOf(
  rules: readonly { readonly key: Value; readonly value: Value }[],
  run: Run,
): Dictionary {
  run.weighBytes(rules.length * 48)
  return dictionary(
    rules.map(({ key, value }) => [key, value]),
    run,
  )
}

function* eachOf(items: Iterator<Value>, change: (item: Value) => Value): Iterator<Value> {
  for (const item of iterable(items)) yield change(item)
}

import { alias, type Definition, define, either, method } from '../definition.ts'
import { dictionary, keyOf, same } from '../equality.ts'
import { type Collection, itemsOf, iterable } from '../iterate.ts'
import { any, collection, integer, lambda, mapping, optional, rest, rule } from '../kinds.ts'
import { typeError } from '../problem.ts'
import type { Run } from '../run.ts'
import { growingDictionary } from '../size.ts'
import {
  classOf,
  type Dictionary,
  isDictionary,
  isSequence,
  type Sequence,
  tuple,
  type Value,
  type View,
} from '../values.ts'
import { dictionaryOf } from './access.ts'
import { distinctItems } from './order.ts'

const dict = define('dict', {
  says: 'A dictionary of keys and values.',
  keywords: false,
  takes: { args: rest(rule) },
  example: ['dict(a => 1, b => 2)', '{"a": 1, "b": 2}'],
  gives: ({ args }, { run }) => dictionaryOf(args, run),
})

/** Dictionaries. */
export const dictionaries: readonly Definition[] = [
  dict,
  method('toDict', {
    says: 'A dictionary with an entry for each item.',
    takes: { collection, keySelector: lambda, valueSelector: optional(lambda, null) },
    example: ["['a', 'bc'].toDict($, $.len())", '{"a": 1, "bc": 2}'],
    gives({ collection, keySelector, valueSelector }, { run }) {
      const pairs: [Value, Value][] = []
      for (const item of iterable(itemsOf(collection))) {
        pairs.push([keySelector(item), valueSelector === null ? item : valueSelector(item)])
        run.weighBytes(growingDictionary(pairs.length))
      }
      return dictionary(pairs, run, false)
    },
  }),
  method('get', {
    says: 'What is under a key, or something else if there is nothing.',
    takes: { dict: mapping, key: any, default: optional(any, null) },
    example: ['{a => 1}.get(b, 0)', '0'],
    gives: ({ dict, key, default: otherwise }, { run }) => {
      const found = dict.entries.get(keyOf(key, run))
      return found === undefined ? otherwise : found[1]
    },
  }),
  method('set', {
    says: 'The dictionary with a value under a key.',
    keywords: false,
    takes: { dict: mapping, key: any, value: any },
    example: ['{a => 1}.set(b, 2)', '{"a": 1, "b": 2}'],
    gives({ dict, key, value }, { run }) {
      run.weighAll([dict, key, value])
      return dictionary([...pairsOf(dict), [key, value]], run)
    },
  }),
  method('set', {
    says: 'The dictionary with the entries of another one.',
    keywords: false,
    takes: { dict: mapping, replacements: mapping },
    example: ['{a => 1}.set({a => 2})', '{"a": 2}'],
    gives({ dict, replacements }, { run }) {
      run.weighAll([dict, replacements])
      return dictionary([...pairsOf(dict), ...pairsOf(replacements)], run)
    },
  }),
  method('set', {
    says: 'The dictionary with further entries.',
    keywords: false,
    takes: { dict: mapping, args: rest(rule) },
    example: ['{a => 1}.set(b => 2, c => 3)', '{"a": 1, "b": 2, "c": 3}'],
    gives({ dict, args }, { run }) {
      run.weighAll([dict, ...args])
      const further = args.map(({ key, value }): readonly [Value, Value] => [key, value])
      return dictionary([...pairsOf(dict), ...further], run)
    },
  }),
  method('keys', {
    says: 'The keys.',
    takes: { dict: mapping },
    example: ['{a => 1}.keys()', '["a"]'],
    gives: ({ dict }) => view(dict, 'keys'),
  }),
  method('values', {
    says: 'The values.',
    takes: { dict: mapping },
    example: ['{a => 1}.values()', '[1]'],
    gives: ({ dict }) => view(dict, 'values'),
  }),
  method('items', {
    says: 'The entries as pairs of key and value.',
    takes: { dict: mapping },
    example: ['{a => 1}.items().toList()', '[["a", 1]]'],
    gives: ({ dict }) => view(dict, 'items'),
  }),
  method('containsKey', {
    says: 'Whether there is an entry under a key.',
    takes: { dict: mapping, key: any },
    example: ['{a => 1}.containsKey(a)', 'true'],
    gives: ({ dict, key }, { run }) => dict.entries.has(keyOf(key, run)),
  }),
  method('containsValue', {
    says: 'Whether there is an entry with a value.',
    takes: { dict: mapping, value: any },
    example: ['{a => 1}.containsValue(1)', 'true'],
    gives({ dict, value }, { run }) {
      run.step(dict.entries.size >> 3)
      return pairsOf(dict).some(([, one]) => same(one, value, run))
    },
  }),
  define('#operator_+', {
    says: 'The entries of both dictionaries; those on the right count more.',
    takes: { left: mapping, right: mapping },
    example: ['{a => 1} + {a => 2, b => 3}', '{"a": 2, "b": 3}'],
    gives({ left, right }, { run }) {
      run.weighAll([left, right])
      return dictionary([...pairsOf(left), ...pairsOf(right)], run)
    },
  }),
  either('len', {
    says: 'The number of entries.',
    takes: { dict: mapping },
    example: ['{a => 1}.len()', '1'],
    gives: ({ dict }) => BigInt(dict.entries.size),
  }),
  method('delete', {
    says: 'The dictionary without some keys.',
    takes: { dict: mapping, keys: rest(any) },
    example: ['{a => 1, b => 2}.delete(a)', '{"b": 2}'],
    gives: ({ dict, keys }, { run }) => without(dict, keys, run),
  }),
  method('deleteAll', {
    says: 'The dictionary without the keys of a collection.',
    takes: { dict: mapping, keys: collection },
    example: ['{a => 1, b => 2}.deleteAll([a])', '{"b": 2}'],
    gives: ({ dict, keys }, { run }) => without(dict, iterable(itemsOf(keys)), run),
  }),
  method('mergeWith', {
    says: 'Both dictionaries in one. Dictionaries inside are merged too, lists are joined without doubles, of other values the second counts.',
    takes: {
      dict: mapping,
      another: mapping,
      listMerger: optional(lambda, null),
      itemMerger: optional(lambda, null),
      maxLevels: optional(integer, 0n),
    },
    example: ['{a => [1]}.mergeWith({a => [1, 2], b => 3})', '{"a": [1, 2], "b": 3}'],
    gives({ dict, another, listMerger, itemMerger, maxLevels }, { run }) {
      return merged(dict, another, {
        run,
        lists: (left, right) =>
          listMerger !== null
            ? listMerger(left, right)
            : tuple([...distinctItems(joined(left, right), null, run)]),
        items: itemMerger ?? ((_, right) => right),
        levels: maxLevels,
      })
    },
  }),
]

export const mapBrackets: Definition = {
  ...alias('#map', dict),
  example: ['{a => 1, b => 2}', '{"a": 1, "b": 2}'],
}

const view = (of: Dictionary, shows: View['shows']): View => ({ is: 'view', of, shows })

const pairsOf = (dict: Dictionary): readonly (readonly [Value, Value])[] => [...dict.entries.values()]

function without(dict: Dictionary, keys: Iterable<Value>, run: Run): Dictionary {
  run.step(dict.entries.size)
  const entries = new Map(dict.entries)
  for (const key of keys) entries.delete(keyOf(key, run))
  return { is: 'dictionary', frozen: false, entries }
}

interface Merging {
  readonly run: Run
  readonly lists: (left: Sequence, right: Sequence) => Value
  readonly items: (left: Value, right: Value) => Value
  /** How deep dictionaries are merged; 0: all the way. */
  readonly levels: bigint
}

function merged(left: Dictionary, right: Dictionary, merging: Merging): Dictionary {
  merging.run.step(left.entries.size + right.entries.size)
  const entries = new Map(left.entries)
  for (const [hash, [key, value]] of left.entries) {
    const other = right.entries.get(hash)
    if (other !== undefined) entries.set(hash, [key, mergedValue(value, other[1], merging)])
  }
  for (const [hash, entry] of right.entries) if (!entries.has(hash)) entries.set(hash, entry)
  return { is: 'dictionary', frozen: false, entries }
}

function mergedValue(left: Value, right: Value, merging: Merging): Value {
  const { levels } = merging
  if (levels !== 1n && isDictionary(right)) {
    if (!isDictionary(left)) throw unmergeable(left, right)
    return merged(left, right, { ...merging, levels: levels === 0n ? 0n : levels - 1n })
  }
  if (levels !== 1n && isSequence(right)) {
    if (!isSequence(left)) throw unmergeable(left, right)
    return merging.lists(left, right)
  }
  return merging.items(left, right)
}

const unmergeable = (left: Value, right: Value) =>
  typeError(`Cannot merge ${classOf(left)} with ${classOf(right)}`)

function joined(left: Sequence, right: Sequence): Collection {
  if (left.is !== right.is)
    throw typeError(`can only concatenate ${left.is} (not "${right.is}") to ${left.is}`)
  return { is: left.is, items: [...left.items, ...right.items] }
}

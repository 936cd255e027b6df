import type { Json, JsonMap } from '../../src/base/json.ts'
import type { Chance } from '../../src/testing/chance.ts'
import {
  calls,
  environments,
  expressionData,
  expressions,
  functionNames,
  oddPieces,
  oddTexts,
  templates,
  versionNames,
} from './corpus.ts'

/** A template or environment that was right, changed in some places as data. */
export function mutated(source: JsonMap, chance: Chance): JsonMap {
  let result: Json = chance.is(0.5) ? withVersion(source, chance) : source
  for (let left = 1 + chance.below(6); left > 0; left--) result = changedSomewhere(result, chance)
  return isMap(result) ? result : { heat_template_version: '2021-04-16', resources: result }
}

function withVersion(source: JsonMap, chance: Chance): JsonMap {
  const [key = '', name = ''] = chance.one(versionNames).split(/\.(.*)/)
  const { heat_template_version: _, AWSTemplateFormatVersion: _a, ...rest } = source
  return key in source || _ !== undefined || _a !== undefined ? { [key]: name, ...rest } : source
}

/** Walks down to a random place and changes what is there. */
function changedSomewhere(value: Json, chance: Chance): Json {
  const isLeaf = typeof value !== 'object' || value === null
  if (isLeaf || chance.is(0.15)) return changed(value, chance)
  if (Array.isArray(value)) {
    const at = chance.below(value.length + 1)
    if (at === value.length) return [...value, drawn(chance)]
    return value.flatMap((item: Json, i) => (i === at ? changedItem(item, chance) : [item]))
  }
  const keys = Object.keys(value)
  const at = chance.below(keys.length + 1)
  const entries = keys.map((key): [string, Json] => [key, (value as JsonMap)[key] ?? null])
  const entry = entries[at]
  if (entry === undefined) entries.push([chance.one(oddTexts), drawn(chance)])
  else if (chance.is(0.1)) entries.splice(at, 1)
  else if (chance.is(0.12)) entry[0] = chance.is(0.5) ? chance.one(oddTexts) : typo(entry[0], chance)
  else entry[1] = changedSomewhere(entry[1], chance)
  return Object.fromEntries(entries)
}

function changedItem(item: Json, chance: Chance): readonly Json[] {
  if (chance.is(0.1)) return []
  if (chance.is(0.1)) return [item, item]
  return [changedSomewhere(item, chance)]
}

function changed(value: Json, chance: Chance): Json {
  if (typeof value === 'string' && chance.is(0.4)) return spoiled(value, chance)
  return chance.is(0.3) ? { [chance.one(functionNames)]: value } : drawn(chance)
}

/** Anything: a scalar, a call, a piece of another template, or something that grows. */
function drawn(chance: Chance): Json {
  const kind = chance.below(12)
  if (kind < 2) return chance.one<Json>([null, true, false, 0, -1, 1.5, 1e308, 2 ** 53, -0])
  if (kind < 4) return chance.one(oddTexts)
  if (kind < 7 && calls.length > 0) return changedOrNot(chance.one(calls), chance)
  if (kind < 9) return { [chance.one(functionNames)]: drawnArguments(chance) }
  if (kind === 9) return somewhereIn(chance.one([...templates, ...environments]), chance)
  return kind === 10 ? nested(chance) : [drawn(chance), drawn(chance)]
}

const changedOrNot = (value: Json, chance: Chance): Json =>
  chance.is(0.7) ? changedSomewhere(value, chance) : value

function drawnArguments(chance: Chance): Json {
  return Array.from({ length: chance.below(4) }, () =>
    chance.is(0.5) ? chance.one(oddTexts) : drawn(chance),
  )
}

function somewhereIn(value: Json, chance: Chance): Json {
  if (typeof value !== 'object' || value === null || chance.is(0.2)) return value
  const inside = Object.values(value) as readonly Json[]
  return inside.length === 0 ? value : somewhereIn(chance.one(inside), chance)
}

/** Deep, or doubling at every level. */
function nested(chance: Chance): Json {
  let value: Json = chance.one(oddTexts).slice(0, 20)
  const name = chance.one(functionNames)
  const doubles = chance.is(0.3)
  for (let depth = doubles ? 8 : chance.one([3, 40, 99, 150]); depth > 0; depth--)
    value = doubles ? { [name]: [value, value] } : chance.is(0.5) ? [value] : { [name]: value }
  return value
}

function typo(word: string, chance: Chance): string {
  const at = chance.below(word.length + 1)
  return word.slice(0, at) + chance.one(['', 'x', ' ', '/']) + word.slice(at + chance.below(2))
}

/** A text with pieces cut out, doubled or put in. */
export function spoiled(text: string, chance: Chance): string {
  let result = text
  for (let left = 1 + chance.below(4); left > 0; left--) {
    const at = chance.below(result.length + 1)
    const length = chance.below(chance.one([3, 20, 200]))
    const piece = result.slice(at, at + length)
    const inserted = chance.one(['', piece + piece, chance.one(oddPieces), chance.one(oddTexts)])
    result = result.slice(0, at) + inserted + result.slice(at + length)
  }
  return result
}

/** A template whose outputs evaluate expressions that were spoiled, or put together from pieces of others. */
export function expressing(chance: Chance): JsonMap {
  const outputs = Array.from({ length: 5 }, (_, i): [string, Json] => {
    const call = { yaql: { expression: expression(chance), data: expressionData } }
    return [`o${i}`, { value: chance.is(0.1) ? changedSomewhere(call, chance) : call }]
  })
  return { heat_template_version: '2021-04-16', outputs: Object.fromEntries(outputs) }
}

function expression(chance: Chance): string {
  const first = chance.one(expressions)
  const second = chance.one(expressions)
  const kind = chance.below(5)
  if (kind === 0) return spoiled(first, chance)
  if (kind === 1) return first.replace(/\$(\.data)?[\w.]*/, () => `(${second})`)
  if (kind === 2) return `[${first}].select(${second})`
  if (kind === 3)
    return first.slice(0, chance.below(first.length)) + second.slice(chance.below(second.length))
  return first.replace(/\d+|[a-z]{3,}/g, (word) => (chance.is(0.4) ? chance.one(oddWords) : word))
}

const oddWords = [
  '0',
  '-1',
  '1000000000',
  '99999999999999999999',
  '1.5',
  'null',
  '$',
  '[]',
  '{}',
  'range(200)',
  'select',
]

const isMap = (value: Json): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

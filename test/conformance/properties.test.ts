import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { isMap, type Json, type JsonMap } from '../../src/base/json.ts'
import { breaches, type Field, type FieldOptions, type Kind, read, string } from '../../src/schema/index.ts'

interface Said {
  readonly type: string
  readonly default?: Json
  readonly required?: true
  readonly implemented?: false
  readonly convertible?: true
  readonly constraints?: readonly Readonly<Record<string, never>>[]
  readonly fields?: Readonly<Record<string, Said>>
  readonly item?: Said
}

type Answer =
  | { readonly value: Json }
  | { readonly path: readonly (string | number)[]; readonly message: string }
  | { readonly error: 'crash' }

interface Fact {
  readonly schema: Said
  readonly rows: readonly (readonly [data: JsonMap, answer: Answer])[]
}

const factsIn = (file: string): unknown =>
  JSON.parse(readFileSync(new URL(`./facts/${file}`, import.meta.url), 'utf8'))

describe('properties get the values, and the refusals, that Heat gives them', () => {
  // What the original said; see properties.py beside the facts.
  for (const { schema, rows } of factsIn('properties.json') as readonly Fact[]) {
    it(JSON.stringify(schema), () => {
      for (const [data, told] of rows) {
        if (!('error' in told))
          assert.deepEqual(ask(schema, data), asKept(told, schema), `given ${JSON.stringify(data)}`)
      }
    })
  }
})

const kinds: Readonly<Record<string, Kind>> = {
  String: 'string',
  Integer: 'integer',
  Number: 'number',
  Boolean: 'boolean',
  List: 'list',
  Map: 'map',
  Any: 'any',
}

function fieldOf({ type, constraints = [], fields, item, ...options }: Said): Field {
  return {
    kind: kinds[type] ?? 'any',
    description: '',
    options: Object.assign({}, options, ...constraints.map(ruleOf)) as FieldOptions,
    ...(item && { item: fieldOf(item) }),
    ...(fields && {
      fields: Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, fieldOf(one)])),
    }),
  }
}

const names: Readonly<Record<string, string>> = {
  allowed_values: 'oneOf',
  allowed_pattern: 'pattern',
  custom_constraint: 'format',
  description: 'constraintDescription',
}

const ruleOf = (rule: object): object =>
  Object.fromEntries(Object.entries(rule).map(([name, value]) => [names[name] ?? name, value]))

/** Faults in how a property is called are told of the map that it stands in. */
function ask(schema: Said, data: JsonMap): Answer {
  const { value, faults } = read({ p: fieldOf(schema) }, data)
  const [fault] = faults
  if (fault === undefined) return { value: (value.p ?? null) as Json }
  const isAboutValue = fault.code === 'WrongType' || fault.code === 'ConstraintBroken'
  return { path: isAboutValue ? fault.path : fault.path.slice(0, -1), message: fault.message }
}

/** What is not there is left out here, and null in Heat; a number is never true or false. */
function asKept(answer: Answer, { type }: Said): Answer {
  if (!('value' in answer)) return answer
  if (type === 'Number' && typeof answer.value === 'boolean') return { value: Number(answer.value) }
  return { value: type === 'Map' || type === 'List' ? withoutMissing(answer.value) : answer.value }
}

function withoutMissing(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => (isMap(item) ? withoutMissing(item as Json) : item))
  if (!isMap(value)) return value
  const kept = Object.entries(value as JsonMap).filter(
    ([name, one]) => one !== null || !declared.includes(name),
  )
  return Object.fromEntries(kept.map(([name, one]) => [name, withoutMissing(one)]))
}

/** The optional fields without a default that the facts' schemas have. */
const declared = ['on', 'inner']

describe('custom constraints that ask no cloud refuse what Heat refuses, in the same words', () => {
  const facts = factsIn('formats.json') as Readonly<
    Record<string, readonly (readonly [string, string | null])[]>
  >
  for (const [format, rows] of Object.entries(facts)) {
    it(format, () => {
      for (const [text, told] of rows) {
        const [wrong = null] = breaches(string('', { format }), text)
        // Whether a moment is over can't be told without a clock.
        if (told?.endsWith('out of date.') !== true) assert.equal(wrong, told, JSON.stringify(text))
      }
    })
  }
})

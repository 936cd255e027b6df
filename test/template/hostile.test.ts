import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json, JsonMap } from '../../src/base/json.ts'
import {
  checkStack,
  describeTemplate,
  evaluateOutput,
  evaluateProperties,
  parseEnvironment,
  parseTemplate,
} from '../../src/template/index.ts'
import { catalog } from './check/catalog.ts'
import { namedWorld, refusalOf, resultOf, sampleStack } from './sample.ts'

/** Reads a template as far as it goes, checks it and describes it. */
function takeAll(source: string | JsonMap): void {
  const { value } = parseTemplate(source)
  if (value === undefined) return
  const { definition } = sampleStack(value, {
    files: { 'a.yaml': typeof source === 'string' ? source : JSON.stringify(source) },
  })
  checkStack(definition, catalog)
  describeTemplate(definition, { showNested: true })
  for (const name of definition.outputs.keys()) evaluateOutput(definition, name, namedWorld)
  for (const name of definition.resources.keys()) {
    try {
      evaluateProperties(definition, name, namedWorld)
    } catch (error) {
      assert.match(String(error), /^Error: Property error: /)
    }
  }
}

const names = [
  'get_param',
  'get_attr',
  'get_resource',
  'get_file',
  'list_join',
  'str_replace',
  'str_split',
  'repeat',
  'map_merge',
  'if',
]
const more = [
  'equals',
  'not',
  'and',
  'or',
  'digest',
  'resource_facade',
  'list_concat',
  'map_replace',
  'filter',
  'make_url',
  'contains',
  'yaql',
  'Ref',
]
const words = [
  'type',
  'properties',
  'a',
  'b',
  'template',
  'params',
  'for_each',
  '__proto__',
  'constructor',
  'OS::Nova::Server',
  'a.yaml',
  '',
]

const { value: wild } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(...words, null, true, 0, -1, 1.5, 'a,b', '2018-08-31'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names, ...more, ...words), tie('value'), { maxKeys: 2 }),
  ),
}))

const call = fc
  .tuple(fc.constantFrom(...names, ...more), wild)
  .map(([name, args]) => ({ [name]: args }) as Json)
const resource = fc.record(
  {
    type: fc.constantFrom('OS::Nova::Server', 'OS::Heat::None', 'a.yaml'),
    properties: fc.dictionary(fc.constantFrom('flavor', 'tags', 'count'), call),
    metadata: fc.dictionary(fc.constantFrom('m'), call),
  },
  { requiredKeys: ['type'] },
)
const section = fc.oneof(
  wild,
  fc.dictionary(
    fc.constantFrom('a', 'b'),
    fc.oneof(
      resource,
      call.map((value) => ({ value })),
    ),
  ),
  fc.dictionary(
    fc.constantFrom('a', 'b', 'constructor'),
    fc.oneof(
      wild,
      fc.record({ type: wild, properties: wild, value: wild, default: wild }, { requiredKeys: [] }),
    ),
    { maxKeys: 3 },
  ),
)

const template = fc.record(
  {
    heat_template_version: fc.constantFrom<Json>('2013-05-23', '2018-08-31', 'wallaby'),
    parameters: section,
    conditions: section,
    resources: section,
    outputs: section,
    parameter_groups: wild,
  },
  { requiredKeys: ['heat_template_version'] },
)

test('no template of the wildest data throws', () => {
  fc.assert(
    fc.property(template, (source) => takeAll(source as JsonMap)),
    { numRuns: 300 },
  )
})

test('no text throws, nor does any environment', () => {
  const text = fc.oneof(
    fc.string(),
    fc
      .array(
        fc.constantFrom(
          'heat_template_version: wallaby\n',
          'resources:\n',
          '  a: ',
          '&x ',
          '*x',
          '{',
          '}',
          '- ',
          '\t',
          '"',
          '!!binary ',
          '<<: ',
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(text, (source) => takeAll(source)),
    { numRuns: 300 },
  )
  const environment = fc.oneof(
    text,
    fc.dictionary(fc.constantFrom('parameters', 'resource_registry', 'event_sinks', 'x'), section),
  )
  fc.assert(
    fc.property(environment, (source) => {
      parseEnvironment(source as string | JsonMap)
    }),
    { numRuns: 200 },
  )
})

test('texts that double at every level are stopped', () => {
  let doubled: Json = 'xxxxxxxxxx'
  for (let i = 0; i < 30; i++) doubled = { str_replace: { template: 'XX', params: { X: doubled } } }
  assert.match(refusalOf(doubled) ?? '', /makes more than 16000000 characters/)
  let joined: Json = 'xxxxxxxxxx'
  for (let i = 0; i < 20; i++) joined = { list_join: ['', [joined, joined]] }
  assert.match(refusalOf(joined) ?? '', /exceeds maximum allowed size|aliases|makes more/)
})

test('lists that multiply are stopped', () => {
  let list: Json = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']
  for (let i = 0; i < 6; i++)
    list = {
      repeat: {
        template: 'AB',
        for_each: { A: list, B: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'] },
      },
    }
  assert.match(refusalOf(list) ?? '', /makes more than 100000 items/)
})

test('prototype names are names like any other', () => {
  const parameters = JSON.parse('{"p": {"__proto__": {"x": 1}, "constructor": 2}}') as JsonMap
  assert.deepEqual(resultOf({ get_param: ['p', '__proto__', 'x'] }, { parameters }), 1)
  const merged = resultOf({ map_merge: [{ get_param: 'p' }] }, { parameters }) as object
  assert.deepEqual(Object.keys(merged), ['__proto__', 'constructor'])
  const repeated = resultOf({
    repeat: { template: { K: 1 }, for_each: { K: ['__proto__'] } },
  }) as readonly object[]
  assert.deepEqual(Object.keys(repeated[0] ?? {}), ['__proto__'])
  assert.equal(({} as { x?: number }).x, undefined)
})

test('resources, parameters and conditions may have prototype names', () => {
  const { value, problems } = parseTemplate(`heat_template_version: 2018-08-31
parameters: {constructor: {type: string, default: x}}
conditions: {toString: true}
resources:
  __proto__: {type: OS::Heat::None, condition: toString, properties: {hasOwnProperty: {get_param: constructor}}}
  valueOf: {type: OS::Heat::None, depends_on: __proto__}
`)
  assert.deepEqual(problems, [])
  assert.ok(value)
  const { definition, problems: found } = sampleStack(value)
  assert.deepEqual(found, [])
  assert.deepEqual(definition.needs.get('valueOf'), ['__proto__'])
  assert.deepEqual(checkStack(definition, catalog), [])
})

const digestOf = { digest: ['md5', { get_param: 'long' }] }

/** What is said of a template whose parts each digest a long text. */
const saidOfDigests = (parts: JsonMap, files: Readonly<Record<string, string>> = {}) => {
  const { value } = parseTemplate({
    heat_template_version: '2021-04-16',
    parameters: { long: { type: 'string', default: 'x'.repeat(450_000) } },
    ...parts,
  })
  assert.ok(value)
  const { definition, problems } = sampleStack(value, { files })
  return [...problems, ...checkStack(definition, catalog)].map(({ message }) => message)
}

const six = <T>(part: T) => Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`p${i}`, part]))

test('resources and the stacks inside them have one measure of work between them', () => {
  const tooMuch = /takes more than 8000000 steps/
  const resource = { type: 'OS::Heat::None', properties: { x: digestOf } }
  const ofResources = saidOfDigests({ resources: six(resource) })
  assert.equal(ofResources.length, 2)
  assert.match(ofResources[0] ?? '', tooMuch)
  const nested = JSON.stringify({
    heat_template_version: '2021-04-16',
    parameters: { long: { type: 'string' } },
    outputs: { o: { value: digestOf } },
    resources: { inner: resource },
  })
  const inside = { type: 'nested.yaml', properties: { long: { get_param: 'long' } } }
  assert.match(saidOfDigests({ resources: six(inside) }, { 'nested.yaml': nested }).join(), tooMuch)
})

/** Values of which a little text makes a function work long. */
const laborious: Readonly<Record<string, Json>> = {
  contains: { contains: ['zzz', { get_param: 'list' }] },
  filter: { filter: [['zzz'], { get_param: 'list' }] },
  list_concat_unique: { list_concat_unique: [{ get_param: 'list' }] },
  list_join: { list_join: ['', [{ get_param: 'map' }]] },
  map_merge: { map_merge: [{ get_param: 'map' }] },
  map_replace: { map_replace: [{ get_param: 'map' }, { keys: { get_param: 'map' } }] },
  str_split: { str_split: ['xy', { get_param: 'long' }] },
  str_replace: { str_replace: { template: { get_param: 'long' }, params: { get_param: 'map' } } },
  'repeat, one list': { repeat: { template: { a: 'b' }, for_each: { a: { get_param: 'list' } } } },
  'repeat, side by side': {
    repeat: {
      template: 'ab',
      permutations: false,
      for_each: { a: { get_param: 'list' }, b: { get_param: 'list' } },
    },
  },
}

/** What is said of a template with very many of one part. */
const saidOfMany = (value: Json, parts: (value: Json) => JsonMap): string => {
  const { value: template } = parseTemplate({
    heat_template_version: '2021-04-16',
    parameters: { list: { type: 'comma_delimited_list' }, map: { type: 'json' }, long: { type: 'string' } },
    ...parts(value),
  })
  assert.ok(template)
  const numbers = Array.from({ length: 20_000 }, (_, i) => `x${i}`)
  const { problems } = sampleStack(template, {
    environment: {
      parameters: {
        list: numbers.join(),
        map: Object.fromEntries(numbers.map((name) => [name, name])),
        long: 'x'.repeat(400_000),
      },
    },
  })
  return problems.map(({ message }) => message).join()
}

const thousands = (part: Json): JsonMap =>
  Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`p${i}`, part]))

for (const [name, value] of Object.entries(laborious)) {
  test(`thousands of outputs with long work for ${name} are stopped`, () => {
    const outputs = (part: Json) => ({ outputs: thousands({ value: part }) })
    assert.match(saidOfMany(value, outputs), /takes more than 8000000 steps/)
  })
}

test('thousands of conditions that search a long list are stopped', () => {
  const resources = (condition: Json) => ({ resources: thousands({ type: 'OS::Heat::None', condition }) })
  assert.match(saidOfMany(laborious.contains ?? null, resources), /takes more than 8000000 steps/)
})

test('a file is as dear as any text that is read', () => {
  const value = Array.from({ length: 5000 }, () => ({ get_file: 'a' }))
  const refusal = refusalOf(value, { files: { a: 'x'.repeat(400_000) } })
  assert.match(refusal ?? '', /reads more than 16000000 bytes of parameters, attributes and files/)
})

/** What is said of a template of many parts. */
const saidOf = (sections: JsonMap): readonly string[] => {
  const { value } = parseTemplate({ heat_template_version: '2021-04-16', ...sections })
  assert.ok(value)
  const { definition, problems } = sampleStack(value)
  return [...problems, ...checkStack(definition, catalog)].map(({ message }) => message)
}

const numbered = (count: number, part: (i: number) => Json): JsonMap =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, part(i)]))

test('conditions behind thousands of others are refused, in a circle or not', () => {
  const resources = { a: { type: 'OS::Heat::None', condition: 'n0' } }
  const line = numbered(5000, (i) => (i === 4999 ? true : { not: `n${i + 1}` }))
  const circle = numbered(5000, (i) => ({ not: `n${(i + 1) % 5000}` }))
  const words = 'Condition validation error: Condition "n100" is behind more than 100 others'
  assert.deepEqual(saidOf({ conditions: line, resources }), [words])
  assert.deepEqual(saidOf({ conditions: circle, resources }), [words])
})

test('for the first of thousands of wrong references a name is suggested, for the others none', () => {
  const { value } = parseTemplate({
    heat_template_version: '2021-04-16',
    resources: numbered(900, (i) => ({
      type: 'OS::Heat::None',
      properties: { a: { get_resource: `nn${i}` } },
    })),
  })
  assert.ok(value)
  const { problems } = sampleStack(value)
  assert.equal(problems.length, 900)
  assert.ok(problems[0]?.meant)
  assert.equal(problems.at(-1)?.meant, undefined)
})

test('of stacks in stacks in stacks only so many are shown', () => {
  const many = (type: string) =>
    JSON.stringify({ heat_template_version: '2021-04-16', resources: numbered(100, () => ({ type })) })
  const { value } = parseTemplate(many('a.yaml'))
  assert.ok(value)
  const files = { 'a.yaml': many('b.yaml'), 'b.yaml': many('c.yaml'), 'c.yaml': many('OS::Heat::None') }
  const { definition } = sampleStack(value, { files })
  const shown = JSON.stringify(describeTemplate(definition, { showNested: true }))
  assert.equal(shown.split('"Type"').length - 1, 198)
})

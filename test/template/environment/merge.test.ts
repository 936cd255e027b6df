import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { declaredParameters, mergeEnvironments, parseEnvironment } from '../../../src/template/index.ts'
import { messages, sampleTemplate } from '../sample.ts'

const template = sampleTemplate({
  parameters: {
    text: { type: 'string' },
    count: { type: 'number' },
    names: { type: 'comma_delimited_list' },
    settings: { type: 'json' },
    flag: { type: 'boolean' },
  },
})

const declared = declaredParameters(template, {})

function merge(base: JsonMap, ...files: readonly JsonMap[]) {
  const parse = (source: JsonMap) => {
    const { value, problems } = parseEnvironment(source)
    assert.ok(value)
    assert.deepEqual(problems, [])
    return value
  }
  return mergeEnvironments(
    parse(base),
    files.map((file, i) => ({ name: `${i}.yaml`, environment: parse(file) })),
    declared,
  )
}

const parametersOf = (...all: Parameters<typeof merge>) => merge(...all).value?.parameters

test('later files replace earlier values, and those of the request too', () => {
  assert.deepEqual(
    parametersOf({ parameters: { text: 'request' } }, { parameters: { text: 'file', count: 1 } }),
    { text: 'file', count: 1 },
  )
})

test('the first file is taken whole; after that only what some template declares', () => {
  assert.deepEqual(
    parametersOf({}, { parameters: { stranger: 1 } }, { parameters: { text: 'x', other: 2, count: null } }),
    { stranger: 1, text: 'x' },
  )
})

const all = { default: 'merge' }

test('merges values by their type where a file says so', () => {
  const first = { text: 'a', count: 1, names: 'a,b', settings: { a: { x: 1 }, b: 1 } }
  const second = { text: 'b', count: 2, names: 'c', settings: { a: { y: 2 }, b: null } }
  assert.deepEqual(
    parametersOf(
      {},
      { parameters: first, parameter_merge_strategies: all },
      { parameters: second, parameter_merge_strategies: all },
    ),
    {
      text: 'ab',
      count: 3,
      names: 'a,b,c',
      settings: { a: { y: 2 }, b: 1 },
    },
  )
})

test('deep_merge goes into maps, puts lists behind one another and joins texts', () => {
  const strategies = { settings: 'deep_merge' }
  const merged = parametersOf(
    {},
    { parameters: { settings: { a: { x: 1, l: [1], t: 'a' } } }, parameter_merge_strategies: strategies },
    {
      parameters: { settings: '{"a": {"y": 2, "l": [2], "t": "b"}}' },
      parameter_merge_strategies: strategies,
    },
  )
  assert.deepEqual(merged, { settings: { a: { x: 1, y: 2, l: [1, 2], t: 'ab' } } })
})

test('the strategy of one parameter comes before the default of its file', () => {
  const merged = parametersOf(
    { parameters: { text: 'a', count: 1 } },
    {
      parameters: { text: 'b', count: 2 },
      parameter_merge_strategies: { default: 'merge', count: 'overwrite' },
    },
  )
  assert.deepEqual(merged, { text: 'ab', count: 2 })
})

test('says which parameter can not be merged, and which files disagree', () => {
  const flag = { parameters: { flag: true }, parameter_merge_strategies: all }
  assert.deepEqual(messages(merge({}, flag, flag).problems), [
    "Invalid merge strategy 'merge' for parameter 'flag'.",
  ])
  const { problems } = merge(
    {},
    { parameters: { text: 'a' }, parameter_merge_strategies: { text: 'merge' } },
    { parameters: { text: 'b' }, parameter_merge_strategies: { text: 'overwrite' } },
  )
  assert.deepEqual(messages(problems), [
    "Conflicting merge strategy 'overwrite' for parameter 'text' in file '1.yaml'.",
  ])
})

test('other sections are laid over one another', () => {
  const { value } = merge(
    {},
    { resource_registry: { A: 'a.yaml', B: 'b.yaml' }, parameter_defaults: { text: 'x' } },
    { resource_registry: { B: 'c.yaml' } },
  )
  assert.deepEqual(value?.resolveType('A'), { is: 'template', file: 'a.yaml' })
  assert.deepEqual(value?.resolveType('B'), { is: 'template', file: 'c.yaml' })
  assert.deepEqual(value?.parameterDefaults, { text: 'x' })
})

test('parameters of the templates among the files count as declared, those of the root before them', () => {
  const files = {
    'a.yaml':
      'heat_template_version: 2018-08-31\nparameters: {inner: {type: number}, text: {type: number}}\n',
    'b.sh': '#!',
  }
  const found = declaredParameters(template, files)
  assert.deepEqual([found.get('inner')?.type, found.get('text')?.type], ['number', 'string'])
})

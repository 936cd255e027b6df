import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkStack, defineStack, emptyEnvironment, parseTemplate } from '../../src/template/index.ts'
import { catalog } from './check/catalog.ts'
import { pseudo } from './sample.ts'

/** Each problem of a template, with the text that it underlines. */
function underlined(body: string, version = '2015-10-15') {
  const text = `heat_template_version: ${version}\n${body}`
  const { value, problems } = parseTemplate(text)
  assert.ok(value)
  const defined = defineStack({ template: value, environment: emptyEnvironment, files: {}, pseudo })
  const all = [...problems, ...defined.problems, ...checkStack(defined.value, catalog)]
  return all.map(({ code, line = 1, column = 1, endLine, endColumn, expected, version, meant }) => ({
    code,
    text:
      endLine === line
        ? text.split('\n')[line - 1]?.slice(column - 1, (endColumn ?? 1) - 1)
        : `${endLine} lines`,
    ...(expected !== undefined && { expected }),
    ...(version !== undefined && { version }),
    ...(meant !== undefined && { meant }),
  }))
}

const server = (rest: string) =>
  `resources:\n  a: {type: OS::Nova::Server, properties: {flavor: m1${rest}}}\n`

test('of a wrong value the value is underlined, of a wrong name the name', () => {
  assert.deepEqual(underlined(server(', count: "many", flavour: x')), [
    { code: 'UnknownProperty', text: 'flavour', meant: 'flavor' },
    { code: 'WrongType', text: '"many"', expected: 'an integer of at least 1' },
  ])
  assert.deepEqual(underlined(server(', count: 0')), [
    { code: 'ConstraintBroken', text: '0', expected: 'an integer of at least 1' },
  ])
})

test('of what is missing the map is underlined where it should be', () => {
  assert.deepEqual(underlined('resources:\n  a: {type: OS::Nova::Server, properties: {count: 1}}\n'), [
    { code: 'MissingProperty', text: 'properties', expected: 'a string' },
  ])
  assert.deepEqual(underlined('resources:\n  a: {type: OS::Nova::Server}\n'), [
    { code: 'MissingProperty', text: 'a', expected: 'a string' },
  ])
})

test('of a reference the very name is underlined', () => {
  assert.deepEqual(underlined(server(', tags: [{get_attr: [b, first_address]}]')), [
    { code: 'InvalidReference', text: 'b', meant: 'a' },
  ])
  assert.deepEqual(underlined(`${server('')}outputs: {o: {value: {get_attr: [a, frist_address]}}}\n`), [
    {
      code: 'UnknownAttribute',
      text: 'frist_address',
      expected: 'one of first_address, networks',
      meant: 'first_address',
    },
  ])
  assert.deepEqual(underlined(server(', count: {get_param: cuont}')), [
    { code: 'ParameterMissing', text: 'cuont' },
  ])
})

test('what a later version has is told with that version', () => {
  assert.deepEqual(underlined('conditions: {a: true}\n'), [
    {
      code: 'InvalidSection',
      text: 'conditions',
      expected: 'one of heat_template_version, description, parameters, parameter_groups, resources, outputs',
      version: '2016-10-14',
    },
  ])
  const [stranger] = underlined('resources:\n  a: {type: OS::Heat::None, external_id: x}\n')
  assert.deepEqual([stranger?.text, stranger?.version], ['external_id', '2016-10-14'])
  const [tags] = underlined('parameters:\n  a: {type: string, default: x, tags: [b]}\n', '2016-10-14')
  assert.deepEqual([tags?.text, tags?.version], ['tags', '2018-03-02'])
  const [policy] = underlined('resources:\n  a: {type: OS::Heat::None, deletion_policy: retain}\n')
  assert.deepEqual([policy?.text, policy?.version], ['retain', '2016-10-14'])
  const [call] = underlined(server(', count: {map_merge: []}'))
  assert.deepEqual([call?.text, call?.version], ['{map_merge: []}', '2016-04-08'])
  const [removed] = underlined('outputs: {o: {value: {Fn::Select: [0, []]}}}\n')
  assert.deepEqual([removed?.text, removed?.version], ['Fn::Select', '2015-04-30'])
})

test('of a parameter the default or the type is underlined that is wrong', () => {
  assert.deepEqual(underlined('parameters:\n  a: {type: integer}\n'), [
    {
      code: 'InvalidParameter',
      text: 'integer',
      expected: 'one of string, number, comma_delimited_list, json, boolean',
      meant: 'number',
    },
  ])
  assert.deepEqual(
    underlined(
      'parameters:\n  a:\n    type: string\n    default: abc\n    constraints: [{length: {max: 2}}]\n',
    ),
    [{ code: 'InvalidParameter', text: 'abc', expected: 'a string of at most 2 characters' }],
  )
})

test('a condition that is not there is underlined where it is named', () => {
  const conditions = 'conditions: {big: true}\n'
  assert.deepEqual(
    underlined(`${conditions}resources:\n  a: {type: OS::Heat::None, condition: bigg}\n`, '2016-10-14'),
    [{ code: 'InvalidCondition', text: 'bigg', meant: 'big' }],
  )
  assert.deepEqual(underlined(`${conditions}${server(', count: {if: [bigg, 1, 2]}')}`, '2016-10-14'), [
    { code: 'InvalidCondition', text: 'bigg', meant: 'big' },
  ])
})

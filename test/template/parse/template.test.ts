import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTemplate } from '../../../src/template/index.ts'
import { messages } from '../sample.ts'

const whole = `heat_template_version: 2018-08-31
description: Two servers
parameters:
  flavor: {type: string, default: m1.small}
resources:
  one:
    type: OS::Nova::Server
    properties: {flavor: {get_param: flavor}}
outputs:
  id: {value: {get_resource: one}}
`

test('reads all sections of a template', () => {
  const { value, problems } = parseTemplate(whole)
  assert.deepEqual(problems, [])
  assert.equal(value?.version.name, '2018-08-31')
  assert.equal(value?.description, 'Two servers')
  assert.deepEqual([...(value?.parameters.keys() ?? [])], ['flavor'])
  assert.equal(value?.resources.get('one')?.type, 'OS::Nova::Server')
  assert.equal(value?.outputs.get('id')?.description, 'No description given')
  assert.equal(value?.source.heat_template_version, '2018-08-31')
})

test('takes empty sections for none', () => {
  const { value, problems } = parseTemplate(
    'heat_template_version: rocky\nparameters:\nresources: []\noutputs: false\nparameter_groups: ""\n',
  )
  assert.deepEqual(problems, [])
  assert.equal(value?.version.name, '2018-08-31')
  assert.equal(value?.description, 'No description')
})

test('reports unknown sections with line, column and the section that was meant', () => {
  const { value, problems } = parseTemplate(`${whole}resorces: {}\n`, { file: 'a.yaml' })
  assert.ok(value)
  assert.deepEqual(problems, [
    {
      file: 'a.yaml',
      line: 11,
      column: 1,
      endLine: 11,
      endColumn: 9,
      code: 'InvalidSection',
      message: 'The template section is invalid: resorces',
      path: ['resorces'],
      expected:
        'one of heat_template_version, description, parameters, parameter_groups, resources, outputs, conditions',
      meant: 'resources',
      hint: 'Did you mean "resources"?',
    },
  ])
})

test('a section that a version does not have is unknown in it', () => {
  const { problems } = parseTemplate({ heat_template_version: '2015-04-30', conditions: {} })
  assert.deepEqual(messages(problems), ['The template section is invalid: conditions'])
})

test('collects ten mistakes as ten problems, each with its place', () => {
  const { problems } = parseTemplate(`heat_template_version: 2018-08-31
parameterz: {}
parameters:
  a: {type: strin}
  b: {type: number, constraints: [{lenght: {min: 1}}]}
  c: {type: string, default: x, constraints: [{allowed_values: [y]}]}
conditions:
  d: {equals: [1]}
resources:
  e: {typ: T}
  f: {type: T, deletion_policy: Keep}
  g:
    type: T
    properties: {h: {list_join: x}}
outputs:
  i: {description: no value}
`)
  assert.equal(problems.length, 10)
  assert.deepEqual(
    problems.map(({ line }) => line),
    [2, 4, 5, 6, 8, 10, 10, 11, 14, 16],
  )
})

test('without a version there is nothing to read by', () => {
  assert.deepEqual(messages(parseTemplate('resources: {}').problems), ['Template format version not found.'])
})

test('a text without a version is told what it lacks, what it looks like, or where it stops being JSON', () => {
  const hint = (text: string) => parseTemplate(text).problems[0]?.hint
  assert.match(hint('') ?? '', /^A template begins with a line such as heat_template_version: \d{4}-/)
  assert.equal(hint('parameter_defaults: {}\n'), 'It looks like an environment')
  assert.equal(
    hint('{\n  // the version\n  "heat_template_version": "2018-08-31"\n}'),
    'It is no JSON: Expecting property name enclosed in double quotes: line 2 column 3 (char 4)',
  )
})

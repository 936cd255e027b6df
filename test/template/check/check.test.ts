import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { type CheckOptions, checkStack, parseTemplate } from '../../../src/template/index.ts'
import { messages, type Sample, sampleStack, sampleTemplate } from '../sample.ts'
import { catalog } from './catalog.ts'

function check(resources: JsonMap, more: JsonMap = {}, sample: Sample & CheckOptions = {}) {
  const { definition, problems } = sampleStack(sampleTemplate({ resources, ...more }), sample)
  assert.deepEqual(messages(problems), [])
  return checkStack(definition, catalog, sample)
}

const server = { type: 'OS::Nova::Server', properties: { flavor: 'm1' } }

test('a sound stack has no problems', () => {
  const problems = check(
    {
      net: { type: 'OS::Neutron::Net' },
      server: {
        ...server,
        properties: { flavor: 'm1', networks: [{ network: { get_resource: 'net' } }], count: '2' },
      },
    },
    {
      outputs: {
        ip: { value: { get_attr: ['server', 'first_address'] } },
        all: { value: { get_attr: ['server', 'show', 'x'] } },
      },
    },
  )
  assert.deepEqual(problems, [])
})

test('an unknown type is told the nearest one', () => {
  const [problem] = check({ a: { type: 'OS::Nova::Sevrer' } })
  assert.deepEqual(problem, {
    code: 'UnknownType',
    message: 'The Resource Type (OS::Nova::Sevrer) could not be found.',
    path: ['resources', 'a', 'type'],
    meant: 'OS::Nova::Server',
    hint: 'Did you mean "OS::Nova::Server"?',
  })
})

test('properties are checked by name, presence, kind and rule, all of them, with their places', () => {
  const { value } = parseTemplate(`heat_template_version: 2018-08-31
resources:
  a:
    type: OS::Nova::Server
    properties:
      flavour: m1
      count: 0
      networks: [{network: n}, {prot: x}]
      tags: 5
`)
  assert.ok(value)
  const problems = checkStack(sampleStack(value).definition, catalog)
  assert.deepEqual(
    problems.map(({ message, line, column, meant }) => [
      message.replace('Property error: resources.a.properties', ''),
      line,
      column,
      meant,
    ]),
    [
      [': Unknown Property flavour', 6, 7, 'flavor'],
      [': Property flavor not assigned', 5, 5, undefined],
      ['.count: 0 is out of range (min: 1, max: None)', 7, 14, undefined],
      ['.networks[1]: Unknown Property prot', 8, 33, 'port'],
      ['.tags: "5" is not a list', 9, 13, undefined],
    ],
  )
})

test('what is not known before resources are made is passed over', () => {
  const properties = {
    flavor: { get_attr: ['net', 'status'] },
    networks: { get_attr: ['net', 'show'] },
    tags: [{ get_resource: 'net' }],
  }
  assert.deepEqual(
    check({ net: { type: 'OS::Neutron::Net' }, a: { type: 'OS::Nova::Server', properties } }),
    [],
  )
})

test('a function of a later version is named where it is taken for data', () => {
  const { value } = parseTemplate({
    heat_template_version: '2014-10-16',
    resources: {
      a: { type: 'OS::Nova::Server', properties: { flavor: 'm1', tags: { str_split: [',', 'a'] } } },
    },
  })
  assert.ok(value)
  const [problem] = checkStack(sampleStack(value).definition, catalog)
  assert.match(problem?.hint ?? '', /exists from version 2015-10-15 on/)
})

test('attributes that the type does not have are reported', () => {
  const problems = check(
    { a: server, b: { type: 'OS::Neutron::Net', properties: { name: { get_attr: ['a', 'first_adress'] } } } },
    { outputs: { o: { value: [{ get_attr: ['a', 'nothing', 0] }] } } },
  )
  assert.deepEqual(messages(problems), [
    'resources.b.properties.name.get_attr: The Referenced Attribute (a first_adress) is incorrect.',
    'outputs.o.value[0].get_attr: The Referenced Attribute (a nothing) is incorrect.',
  ])
  assert.equal(problems[0]?.meant, 'first_address')
})

test('types that take anything are taken at their word', () => {
  assert.deepEqual(
    check(
      { a: { type: 'OS::Heat::None', properties: { x: 1 } } },
      { outputs: { o: { value: { get_attr: ['a', 'x'] } } } },
    ),
    [],
  )
})

test('a circle of needs names its members', () => {
  const [problem] = check({
    a: { ...server, depends_on: 'c' },
    b: { ...server, depends_on: 'a' },
    c: { ...server, depends_on: 'b' },
  })
  assert.equal(problem?.message, 'Circular Dependency Found: a -> c -> b -> a')
  assert.equal(problem?.code, 'CircularDependency')
})

test('only some types can be kept as a snapshot', () => {
  assert.deepEqual(check({ a: { ...server, deletion_policy: 'Snapshot' } }), [])
  assert.deepEqual(messages(check({ a: { type: 'OS::Neutron::Net', deletion_policy: 'Snapshot' } })), [
    'resources.a.deletion_policy: "Snapshot" deletion policy not supported',
  ])
})

test('an update policy is checked by what its type says of it', () => {
  const group = (policy: JsonMap) => ({ a: { type: 'OS::Heat::Group', update_policy: policy } })
  assert.deepEqual(check(group({ rolling: { size: 2 } })), [])
  assert.deepEqual(messages(check(group({ rolling: { size: 'x' }, other: 1 }))), [
    'Property error: resources.a.update_policy: Unknown Property other',
    "Property error: resources.a.update_policy.rolling.size: Value 'x' is not an integer",
  ])
  assert.equal(check({ a: { type: 'OS::Neutron::Net', update_policy: { rolling: {} } } }).length, 1)
})

test('where a template is only looked at, of properties only their names are checked', () => {
  const problems = check(
    { a: { type: 'OS::Nova::Server', properties: { count: 'x', flavr: 'm1' } } },
    {},
    { lenient: true },
  )
  assert.deepEqual(messages(problems), ['Property error: resources.a.properties: Unknown Property flavr'])
})

test('aliases are followed', () => {
  assert.deepEqual(
    check(
      { a: { type: 'My::Server', properties: { flavor: 'm1' } } },
      {},
      { environment: { resource_registry: { 'My::*': 'OS::Nova::*' } } },
    ),
    [],
  )
})

test('properties of what is there already are not checked, only its type', () => {
  assert.deepEqual(check({ a: { type: 'OS::Nova::Server', external_id: 'x', properties: { nope: 1 } } }), [])
  assert.notDeepEqual(check({ a: { type: 'OS::Nova::Server', external_id: '' } }), [])
  const [problem] = check({ a: { type: 'OS::Nova::Sevrer', external_id: 'x' } })
  assert.equal(problem?.code, 'UnknownType')
})

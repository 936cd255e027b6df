import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { placedOutside, toldFromOutside } from '../../../src/template/check/told-from-outside.ts'
import { type CheckOptions, checkStack, parseTemplate, templateIn } from '../../../src/template/index.ts'
import { processorTime } from '../processor-time.ts'
import { messages, type Sample, sampleStack, sampleTemplate } from '../sample.ts'
import { catalog } from './catalog.ts'

function check(resources: JsonMap, sample: Sample & CheckOptions) {
  const { definition, problems } = sampleStack(sampleTemplate({ resources }), sample)
  assert.deepEqual(messages(problems), [])
  return checkStack(definition, catalog, sample)
}

const inner = `heat_template_version: 2018-08-31
parameters:
  flavor: {type: string}
  names: {type: comma_delimited_list, default: []}
  extra: {type: boolean, default: false}
conditions:
  extra: {get_param: extra}
resources:
  server:
    type: OS::Nova::Server
    properties: {flavor: {get_param: flavor}}
  net:
    type: OS::Neutron::Net
    condition: extra
    properties: {nmae: x}
outputs:
  ip: {value: {get_attr: [server, first_address]}}
`

const files = { 'inner.yaml': inner }

test('a template as a type takes its parameters for properties and its outputs for attributes', () => {
  const good = {
    a: { type: 'inner.yaml', properties: { flavor: 'm1', names: ['a'] } },
    b: { type: 'OS::Neutron::Net', properties: { name: { get_attr: ['a', 'ip'] } } },
  }
  assert.deepEqual(check(good, { files }), [])
  const bad = {
    a: { type: 'inner.yaml', properties: { flavr: 'm1' } },
    b: { type: 'OS::Neutron::Net', properties: { name: { get_attr: ['a', 'pi'] } } },
  }
  assert.deepEqual(messages(check(bad, { files })), [
    'Property error: resources.a.properties: Unknown Property flavr',
    'Property error: resources.a.properties: Property flavor not assigned',
    'resources.b.properties.name.get_attr: The Referenced Attribute (a pi) is incorrect.',
  ])
})

test('a default that the environment has counts for templates inside too', () => {
  const environment = { parameter_defaults: { flavor: 'm1' } }
  assert.deepEqual(check({ a: { type: 'inner.yaml' } }, { files, environment }), [])
})

test('the stack inside is checked with the values it would get, and problems name the way in and the file', () => {
  const [problem, another] = check(
    { a: { type: 'inner.yaml', properties: { flavor: 'm1', extra: true } } },
    { files },
  )
  assert.equal(another, undefined)
  assert.equal(
    problem?.message,
    'Property error: resources.a<inner.yaml>.resources.net.properties: Unknown Property nmae',
  )
  assert.deepEqual([problem?.file, problem?.line, problem?.column], ['inner.yaml', 15, 18])
})

test('what depends on values not known yet is checked as far as it goes', () => {
  const resources = {
    net: { type: 'OS::Neutron::Net' },
    a: {
      type: 'inner.yaml',
      properties: { flavor: { get_attr: ['net', 'status'] }, extra: { get_attr: ['net', 'show'] } },
    },
  }
  assert.deepEqual(messages(check(resources, { files })), [
    'Property error: resources.a<inner.yaml>.resources.net.properties: Unknown Property nmae',
  ])
})

test('faults of a file are told once, however many resources use it', () => {
  const broken = { 'inner.yaml': 'heat_template_version: 2018-08-31\nresourses: {}\n' }
  const [problem, another] = check(
    { a: { type: 'inner.yaml' }, b: { type: 'inner.yaml' } },
    { files: broken },
  )
  assert.equal(problem?.message, 'resources.a<inner.yaml>: The template section is invalid: resourses')
  assert.deepEqual(
    [problem?.file, problem?.line, problem?.meant, another],
    ['inner.yaml', 2, 'resources', undefined],
  )
})

test('a file that did not come along is missing', () => {
  assert.deepEqual(messages(check({ a: { type: 'iner.yaml' }, b: { type: 'http://x/y.yaml' } }, { files })), [
    'Could not fetch remote template "iner.yaml": Invalid URL scheme ',
    'Could not fetch remote template "http://x/y.yaml": it is not among the files of the request',
  ])
})

test('a template that includes itself ends at the greatest depth', () => {
  const self = { 'self.yaml': 'heat_template_version: 2018-08-31\nresources:\n  again: {type: self.yaml}\n' }
  const problems = check({ a: { type: 'self.yaml' } }, { files: self, maxDepth: 3 })
  assert.deepEqual(messages(problems), [
    'resources.a<self.yaml>.resources.again<self.yaml>.resources.again<self.yaml>.resources.again<self.yaml>: Recursion depth exceeds 3.',
  ])
  assert.equal(problems[0]?.hint, 'self.yaml contains itself')
})

test('templates that contain each other are named where it ends', () => {
  const type = (name: string) => `heat_template_version: 2018-08-31\nresources:\n  a: {type: ${name}}\n`
  const pair = { 'this.yaml': type('that.yaml'), 'that.yaml': type('this.yaml') }
  const [problem] = check({ a: { type: 'this.yaml' } }, { files: pair, maxDepth: 3 })
  assert.equal(problem?.hint, 'that.yaml contains itself, by way of this.yaml')
  const chain = { 'a.yaml': type('b.yaml'), 'b.yaml': type('c.yaml'), 'c.yaml': type('OS::Nova::Server') }
  assert.equal(check({ a: { type: 'a.yaml' } }, { files: chain, maxDepth: 1 })[0]?.hint, undefined)
})

test('a tree that widens at every level is not followed for ever', () => {
  const many = Array.from(
    { length: 12 },
    (_, i) => `  r${i}: {type: many.yaml, properties: {p: "${i}"}}`,
  ).join('\n')
  const text = `heat_template_version: 2018-08-31\nparameters: {p: {type: string, default: x}}\nresources:\n${many}\n`
  const took = processorTime(() => void check({ a: { type: 'many.yaml' } }, { files: { 'many.yaml': text } }))
  assert.ok(took < 3000)
})

test('a template may stand in for a type only if it takes and gives the same', () => {
  const environment = { resource_registry: { 'OS::Nova::Server': 'inner.yaml' } }
  assert.deepEqual(
    messages(
      check({ a: { type: 'OS::Nova::Server', properties: { flavor: 'm1' } } }, { files, environment }),
    ),
    [
      'Attribute first_address for facade OS::Nova::Server missing in provider',
      'Attribute networks for facade OS::Nova::Server missing in provider',
    ],
  )
})

test('where a template is only looked at, those inside are not', () => {
  const resources = { a: { type: 'inner.yaml', properties: { flavor: 'm1', extra: true } } }
  assert.deepEqual(check(resources, { files, lenient: true }), [])
  assert.equal(check(resources, { files, lenient: true, nested: true }).length, 1)
})

test('a file is read once for all who ask', () => {
  assert.equal(templateIn(files, 'inner.yaml'), templateIn(files, 'inner.yaml'))
  assert.equal(templateIn(files, 'constructor'), undefined)
})

test('the way in is put where the words of a problem begin', () => {
  const told = (message: string) =>
    toldFromOutside({ code: 'InvalidOutput', message, path: [] }, 'resources.a<f>').message
  assert.equal(told('Property error: resources.b: x'), 'Property error: resources.a<f>.resources.b: x')
  assert.equal(told('outputs.o.value: x'), 'resources.a<f>.outputs.o.value: x')
  assert.equal(told('Something else'), 'resources.a<f>: Something else')
})

test('what is wrong in a template that a resource makes is told of where the resource says what to make', () => {
  const { value: template } = parseTemplate(`heat_template_version: 2018-08-31
resources:
  many:
    type: OS::Heat::ResourceGroup
    properties:
      resource_def: {type: OS::Neutron::Net, properties: {nmae: x}}
  chain: {type: OS::Heat::ResourceChain, properties: {resources: [a.yaml]}}
`)
  assert.ok(template)
  const told = (name: string, problem: object) =>
    placedOutside(
      [{ code: 'UnknownProperty', message: 'x', path: ['resources', '0', 'properties', 'nmae'], ...problem }],
      name,
      template,
    ).map(({ line, column, file }) => [line, column, file])
  assert.deepEqual(told('many', {}), [[6, 59, undefined]])
  assert.deepEqual(told('many', { path: ['outputs', 'x'] }), [[6, 7, undefined]])
  assert.deepEqual(told('chain', {}), [[7, 42, undefined]])
  assert.deepEqual(told('many', { file: 'a.yaml', line: 1 }), [[1, undefined, 'a.yaml']])
})

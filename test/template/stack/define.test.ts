import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { errorType, parseTemplate } from '../../../src/template/index.ts'
import { insideOf } from '../../../src/template/stack/define.ts'
import { messages, sampleStack, sampleTemplate } from '../sample.ts'

const stack = (resources: JsonMap, more: JsonMap = {}, sample: Parameters<typeof sampleStack>[1] = {}) =>
  sampleStack(sampleTemplate({ resources, ...more }), sample)

test('a resource needs what it depends on and what its properties and metadata refer to', () => {
  const { definition, problems } = stack({
    a: { type: 'T' },
    b: { type: 'T' },
    c: { type: 'T' },
    d: {
      type: 'T',
      depends_on: ['c'],
      properties: { p: [{ list_join: ['', [{ get_resource: 'a' }]] }, { get_resource: 'c' }] },
      metadata: { m: { get_attr: ['b', 'show'] } },
      update_policy: { u: { get_resource: 'd' } },
    },
  })
  assert.deepEqual(problems, [])
  assert.deepEqual(definition.needs.get('d'), ['c', 'a', 'b'])
  assert.deepEqual(definition.needs.get('a'), [])
})

test('a need is found in a path that depends on another resource', () => {
  const { definition } = stack({
    a: { type: 'T' },
    key: { type: 'T' },
    r: { type: 'T', properties: { p: { get_attr: ['a', 'map', { get_attr: ['key', 'value'] }, 0] } } },
  })
  assert.deepEqual([...(definition.needs.get('r') ?? [])].sort(), ['a', 'key'])
  assert.deepEqual(definition.attributesNeeded.get('a'), [['map']])
})

test('depending on a resource that a condition disables is no need, referring to it is an error', () => {
  const { definition, problems } = stack({
    off: { type: 'T', condition: false },
    a: { type: 'T', depends_on: 'off' },
    b: { type: 'T', properties: { list: [{ get_resource: 'off' }] } },
  })
  assert.deepEqual([...definition.resources.keys()], ['a', 'b'])
  assert.deepEqual(definition.needs.get('a'), [])
  assert.deepEqual(messages(problems), [
    'The specified reference "off" (in b.Properties.list[0]) is incorrect.',
  ])
  assert.deepEqual(problems[0]?.path, ['resources', 'b', 'properties', 'list', 0, 'get_resource'])
})

test('names that are not there are reported, with the one that was meant', () => {
  const { problems } = stack({
    server: { type: 'T' },
    a: {
      type: 'T',
      depends_on: ['sevrer'],
      properties: { p: { get_attr: ['servr', 'x'] } },
      metadata: { m: { get_resource: 'nothing' } },
    },
  })
  assert.deepEqual(messages(problems), [
    'The specified reference "servr" (in a.Properties.p) is incorrect.',
    'The specified reference "nothing" (in a.Metadata.m) is incorrect.',
    'The specified reference "sevrer" (in a) is incorrect.',
  ])
  assert.deepEqual(
    problems.map(({ meant }) => meant),
    ['server', undefined, 'server'],
  )
})

test('attributes that are read are known, once each; all of them when the resource is named alone', () => {
  const { definition } = stack(
    {
      a: { type: 'T' },
      b: { type: 'T', properties: { p: { get_attr: ['a', 'x', 0] }, q: { get_attr: ['a', 'x', 0] } } },
    },
    {
      outputs: {
        o: { value: { get_attr: ['a'] } },
        off: { value: { get_attr: ['a', 'never'] }, condition: false },
      },
    },
  )
  assert.deepEqual(definition.attributesNeeded.get('a'), [['x', 0], []])
  assert.equal(definition.outputs.get('off')?.enabled, false)
})

test('a dot in the name of an attribute is not a way into another', () => {
  const { definition } = stack(
    { a: { type: 'T' } },
    { outputs: { o: { value: [{ get_attr: ['a', 'x.y'] }, { get_attr: ['a', 'x', 'y'] }] } } },
  )
  assert.deepEqual(definition.attributesNeeded.get('a'), [['x.y'], ['x', 'y']])
})

test('it is known which resources read a hidden parameter', () => {
  const { definition } = stack(
    {
      a: {
        type: 'T',
        properties: { p: { str_replace: { template: 'P', params: { P: { get_param: 'secret' } } } } },
      },
      b: { type: 'T' },
    },
    { parameters: { secret: { type: 'string', hidden: true, default: 'x' } } },
  )
  assert.deepEqual(
    [definition.usesHidden('a'), definition.usesHidden('b'), definition.usesHidden('gone')],
    [true, false, false],
  )
})

test('a deletion policy may come from a function', () => {
  const resources = { a: { type: 'T', deletion_policy: { get_param: 'policy' } } }
  const parameters = { policy: { type: 'string', default: 'retain' } }
  assert.equal(stack(resources, { parameters }).definition.resources.get('a')?.deletionPolicy, 'Retain')
  const { problems } = stack(resources, { parameters }, { environment: { parameters: { policy: 'Keep' } } })
  assert.deepEqual(messages(problems), ['Invalid deletion policy "Keep"'])
})

test('an external resource needs nothing and may not say that it does', () => {
  const { definition, problems } = stack({
    a: { type: 'T' },
    e: { type: 'T', external_id: 'abc', depends_on: 'a', properties: { p: { get_resource: 'a' } } },
  })
  assert.deepEqual(definition.needs.get('e'), [])
  assert.equal(definition.resources.get('e')?.deletionPolicy, 'Retain')
  assert.deepEqual(messages(problems), ['Invalid dependency with external T resource: abc'])
})

test('a resource may not have the name of a parameter', () => {
  const { problems } = stack({ a: { type: 'T' } }, { parameters: { a: { type: 'string', default: 'x' } } })
  assert.deepEqual(messages(problems), ["Duplicate names {'a'}"])
})

test('functions that refuse are all reported, each with its place', () => {
  const { value } = parseTemplate(`heat_template_version: 2018-08-31
resources:
  a:
    type: T
    properties:
      p: {list_join: [',', [1]]}
      q: [{get_file: gone}, {get_param: nobody}]
    metadata:
      m: {digest: [md6, x]}
`)
  assert.ok(value)
  const { problems } = sampleStack(value)
  assert.deepEqual(
    problems.map(({ message, line, column }) => [message.slice(0, 79), line, column]),
    [
      ['Property error: resources.a.properties.p: Items to join must be string, map or ', 6, 11],
      ['Property error: resources.a.properties.q: No content found in the "files" secti', 7, 12],
      ['Property error: resources.a.properties.q: The Parameter (nobody) was not provid', 7, 41],
      ['resources.a.metadata.m.digest: Algorithm must be one of md5, sha1, sha224, sha2', 9, 11],
    ],
  )
})

test('where a template is only looked at, only what is wrong whatever the values is reported', () => {
  const resources = { a: { type: 'T', properties: { p: { get_file: 'gone' }, q: { get_resource: 'gone' } } } }
  assert.deepEqual(messages(stack(resources, {}, { lenient: true }).problems), [
    'The specified reference "gone" (in a.Properties.q) is incorrect.',
  ])
})

test('a definition made elsewhere is not known here', () => {
  const { definition } = stack({})
  assert.throws(() => insideOf({ ...definition }), /must come from defineStack/)
})

test('a parameter without a value that a choice asks for is a problem even where a template is only looked at', () => {
  const { problems } = stack(
    { a: { type: 'T', properties: { p: { if: [{ equals: [{ get_param: 'size' }, 'big'] }, 1, 2] } } } },
    {
      parameters: { size: { type: 'string' } },
      outputs: {
        o: { value: { if: [{ equals: [{ get_param: 'size' }, 'big'] }, 1, { get_param: 'size' }] } },
      },
    },
    { lenient: true },
  )
  assert.deepEqual(messages(problems), Array(2).fill('The Parameter (size) was not provided.'))
  assert.deepEqual(
    problems.map(({ code }) => errorType(code)),
    Array(2).fill('UserParameterMissing'),
  )
})

test('a Ref that names nothing counts once the stack is to be made', () => {
  const { value: template } = parseTemplate({
    HeatTemplateFormatVersion: '2012-12-12',
    Resources: { a: { Type: 'T', Properties: { P: { Ref: 'nothing' } } } },
  })
  assert.ok(template)
  assert.deepEqual(sampleStack(template, { lenient: true }).problems, [])
  const { problems } = sampleStack(template)
  assert.deepEqual(messages(problems), [
    'Property error: Resources.a.Properties.P: The specified reference "nothing" (in unknown) is incorrect.',
  ])
  assert.equal(problems[0] && errorType(problems[0].code), 'StackValidationFailed')
})

test('an output that reads a resource that is not there fails the validation of the stack', () => {
  const { problems } = stack(
    {},
    { outputs: { o: { value: { list_join: ['', [{ get_attr: ['a', 'x'] }]] } } } },
  )
  assert.deepEqual(messages(problems), [
    'outputs.o.value.list_join: [1][0].get_attr: The specified reference "a" (in unknown) is incorrect.',
  ])
  assert.equal(problems[0] && errorType(problems[0].code), 'StackValidationFailed')
})

test('a parameter whose declaration can not be read is not said to be missing where it is used', () => {
  const { value: template, problems } = parseTemplate(
    'heat_template_version: 2018-08-31\nparameters: {size: {type: integr}}\noutputs: {o: {value: {get_param: size}}}\nresources: {a: {type: OS::Heat::Value, properties: {value: {get_param: size}}}}\n',
  )
  assert.equal(problems.length, 1)
  assert.ok(template)
  assert.deepEqual(sampleStack(template).problems, [])
})

test('a name that stands for something else than the call reads is told what it is', () => {
  const hints = (properties: JsonMap) =>
    stack(
      { net: { type: 'T' }, gone: { type: 'T', condition: false }, a: { type: 'T', properties } },
      { parameters: { size: { type: 'string', default: 'x' } } },
    ).problems.map(({ hint }) => hint)
  assert.deepEqual(hints({ p: { get_param: 'net' } }), ['"net" is a resource, which get_resource refers to'])
  assert.deepEqual(hints({ p: { get_resource: 'size' } }), ['"size" is a parameter, which get_param reads'])
  assert.deepEqual(hints({ p: { get_attr: ['size', 'x'] } }), [
    '"size" is a parameter, which get_param reads',
  ])
  assert.deepEqual(hints({ p: { get_resource: 'gone' } }), [
    'The condition of "gone" does not hold, so it is not there',
  ])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../../../src/base/json.ts'
import { refusalOf, resultOf, type Sample } from '../../sample.ts'

const amazon = 'AWSTemplateFormatVersion.2010-09-09'
const given = { colour: 'red', size: 3, names: ['a', 'b'], nested: { a: { b: 1 } } }
const sample: Sample = { version: amazon, parameters: given }
const gives = (call: Json, more: Sample = {}) => resultOf(call, { ...sample, ...more })
const refuses = (call: Json, more: Sample = {}) => refusalOf(call, { ...sample, ...more }) ?? 'it is allowed'

test('Ref gives a resource if one has the name, else a parameter', () => {
  assert.equal(gives({ Ref: 'server' }), 'REF:server')
  assert.equal(gives({ Ref: 'colour' }), 'red')
  assert.equal(gives({ Ref: 'AWS::Region' }), 'ap-southeast-1')
})

test('Ref of nothing is a wrong reference, whatever it was meant to be', () => {
  assert.equal(refuses({ Ref: 'gone' }), 'The specified reference "gone" (in unknown) is incorrect.')
  assert.match(
    refuses({ Ref: { Ref: 'colour' } }),
    /Argument to "Ref" must be the name of a resource or param/,
  )
  assert.match(refuses({ Ref: ['colour'] }), /Argument to "Ref" must be/)
  assert.equal(refuses({ Ref: 1 }), 'The specified reference "1" (in unknown) is incorrect.')
})

test('Ref gives only parameters in a condition', () => {
  const choice = (name: string) => ({ 'Fn::If': [{ 'Fn::Equals': [{ Ref: name }, 'red'] }, 'yes', 'no'] })
  assert.equal(gives(choice('colour')), 'yes')
  assert.match(refuses(choice('server')), /The specified reference "server" \(in unknown\) is incorrect/)
})

test('Fn::GetAtt takes a resource and an attribute, and no path', () => {
  assert.equal(gives({ 'Fn::GetAtt': ['server', 'name'] }), 'ATT:server.name')
  assert.match(
    refuses({ 'Fn::GetAtt': ['server', 'list', 0] }),
    /must be of the form \[resource_name, attribute\]/,
  )
  assert.match(refuses({ 'Fn::GetAtt': 'server.name' }), /must be of the form \[resource_name, attribute\]/)
  assert.match(refuses({ 'Fn::GetAtt': ['gone', 'name'] }), /The specified reference "gone"/)
})

const mapped = { template: { Mappings: { Sizes: { web: { ram: 512, '1': 'one' } }, flat: 'text' } } }

test('Fn::FindInMap gives a value of the mappings', () => {
  assert.equal(gives({ 'Fn::FindInMap': ['Sizes', 'web', 'ram'] }, mapped), 512)
  assert.equal(gives({ 'Fn::FindInMap': ['Sizes', 'web', 1] }, mapped), 'one')
})

test('Fn::FindInMap says which part of its path is not there', () => {
  const missing = (...path: Json[]) => refuses({ 'Fn::FindInMap': path }, mapped)
  assert.equal(missing('Gone', 'web', 'ram'), "The template has no mapping 'Gone'")
  assert.equal(missing('Sizes', 'wbe', 'ram'), "The mappings have no 'wbe' under 'Sizes'")
  assert.equal(missing('Sizes', 'web', 'disk'), "The mappings have no 'disk' under 'Sizes', 'web'")
  assert.equal(missing('flat', 'web', 'ram'), "What the mappings have under 'flat' is no map")
  assert.equal(missing('Sizes', 'web', '__proto__'), "The mappings have no '__proto__' under 'Sizes', 'web'")
  assert.match(missing('Sizes', 'web'), /must be of the form \[mapping, key, value\]/)
})

test('Fn::GetAZs gives the one zone that every cloud has, where no cloud is known', () => {
  assert.deepEqual(gives({ 'Fn::GetAZs': 'anything' }), ['nova'])
})

test('Fn::Select takes an item of a list by a number or its text', () => {
  for (const [index, found] of [
    [1, 'b'],
    ['1', 'b'],
    [-1, 'b'],
    [true, 'b'],
    [2, ''],
    ['-3', ''],
  ] as const)
    assert.equal(gives({ 'Fn::Select': [index, { Ref: 'names' }] }), found)
  assert.match(refuses({ 'Fn::Select': ['x', ['a']] }), /Index to "Fn::Select" must be an integer/)
  assert.match(refuses({ 'Fn::Select': [null, ['a']] }), /Index to "Fn::Select" must be an integer/)
})

test('Fn::Select takes a value of a map by its key, or an empty text', () => {
  assert.deepEqual(gives({ 'Fn::Select': ['a', { Ref: 'nested' }] }), { b: 1 })
  assert.equal(gives({ 'Fn::Select': ['constructor', {}] }), '')
  assert.match(refuses({ 'Fn::Select': [0, {}] }), /Index to "Fn::Select" must be a string/)
})

test('Fn::Select reads a text as JSON, and makes nothing of nothing', () => {
  assert.equal(gives({ 'Fn::Select': ['a', '{"a": 5}'] }), 5)
  assert.equal(gives({ 'Fn::Select': [0, ''] }), '')
  assert.equal(gives({ 'Fn::Select': [0, null] }), '')
  assert.equal(gives({ 'Fn::Select': [0, 'null'] }), '')
  assert.match(refuses({ 'Fn::Select': [0, 'text'] }), /^"Fn::Select": .*JSON/)
  assert.match(refuses({ 'Fn::Select': [0, 5] }), /Arguments to Fn::Select not fully resolved/)
})

test('Fn::Join joins texts alone; null is an empty one', () => {
  assert.equal(gives({ 'Fn::Join': ['-', ['a', null, { Ref: 'colour' }]] }), 'a--red')
  assert.equal(gives({ 'Fn::Join': ['-', null] }), '')
  assert.match(refuses({ 'Fn::Join': ['-', ['a', 1]] }), /Items to join must be strings not 1/)
  assert.match(refuses({ 'Fn::Join': [1, ['a']] }), /"Fn::Join" delimiter must be a string/)
  assert.match(
    refuses({ 'Fn::Join': ['-', ['a'], ['b']] }),
    /Incorrect arguments to "Fn::Join" should be: "Fn::Join" : /,
  )
})

test('Fn::Split wants its delimiter written out', () => {
  assert.deepEqual(gives({ 'Fn::Split': ['e', { Ref: 'colour' }] }), ['r', 'd'])
  assert.match(refuses({ 'Fn::Split': [{ Ref: 'colour' }, 'a'] }), /Delimiter for Fn::Split must be string/)
  assert.match(refuses({ 'Fn::Split': [',', ['a']] }), /String to split must be string; got <class 'list'>/)
  assert.match(refuses({ 'Fn::Split': ['', 'a'] }), /empty separator/)
  assert.match(refuses({ 'Fn::Split': 'a' }), /Incorrect arguments to "Fn::Split"/)
})

test('Fn::Replace puts scalars in, the longest word first', () => {
  assert.equal(gives({ 'Fn::Replace': [{ a: true, ab: null, c: 1.5 }, 'a ab c'] }), 'True  1.5')
  assert.equal(gives({ 'Fn::Replace': [{ a: 'b', b: 'c' }, 'ab'] }), 'bc')
  assert.match(
    refuses({ 'Fn::Replace': [{ a: [1] }, 'a'] }),
    /"Fn::Replace" params must be strings or numbers/,
  )
  assert.match(refuses({ 'Fn::Replace': ['a', 'a'] }), /"Fn::Replace" parameters must be a mapping/)
  assert.match(refuses({ 'Fn::Replace': [{ a: 'b' }] }), /Incorrect arguments to "Fn::Replace"/)
})

test('Fn::Base64 gives its text as it is', () => {
  assert.equal(gives({ 'Fn::Base64': { Ref: 'colour' } }), 'red')
  assert.match(refuses({ 'Fn::Base64': { Ref: 'size' } }), /"Fn::Base64" argument must be a string/)
})

test('Fn::MemberListToMap gathers numbered names and values, the lowest number first', () => {
  const list = [
    '.member.10.Name=a',
    '.member.10.Value=late=1',
    '.member.2.Name=a',
    '.member.2.Value=early',
    '.member.3.Name=alone',
    'elsewhere.member.4.Name=x',
    '.member.5.Name=__proto__',
    '.member.5.Value=own',
  ]
  const map = gives({ 'Fn::MemberListToMap': ['Name', 'Value', list] }) as Record<string, unknown>
  assert.deepEqual(Object.entries(map), [
    ['a', 'late=1'],
    ['__proto__', 'own'],
  ])
  assert.match(refuses({ 'Fn::MemberListToMap': ['Name', 'Value'] }), /Wrong Arguments try/)
  assert.match(refuses({ 'Fn::MemberListToMap': [1, 'Value', []] }), /Key Name must be a string/)
  assert.match(
    refuses({ 'Fn::MemberListToMap': ['Name', { Ref: 'colour' }, []] }),
    /Value Name must be a string/,
  )
  assert.match(refuses({ 'Fn::MemberListToMap': ['Name', 'Value', ['x']] }), /must be of the form .* not 'x'/)
  assert.match(refuses({ 'Fn::MemberListToMap': ['Name', 'Value', [1]] }), /items must be strings/)
  assert.match(refuses({ 'Fn::MemberListToMap': ['Name', 'Value', 'x'] }), /Member list must be a list/)
})

test('Fn::ResourceFacade asks the resource that the template implements', () => {
  const facade = { metadata: { a: 1 }, deletion_policy: 'Retain' }
  assert.deepEqual(gives({ 'Fn::ResourceFacade': 'Metadata' }, { facade }), { a: 1 })
  assert.equal(gives({ 'Fn::ResourceFacade': 'DeletionPolicy' }, { facade }), 'Retain')
  assert.equal(gives({ 'Fn::ResourceFacade': 'UpdatePolicy' }, { facade }), null)
  assert.match(
    refuses({ 'Fn::ResourceFacade': 'metadata' }),
    /should be one of: Metadata, DeletionPolicy, UpdatePolicy/,
  )
})

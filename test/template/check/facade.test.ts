import assert from 'node:assert/strict'
import { test } from 'node:test'
import { integer, list, map, number, string } from '../../../src/schema/index.ts'
import { facadeProblems } from '../../../src/template/check/facade.ts'
import { messages } from '../sample.ts'

const facade = {
  properties: { name: string('', { required: true }), size: integer(), tags: list(string()) },
  attributes: { id: string(), show: map() },
}

test('a template that takes and gives the same fits, with a number for an integer', () => {
  const provider = { properties: { name: string(), size: number() }, attributes: { id: string() } }
  assert.deepEqual(facadeProblems('T', { facade, provider, path: [] }), [])
  assert.deepEqual(facadeProblems('T', { facade: undefined, provider, path: [] }), [])
})

test('says all that does not fit', () => {
  const provider = { properties: { tags: map(), other: string('', { required: true }) }, attributes: {} }
  assert.deepEqual(messages(facadeProblems('T', { facade, provider, path: ['x'] })), [
    'Required property name for facade T missing in provider',
    'Property tags type mismatch between facade T (List) and provider (Map)',
    'Provider requires property other unknown in facade T',
    'Attribute id for facade T missing in provider',
  ])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expectation } from '../../src/schema/expectation.ts'
import { integer, list, map, string } from '../../src/schema/index.ts'

test('what a value must be is said in a few words', () => {
  assert.equal(expectation(integer('', { range: { min: 1, max: 9 } })), 'an integer of 1 to 9')
  assert.equal(expectation(string('', { length: { max: 5 } })), 'a string of at most 5 characters')
  assert.equal(expectation(list(string(), '', { length: { min: 2 } })), 'a list of at least 2 items')
  assert.equal(
    expectation(integer('', { modulo: { step: 4, offset: 1 } })),
    'an integer that is a multiple of 4 plus 1',
  )
  assert.equal(
    expectation(string('', { pattern: 'a+', format: 'dns_name' })),
    'a string that matches a+, in the form dns_name',
  )
  assert.equal(
    expectation(string('', { finds: { name: 'neutron.network' } })),
    'a string that names a neutron.network',
  )
  assert.equal(expectation(map()), 'a map')
})

test('a choice is told by its words, of many the first', () => {
  assert.equal(expectation(string('', { oneOf: ['a', 'b'] })), 'one of a, b')
  assert.equal(expectation(list(string(), '', { oneOf: ['a'] })), 'a list, each item one of a')
  const many = Array.from({ length: 30 }, (_, i) => i)
  assert.match(expectation(integer('', { oneOf: many })), /, 19, …$/)
})

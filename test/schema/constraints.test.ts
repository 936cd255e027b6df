import assert from 'node:assert/strict'
import { test } from 'node:test'
import { breaches, type Field, integer, list, map, string, UNKNOWN } from '../../src/schema/index.ts'

const cases: readonly (readonly [Field, unknown, readonly string[]])[] = [
  [integer('', { range: { min: 1, max: 5 } }), 0, ['0 is out of range (min: 1, max: 5)']],
  [integer('', { range: { max: 5 } }), 6, ['6 is out of range (min: None, max: 5)']],
  [string('', { length: { max: 2 } }), 'abc', ['length (3) is out of range (min: None, max: 2)']],
  [string('', { length: { max: 2 } }), '\u{1f600}\u{1f600}', []],
  [map('', { length: { min: 1 } }), {}, ['length (0) is out of range (min: 1, max: None)']],
  [integer('', { modulo: { step: 4, offset: 1 } }), 5, []],
  [integer('', { modulo: { step: 4, offset: 1 } }), 6, ['6 is not a multiple of 4 with an offset of 1']],
  [string('', { oneOf: ['a', 'b'] }), 'c', ['"c" is not an allowed value ["a", "b"]']],
  [string('', { oneOf: [6, 17] }), '6', []],
  [list(string(), '', { oneOf: ['a'] }), ['a', 'x'], ['["a", "x"] is not an allowed value ["a"]']],
  [string('', { pattern: '[a-z]+' }), 'a1', ['"a1" does not match pattern "[a-z]+"']],
  [string('', { format: 'ip_addr' }), 'x', ["Error validating value 'x': Invalid IP address"]],
  [string('', { format: 'constructor' }), 'x', []],
  [
    string('', { length: { min: 3 }, pattern: 'b+' }),
    'a',
    ['length (1) is out of range (min: 3, max: None)', '"a" does not match pattern "b+"'],
  ],
  [string('', { length: { min: 3 }, constraintDescription: 'Too short' }), 'a', ['Too short']],
  [list(string(), '', { length: { min: 5 } }), ['a', UNKNOWN], []],
  [string(), 'anything', []],
]

for (const [field, value, words] of cases) {
  test(`${String(JSON.stringify(value))} under ${JSON.stringify(field.options)} ${words.length === 0 ? 'is right' : 'is wrong'}`, () => {
    assert.deepEqual(breaches(field, value), words)
  })
}

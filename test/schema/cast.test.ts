import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  any,
  boolean,
  cast,
  type Field,
  integer,
  list,
  map,
  number,
  string,
  told,
} from '../../src/schema/index.ts'

const convertibleList = list(string(), '', { convertible: true })
const convertibleMap = map('', { convertible: true })

const good: readonly (readonly [Field, unknown, unknown])[] = [
  [string(), 'a', 'a'],
  [string(), 5, '5'],
  [string(), true, 'True'],
  [string(), null, ''],
  [integer(), '5', 5],
  [integer(), 5.7, 5],
  [integer(), true, 1],
  [integer(), null, 0],
  [number(), '1.5', 1.5],
  [number(), null, 0],
  [boolean(), 'TRUE', true],
  [boolean(), 'false', false],
  [boolean(), null, false],
  [list(string()), null, []],
  [convertibleList, 'a,b', ['a', 'b']],
  [convertibleList, '', []],
  [map(), null, {}],
  [convertibleMap, '{"a": 1}', '{"a": 1}'],
  [convertibleMap, [1], '[1]'],
  [any(), { a: 1 }, { a: 1 }],
]

for (const [field, value, result] of good) {
  test(`${JSON.stringify(value)} as ${field.kind} is ${JSON.stringify(result)}`, () =>
    assert.deepEqual(cast(field, value), { value: result }))
}

const bad: readonly (readonly [Field, unknown, string])[] = [
  [string(), 1.5, 'Value must be a string; got 1.5'],
  [string(), ['a'], "Value must be a string; got ['a']"],
  [integer(), '5.7', "Value '5.7' is not an integer"],
  [number(), 'x', "could not convert string to float: 'x'"],
  [boolean(), 1, '"1" is not a valid boolean'],
  [boolean(), 'yes', '"yes" is not a valid boolean'],
  [list(string()), 'a,b', '"\'a,b\'" is not a list'],
  [map(), [1], '"[1]" is not a map'],
]

for (const [field, value, words] of bad) {
  test(`${JSON.stringify(value)} is no ${field.kind}`, () =>
    assert.deepEqual(cast(field, value), { refused: words }))
}

test('a long value is shown in part, and a secret not at all', () => {
  assert.equal(told('x'.repeat(900), {}).length, 501)
  assert.equal(told('hush', { secret: true }), '******')
})

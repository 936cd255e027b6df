import assert from 'node:assert/strict'
import { test } from 'node:test'
import { jsonText, kindOf, shownAs, wordOf } from '../../src/base/text.ts'

test('a value reads inside a text as Heat has always written it', () => {
  assert.deepEqual(['a', 5, 1.5, true, false, null, ['a', 1], { a: "it's", b: null }].map(wordOf), [
    'a',
    '5',
    '1.5',
    'True',
    'False',
    'None',
    "['a', 1]",
    "{'a': \"it's\", 'b': None}",
  ])
})

test('a text is shown in quotes', () => {
  assert.equal(shownAs(`a'b"\n\\`), `'a\\'b"\\n\\\\'`)
})

test('what can not be seen is shown by its number, and what is not known as such', () => {
  assert.equal(shownAs('é\u{a0}\u{200b}\u{7f}\u{e0001} '), "'é\\xa0\\u200b\\x7f\\U000e0001 '")
  assert.equal(shownAs({ a: Symbol('unknown') }), "{'a': (not known yet)}")
})

test('JSON has spaces behind its signs and only ASCII', () => {
  assert.equal(
    jsonText({ b: [1, 'é\u{1f600}'], a: { y: null, x: true } }),
    '{"b": [1, "\\u00e9\\ud83d\\ude00"], "a": {"y": null, "x": true}}',
  )
  assert.equal(jsonText({ b: 1, a: { d: 1, c: 2 } }, 'sorted'), '{"a": {"c": 2, "d": 1}, "b": 1}')
})

test('kinds of value have the names that messages use', () => {
  assert.deepEqual(['', true, 1, 1.5, [], null, {}].map(kindOf), [
    'str',
    'bool',
    'int',
    'float',
    'list',
    'NoneType',
    'dict',
  ])
})

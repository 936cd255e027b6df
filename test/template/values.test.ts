import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../src/base/json.ts'
import type { ParameterConstraint, ParameterType } from '../../src/template/index.ts'
import { broken, textOf, typed } from '../../src/template/values.ts'

const good: readonly (readonly [ParameterType, Json, Json])[] = [
  ['string', 5, '5'],
  ['string', true, 'True'],
  ['string', { a: 1 }, "{'a': 1}"],
  ['number', '5', 5],
  ['number', ' 1.5e3 ', 1500],
  ['number', true, true],
  ['boolean', 'On', true],
  ['boolean', 0, false],
  ['boolean', 'n', false],
  ['comma_delimited_list', 'a, b', ['a', ' b']],
  ['comma_delimited_list', '', []],
  ['comma_delimited_list', ['a', 1], ['a', '1']],
  ['json', '{"a": [1]}', { a: [1] }],
  ['json', '', ''],
  ['json', [1], [1]],
]

for (const [type, raw, value] of good) {
  test(`${JSON.stringify(raw)} as ${type} is ${JSON.stringify(value)}`, () =>
    assert.deepEqual(typed({ type, hidden: false }, raw), { value }))
}

const bad: readonly (readonly [ParameterType, Json, RegExp])[] = [
  ['number', 'five', /could not convert string to float: 'five'/],
  ['number', '', /could not convert/],
  ['number', {}, /int\(\) argument must be .* not 'dict'/],
  ['boolean', 'maybe', /Unrecognized value 'maybe', acceptable values are: '0', '1', 'f'/],
  ['comma_delimited_list', 5, /Value must be a comma-delimited list string/],
  ['json', '{', /Value must be valid JSON/],
]

for (const [type, raw, words] of bad) {
  test(`${JSON.stringify(raw)} is no ${type}`, () => {
    const read = typed({ type, hidden: false }, raw)
    assert.match('wrong' in read ? read.wrong : '', words)
  })
}

test('values print as stack show prints them', () => {
  assert.equal(textOf('comma_delimited_list', ['a', 'b']), 'a,b')
  assert.equal(textOf('json', { a: [1] }), '{"a": [1]}')
  assert.equal(textOf('boolean', true), 'True')
})

const breaches: readonly (readonly [ParameterConstraint, ParameterType, Json, string])[] = [
  [{ is: 'range', min: 1 }, 'number', 0, '0 is out of range (min: 1, max: None)'],
  [{ is: 'length', max: 2 }, 'string', 'abc', 'length (3) is out of range (min: None, max: 2)'],
  [{ is: 'length', min: 1 }, 'json', {}, 'length (0) is out of range (min: 1, max: None)'],
  [{ is: 'modulo', step: 2, offset: 1 }, 'number', 4, '4 is not a multiple of 2 with an offset of 1'],
  [{ is: 'allowed_values', values: ['a', 'b'] }, 'string', 'c', '"c" is not an allowed value ["a", "b"]'],
  [
    { is: 'allowed_values', values: ['a'] },
    'comma_delimited_list',
    ['a', 'c'],
    '["a", "c"] is not an allowed value ["a"]',
  ],
  [{ is: 'allowed_pattern', pattern: '[a-z]+' }, 'string', 'a1', '"a1" does not match pattern "[a-z]+"'],
  [
    { is: 'custom_constraint', name: 'ip_addr' },
    'string',
    'x',
    "Error validating value 'x': Invalid IP address",
  ],
  [{ is: 'range', min: 1, description: 'At least one' }, 'number', 0, 'At least one'],
]

const wrong = (constraint: ParameterConstraint, type: ParameterType, value: Json, hidden = false) =>
  broken({ type, hidden, constraints: [constraint] }, { raw: value, value })

for (const [constraint, type, value, words] of breaches) {
  test(`a value that breaks its ${constraint.is} says "${words}"`, () =>
    assert.equal(wrong(constraint, type, value), words))
}

test('allowed values count in the type of the parameter, and constraints of clouds are not judged here', () => {
  assert.equal(wrong({ is: 'allowed_values', values: ['True', 'false'] }, 'boolean', true), undefined)
  assert.equal(wrong({ is: 'allowed_values', values: ['5'] }, 'number', 5), undefined)
  assert.equal(wrong({ is: 'custom_constraint', name: 'nova.flavor' }, 'string', 'm1'), undefined)
})

test('a hidden value is not in what is said of it', () => {
  const told = [
    wrong({ is: 'allowed_values', values: ['a'] }, 'string', 'hush', true),
    wrong({ is: 'allowed_pattern', pattern: '[0-9]*' }, 'string', 'hush', true),
    wrong({ is: 'custom_constraint', name: 'dns_name' }, 'string', 'hu sh', true),
    wrong({ is: 'range', max: 5 }, 'number', 775, true),
    ...(['number', 'boolean'] as const).map((type) => JSON.stringify(typed({ type, hidden: true }, 'hush'))),
  ]
  for (const words of told) assert.match(words ?? '', /\*{6}/)
  assert.doesNotMatch(told.join(), /hu ?sh|775/)
})

test('a json parameter may not be nested beyond reason, nor a number endless', () => {
  const wrong = (type: 'json' | 'number', text: string) => {
    const read = typed({ type, hidden: false }, text)
    return 'wrong' in read ? read.wrong : undefined
  }
  assert.equal(wrong('json', '['.repeat(100) + ']'.repeat(100)), undefined)
  assert.match(wrong('json', '['.repeat(100_000) + ']'.repeat(100_000)) ?? '', /nested more than 100 levels/)
  assert.match(wrong('json', '{"a": [1e999]}') ?? '', /a number in it is too large/)
  assert.match(wrong('number', '1e999') ?? '', /could not convert string to float/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../../src/base/json.ts'
import { parseTemplate } from '../../../src/template/index.ts'
import { messages, sampleTemplate } from '../sample.ts'

const wordsOf = (r: Json, version = '2018-08-31') =>
  messages(parseTemplate({ heat_template_version: version, resources: { r } }).problems)

test('reads everything that can be said about a resource', () => {
  const { resources } = sampleTemplate({
    resources: {
      r: {
        type: 'T',
        properties: { a: 1 },
        metadata: { b: 2 },
        depends_on: 's',
        deletion_policy: 'retain',
        update_policy: { c: 3 },
        description: 'words',
        condition: true,
      },
      s: { type: 'T', depends_on: ['r'], external_id: 'abc' },
    },
  })
  const r = resources.get('r')
  assert.deepEqual(
    [
      r?.type,
      r?.dependsOn,
      r?.deletionPolicy,
      r?.description,
      r?.properties,
      r?.metadata,
      r?.updatePolicy,
      r?.condition,
    ],
    [
      'T',
      ['s'],
      'Retain',
      'words',
      { is: 'data', value: { a: 1 } },
      { is: 'data', value: { b: 2 } },
      { is: 'data', value: { c: 3 } },
      { is: 'data', value: true },
    ],
  )
  assert.deepEqual(
    [resources.get('s')?.externalId, resources.get('s')?.deletionPolicy],
    [{ is: 'data', value: 'abc' }, 'Retain'],
  )
})

const refused: readonly (readonly [Json, string])[] = [
  [null, 'Each resource must contain a type key.'],
  [{}, 'Each resource must contain a type key.'],
  [5, `"resources" must contain a map of resource maps. Found a [<class 'int'>] instead`],
  [{ type: ['T'] }, 'Resource r type type must be string'],
  [{ type: 'T', propertys: {} }, '"propertys" is not a valid keyword inside a resource definition'],
  [{ type: 'T', properties: null }, 'Resource r properties type must be object'],
  [{ type: 'T', metadata: [1] }, 'Resource r metadata type must be object'],
  [{ type: 'T', depends_on: 5 }, 'Resource r depends_on type must be list or string'],
  [{ type: 'T', depends_on: [{ get_param: 'x' }] }, 'Resource r depends_on must be a list of strings'],
  [{ type: 'T', deletion_policy: 'Destroy' }, 'Invalid deletion policy "Destroy"'],
  [{ type: 'T', deletion_policy: [1] }, 'Resource r deletion_policy type must be string'],
  [{ type: 'T', description: 5 }, 'Resource r description type must be string'],
  [{ type: 'T', condition: 5 }, 'Resource r condition type must be string_or_boolean'],
  [{ type: 'T', external_id: 5 }, 'Resource r external_id type must be string'],
]

for (const [r, words] of refused) {
  test(`refuses ${JSON.stringify(r)}`, () => assert.deepEqual(wordsOf(r), [words]))
}

test('knows conditions, external ids and lower-case policies from 2016-10-14 on', () => {
  for (const r of [
    { type: 'T', condition: true },
    { type: 'T', external_id: 'x' },
  ]) {
    assert.match(wordsOf(r, '2016-04-08')[0] ?? '', /^Invalid keyword\(s\) inside a resource definition: /)
  }
  assert.deepEqual(wordsOf({ type: 'T', deletion_policy: 'delete' }, '2016-04-08'), [
    'Invalid deletion policy "delete"',
  ])
  assert.deepEqual(wordsOf({ type: 'T', deletion_policy: 'delete' }, '2016-10-14'), [])
})

test('refuses a slash in a name', () => {
  const { problems } = parseTemplate({
    heat_template_version: '2018-08-31',
    resources: { 'a/b': { type: 'T' } },
  })
  assert.deepEqual(messages(problems), ['Resource name may not contain "/"'])
})

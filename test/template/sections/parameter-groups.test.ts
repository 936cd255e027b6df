import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../../src/base/json.ts'
import { parseTemplate } from '../../../src/template/index.ts'
import { messages } from '../sample.ts'

const parse = (groups: Json) =>
  parseTemplate({
    heat_template_version: '2018-08-31',
    parameters: { a: { type: 'string' }, b: { type: 'string' } },
    parameter_groups: groups,
  })

test('reads groups of parameters', () => {
  const groups = [{ label: 'Net', description: 'All of it', parameters: ['a'] }, { parameters: ['b'] }]
  const { value, problems } = parse(groups)
  assert.deepEqual(problems, [])
  assert.deepEqual(value?.parameterGroups, groups)
})

const refused: readonly (readonly [Json, string])[] = [
  ['x', 'parameter_groups: The parameter_groups should be a list.'],
  [[{ label: 'L' }], 'parameter_groups.L: The parameters must be provided for each parameter group.'],
  [[{ parameters: 'a' }], 'parameter_groups.: The parameters of parameter group should be a list.'],
  [
    [{ label: 'L', parameters: ['a', 'a'] }],
    'parameter_groups.L: The a parameter must be assigned to one parameter group only.',
  ],
  [
    [{ label: 'L', parameters: ['c'] }],
    'parameter_groups.L: The grouped parameter c does not reference a valid parameter.',
  ],
]

for (const [groups, words] of refused) {
  test(`refuses ${JSON.stringify(groups)}`, () =>
    assert.deepEqual(messages(parse(groups).problems), [`Parameter Groups error: ${words}`]))
}

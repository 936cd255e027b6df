import assert from 'node:assert/strict'
import { test } from 'node:test'
import { loadAll } from 'js-yaml'
import { templateYaml } from '../../../src/template/parse/yaml.ts'

const loaded = (text: string) => (loadAll(`k: ${text}\n`, { schema: templateYaml })[0] as { k: unknown }).k

const cases: readonly (readonly [string, unknown])[] = [
  ['yes', true],
  ['Off', false],
  ['y', 'y'],
  ['n', 'n'],
  ['~', null],
  ['', null],
  ['0755', 493],
  ['08', '08'],
  ['0x1F', 31],
  ['0b101', 5],
  ['1_000', 1000],
  ['1:30', 90],
  ['1:30.5', 90.5],
  ['1e3', '1e3'],
  ['1.5e+3', 1500],
  ['.5', 0.5],
  ['1.', 1],
  ['-1', -1],
  ['2013-05-23', '2013-05-23'],
  ['2013-05-23T10:00:00Z', '2013-05-23T10:00:00Z'],
  ['"1"', '1'],
  ['123456789012345678901', '123456789012345678901'],
]

for (const [text, value] of cases) {
  test(`${text === '' ? 'nothing' : text} is ${JSON.stringify(value)}`, () =>
    assert.deepEqual(loaded(text), value))
}

test('maps are merged with <<', () => {
  assert.deepEqual(loadAll('a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\n', { schema: templateYaml })[0], {
    a: { x: 1, y: 2 },
    b: { x: 1, y: 3 },
  })
})

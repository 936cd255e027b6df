import assert from 'node:assert/strict'
import { it } from 'node:test'
import { updatableNames } from '../../src/plugin/updatable.ts'
import { string } from '../../src/schema/index.ts'

it('names the properties that can change in place', () => {
  const shape = {
    a: string('', { updatable: true }),
    b: string(''),
    c: string('', { updatable: true, default: '' }),
  }
  assert.deepEqual(updatableNames(shape), ['a', 'c'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describe, integer, list, object, string } from '../../src/schema/index.ts'

test('shows fields as the API shows them, without hidden and unimplemented ones', () => {
  const shape = {
    name: string('The name.', { required: true, length: { max: 5 }, constraintDescription: 'Short.' }),
    size: integer('', { default: 1, updatable: true, range: { min: 1 } }),
    ports: list(object({ id: string() })),
    old: string('', { support: 'HIDDEN' }),
    gone: string('', { implemented: false }),
  }
  const plain = { required: false, update_allowed: false, immutable: false }
  assert.deepEqual(describe(shape), {
    name: {
      ...plain,
      type: 'string',
      description: 'The name.',
      required: true,
      constraints: [{ length: { max: 5 }, description: 'Short.' }],
    },
    size: {
      ...plain,
      type: 'integer',
      default: 1,
      update_allowed: true,
      constraints: [{ range: { min: 1 } }],
    },
    ports: {
      ...plain,
      type: 'list',
      schema: { '*': { ...plain, type: 'map', schema: { id: { ...plain, type: 'string' } } } },
    },
  })
})

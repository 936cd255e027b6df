import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { it } from 'node:test'
import { describeSchema } from '../../src/store/describe-schema.ts'

it('is what schema.sql shows: run tools/schema.ts after adding a migration', async () => {
  assert.equal(readFileSync('src/store/schema.sql', 'utf8'), await describeSchema())
})

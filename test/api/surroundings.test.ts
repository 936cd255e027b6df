import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withDefaults } from '../../src/api/surroundings.ts'

test('what a deployer leaves open has a default', () => {
  const settings = withDefaults({ maxTemplateSize: 10 })
  assert.deepEqual(
    [settings.maxJsonBodySize, settings.maxTemplateSize, settings.believeProxy, settings.apiRoot],
    [1_048_576, 10, false, undefined],
  )
})

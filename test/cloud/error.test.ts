import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CloudError, wordsOf } from '../../src/cloud/index.ts'

const words = (message: string, facts: object) =>
  wordsOf(new CloudError(message, { kind: 'unavailable', service: 'compute', ...facts }))

test('the words of a refusal lead to the service and to its log', () => {
  assert.equal(
    words('Busy', { status: 503, requestId: 'req-1' }),
    'Busy (compute: HTTP 503, Request-ID: req-1)',
  )
  assert.equal(words('Busy (req-1)', { status: 503, requestId: 'req-1' }), 'Busy (req-1) (compute: HTTP 503)')
  assert.equal(words('It did not answer', {}), 'It did not answer (compute)')
})

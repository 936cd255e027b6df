import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalOf, resultOf } from '../sample.ts'

test('gives the reference of a resource', () => {
  assert.equal(resultOf({ get_resource: 'server' }), 'REF:server')
})

test('refuses a resource that is not there', () => {
  assert.equal(
    refusalOf({ get_resource: 'sevrer' }),
    'The specified reference "sevrer" (in unknown) is incorrect.',
  )
  assert.equal(refusalOf({ get_resource: [1] }), 'Argument to "get_resource" must be a string')
})

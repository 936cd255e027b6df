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
  assert.match(refusalOf({ get_resource: [1] }) ?? '', /Argument to "get_resource" must be a string$/)
  assert.equal(
    refusalOf({ get_resource: { get_param: 'list' } }, { parameters: { list: [1] } }),
    'Argument to "get_resource" must be a string',
  )
  assert.equal(refusalOf({ get_resource: 5 }), 'The specified reference "5" (in unknown) is incorrect.')
})

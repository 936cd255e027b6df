import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lookups } from '../../../src/contract/rest/stacks.ts'

test('a name is led on by every method, and below it where Heat does so', () => {
  const addresses = lookups.map(({ address }) => address.replace('/v1/{project_id}/stacks/{stack_name}', ''))
  assert.deepEqual(addresses, [
    'GET ',
    'POST ',
    'PUT ',
    'PATCH ',
    'DELETE ',
    ...['resources', 'events', 'template', 'actions'].flatMap((below) => [`GET /${below}`, `POST /${below}`]),
    'GET /environment',
    'GET /files',
  ])
})

test('looking up is one rule, whatever is asked there', () => {
  assert.deepEqual(
    [...new Set(lookups.map(({ policy, status }) => `${policy} ${status}`))],
    ['stacks:lookup 302'],
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endpoint, fillPath, splitAddress } from '../../src/contract/endpoint.ts'
import { record, whole } from '../../src/contract/reply.ts'
import { integer } from '../../src/schema/index.ts'

test('an endpoint says all of itself', () => {
  const show = endpoint('GET /v1/{project_id}/things/{id}', {
    summary: 'Shows a thing.',
    policy: 'things:show',
    query: { limit: integer('At most.') },
    reply: record({ a: whole('One.', 1) }),
  })
  assert.deepEqual(
    [show.address, show.policy, show.status, show.closed],
    ['GET /v1/{project_id}/things/{id}', 'things:show', 200, false],
  )
  assert.deepEqual(
    [Object.keys(show.query), Object.keys(show.body), show.reply.example],
    [['limit'], [], { a: 1 }],
  )
})

test('an address is a method and a path', () => {
  assert.deepEqual(splitAddress('GET /v1/{a}'), { method: 'GET', path: '/v1/{a}' })
})

test('values in a path are made safe', () => {
  assert.equal(fillPath('GET /v1/{p}/x/{name}', { p: '1', name: 'a b/c?d' }), '/v1/1/x/a%20b%2Fc%3Fd')
  assert.throws(() => fillPath('GET /v1/{p}', {}), { message: 'GET /v1/{p} needs p' })
})

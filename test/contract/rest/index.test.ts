import assert from 'node:assert/strict'
import { test } from 'node:test'
import { allEndpoints } from '../../../src/contract/rest/index.ts'

const all = allEndpoints.flatMap(({ endpoints }) => endpoints)

test('every operation of every family is listed, look-ups included', () => {
  assert.deepEqual(
    allEndpoints.map(({ family }) => family),
    [
      'misc',
      'stacks',
      'actions',
      'resources',
      'events',
      'templates',
      'resourceTypes',
      'softwareConfigs',
      'softwareDeployments',
    ],
  )
  assert.equal(all.filter(({ name }) => name === 'lookups').length, 15)
  assert.ok(all.length >= 57)
})

test('no two operations share an address', () => {
  assert.equal(new Set(all.map(({ endpoint }) => endpoint.address)).size, all.length)
})

test('every operation and every key of its query and body says what it is for', () => {
  for (const { endpoint } of all) {
    assert.match(endpoint.summary, /\.$/, endpoint.address)
    const fields = Object.entries({ ...endpoint.query, ...endpoint.body }) as [
      string,
      { description: string },
    ][]
    for (const [key, { description }] of fields)
      assert.notEqual(description, '', `${endpoint.address} ${key}`)
  }
})

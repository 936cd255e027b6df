import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crossOriginHeaders } from '../../src/api/cross-origin.ts'

test('pages of an allowed origin may read the answer', () => {
  const headers = crossOriginHeaders({ origin: 'https://a' }, ['https://a'])
  assert.equal(headers?.['access-control-allow-origin'], 'https://a')
  assert.match(headers?.['access-control-expose-headers'] ?? '', /X-OpenStack-Request-ID/)
})

test('a browser that asks first is told what it may send', () => {
  const headers = crossOriginHeaders({ origin: 'https://a', 'access-control-request-method': 'PUT' }, ['*'])
  assert.match(headers?.['access-control-allow-methods'] ?? '', /PUT/)
  assert.match(headers?.['access-control-allow-headers'] ?? '', /X-Auth-Token/)
})

test('other origins, and requests from no page, are told nothing', () => {
  assert.equal(crossOriginHeaders({ origin: 'https://b' }, ['https://a']), undefined)
  assert.equal(crossOriginHeaders({}, ['*']), undefined)
})

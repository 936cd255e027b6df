import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CrossOrigin, crossOriginHeaders, usualCrossOrigin } from '../../src/api/cross-origin.ts'

const rules = (allowedOrigins: readonly string[], more: Partial<CrossOrigin> = {}): CrossOrigin => ({
  ...usualCrossOrigin,
  allowedOrigins,
  ...more,
})

test('pages of an allowed origin may read the answer', () => {
  assert.deepEqual(crossOriginHeaders({ origin: 'https://a' }, rules(['https://a', '*'])), {
    'access-control-allow-origin': 'https://a',
    vary: 'Origin',
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'X-Auth-Token,X-Subject-Token,X-Service-Token,X-OpenStack-Request-ID',
  })
  const bare = rules(['*'], { allowCredentials: false, exposeHeaders: [] })
  assert.deepEqual(crossOriginHeaders({ origin: 'https://a' }, bare), {
    'access-control-allow-origin': '*',
    vary: 'Origin',
  })
})

test('a browser that asks first is told that it may send what it wants to', () => {
  const asking = {
    origin: 'https://a',
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'x-auth-token, content-type',
  }
  assert.deepEqual(crossOriginHeaders(asking, rules(['https://a'])), {
    'access-control-allow-origin': 'https://a',
    vary: 'Origin',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'PUT',
    'access-control-allow-headers': 'x-auth-token,content-type',
    'access-control-max-age': '3600',
  })
  const { 'access-control-request-headers': _, ...plain } = asking
  const without = crossOriginHeaders(plain, rules(['https://a'], { maxAgeSeconds: 0 })) ?? {}
  assert.equal('access-control-allow-headers' in without || 'access-control-max-age' in without, false)
  for (const other of [
    { 'access-control-request-method': 'TRACE' },
    { 'access-control-request-headers': 'x-auth-token,x-other' },
  ])
    assert.equal(crossOriginHeaders({ ...asking, ...other }, rules(['https://a'])), undefined)
  const more = rules(['https://a'], { allowMethods: ['TRACE'], allowHeaders: ['X-Other'] })
  const asksMore = { 'access-control-request-method': 'TRACE', 'access-control-request-headers': 'x-other' }
  assert.ok(crossOriginHeaders({ ...asking, ...asksMore }, more))
})

test('other origins, and requests from no page, are told nothing', () => {
  assert.equal(crossOriginHeaders({ origin: 'https://b' }, rules(['https://a'])), undefined)
  assert.equal(crossOriginHeaders({ origin: 'https://a.evil' }, rules(['https://a'])), undefined)
  assert.equal(crossOriginHeaders({ origin: 'null' }, rules(['https://a'])), undefined)
  assert.equal(crossOriginHeaders({}, rules(['*'])), undefined)
})

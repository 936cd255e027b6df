import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FastifyRequest } from 'fastify'
import { clientAddress, networkOf } from '../../src/api/visitor.ts'

const from = (remoteAddress: string, headers: Readonly<Record<string, string>> = {}) =>
  ({ headers, raw: { socket: { remoteAddress } } }) as unknown as FastifyRequest

test('a request comes from where its connection does, whatever it says, unless proxies are believed', () => {
  const headers = { 'x-forwarded-for': '1.2.3.4', forwarded: 'for=5.6.7.8' }
  assert.equal(clientAddress(from('10.0.0.1', headers), { believeProxy: false }), '10.0.0.1')
  assert.equal(clientAddress(from('::ffff:10.0.0.1'), { believeProxy: false }), '10.0.0.1')
})

test('of what proxies say that counts which the nearest saw, for the client may have written the rest', () => {
  for (const [headers, address] of [
    [{}, '10.0.0.1'],
    [{ 'x-forwarded-for': '6.6.6.6, 1.2.3.4' }, '1.2.3.4'],
    [{ 'x-forwarded-for': '1.2.3.4:5678' }, '1.2.3.4'],
    [{ 'x-forwarded-for': '2001:db8::1' }, '2001:db8::1'],
    [{ forwarded: 'for=6.6.6.6, for="[2001:db8::2]:99";proto=https' }, '2001:db8::2'],
    [{ forwarded: 'proto=https;For=1.2.3.4', 'x-forwarded-for': '9.9.9.9' }, '1.2.3.4'],
    [{ forwarded: 'proto=https', 'x-forwarded-for': '9.9.9.9' }, '9.9.9.9'],
  ] as const)
    assert.equal(clientAddress(from('10.0.0.1', headers), { believeProxy: true }), address)
  const long = clientAddress(from('10.0.0.1', { 'x-forwarded-for': 'x'.repeat(5000) }), {
    believeProxy: true,
  })
  assert.equal(long.length, 64)
})

test('all addresses of IPv6 that one visitor has are one', () => {
  assert.equal(networkOf('10.0.0.1'), '10.0.0.1')
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), '2001:db8:1:2')
  assert.equal(networkOf('2001:db8::1'), '2001:db8:0:0')
  assert.equal(networkOf('::1'), '0:0:0:0')
  assert.equal(networkOf('fe80::'), 'fe80:0:0:0')
})

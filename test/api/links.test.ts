import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOf, Links } from '../../src/api/links.ts'

const local = '127.0.0.1:8004'

test('the address is the one that the client asked for', () => {
  assert.equal(
    addressOf({ headers: { host: 'cloud:8004' }, encrypted: false, local }, false),
    'http://cloud:8004',
  )
  assert.equal(addressOf({ headers: { host: 'cloud' }, encrypted: true, local }, false), 'https://cloud')
  assert.equal(addressOf({ headers: {}, encrypted: false, local }, false), 'http://127.0.0.1:8004')
})

test('what proxies say counts only where they are believed', () => {
  const headers = {
    host: 'inner:1',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'outer',
    forwarded: 'proto=https',
  }
  assert.equal(addressOf({ headers, encrypted: false, local }, false), 'http://inner:1')
  assert.equal(addressOf({ headers, encrypted: false, local }, true), 'https://outer')
})

test('of several proxies the one nearest to the client is believed', () => {
  const headers = { host: 'inner', 'x-forwarded-proto': 'https, http', 'x-forwarded-host': 'outer, middle' }
  assert.equal(addressOf({ headers, encrypted: false, local }, true), 'https://outer')
})

test('port and prefix of a proxy are part of the address', () => {
  const headers = {
    host: 'inner',
    'x-forwarded-host': 'outer',
    'x-forwarded-port': '8443',
    'x-forwarded-prefix': '/heat/',
  }
  assert.equal(addressOf({ headers, encrypted: false, local }, true), 'http://outer:8443/heat')
})

test('the standard header wins over the older ones', () => {
  const headers = {
    host: 'inner',
    forwarded: 'for=1.2.3.4;proto=https;host="a.b:7"',
    'x-forwarded-host': 'outer',
  }
  assert.equal(addressOf({ headers, encrypted: false, local }, true), 'https://a.b:7')
})

test('what does not look like a host, a scheme or a path comes into no link', () => {
  const bad = {
    host: 'inner',
    'x-forwarded-proto': 'javascript',
    'x-forwarded-host': 'evil"><script>',
    'x-forwarded-port': '80/x',
    'x-forwarded-prefix': '//evil.example/..;',
  }
  assert.equal(addressOf({ headers: bad, encrypted: false, local }, true), 'http://inner')
  for (const host of ['a b', 'a/b', 'a@b', 'a?b', '[::1', 'x'.repeat(300)])
    assert.equal(
      addressOf({ headers: { host }, encrypted: false, local }, false),
      'http://127.0.0.1:8004',
      host,
    )
  for (const host of ['a', 'a-b.c_d:80', '[::1]:8004', '10.0.0.1'])
    assert.equal(addressOf({ headers: { host }, encrypted: false, local }, false), `http://${host}`)
})

test('names are made safe for an address', () => {
  const links = new Links('http://h/v1')
  const stack = { projectId: 'p', name: 'a.b_c-d', id: '1' }
  assert.deepEqual(links.stack(stack), { href: 'http://h/v1/p/stacks/a.b_c-d/1', rel: 'self' })
  assert.deepEqual(links.resource(stack, 'x y/z', 'resource'), {
    href: 'http://h/v1/p/stacks/a.b_c-d/1/resources/x%20y%2Fz',
    rel: 'resource',
  })
  assert.equal(links.event(stack, 'r', 'e').href, 'http://h/v1/p/stacks/a.b_c-d/1/resources/r/events/e')
})

test('links of different stacks do not mix', () => {
  const links = new Links('http://h/v1')
  const one = { projectId: 'p', name: 'a', id: '1' }
  const two = { projectId: 'p', name: 'b', id: '2' }
  assert.deepEqual(
    [one, two, one].map((stack) => links.stackHref(stack)),
    ['http://h/v1/p/stacks/a/1', 'http://h/v1/p/stacks/b/2', 'http://h/v1/p/stacks/a/1'],
  )
})

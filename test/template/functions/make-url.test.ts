import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { refusalOf, resultOf } from '../sample.ts'

const cases: readonly (readonly [JsonMap, string])[] = [
  [{ scheme: 'https', host: 'a.example', port: 8443, path: '/x y/z' }, 'https://a.example:8443/x%20y/z'],
  [{ scheme: 'http', username: 'u@x', password: 'p:/', host: 'h' }, 'http://u%40x:p%3A%2F@h'],
  [{ scheme: 'http', host: 'fe80::1', path: 'rel' }, 'http://[fe80::1]/rel'],
  [{ scheme: 'http', host: '[fe80::1]', port: '80' }, 'http://[fe80::1]:80'],
  [
    { scheme: 'http', host: 'h', query: { 'a b': 'c/d', e: '&' }, fragment: 'f g' },
    'http://h?a+b=c/d&e=%26#f%20g',
  ],
  [{ scheme: 'file', path: '/a' }, 'file:///a'],
  [{ path: '/a' }, '/a'],
]

for (const [parts, url] of cases) {
  test(`makes ${url}`, () => assert.equal(resultOf({ make_url: parts }), url))
}

test('refuses parts that are wrong', () => {
  assert.match(refusalOf({ make_url: 'x' }) ?? '', /The arguments to "make_url" must be a map/)
  assert.match(refusalOf({ make_url: { hots: 'x' } }) ?? '', /Invalid arguments to "make_url": hots/)
  assert.match(
    refusalOf({ make_url: { port: 70000 } }) ?? '',
    /Invalid URL port 70000, must be in range 1-65535/,
  )
  assert.match(
    refusalOf({ make_url: { port: 'x' } }) ?? '',
    /Invalid URL port "x" for make_url called with {'port': 'x'}/,
  )
  assert.match(
    refusalOf({ make_url: { host: 5 } }) ?? '',
    /The "host" argument to "make_url" must be a string/,
  )
  assert.match(
    refusalOf({ make_url: { query: 'a=b' } }) ?? '',
    /The "query" argument to "make_url" must be a map/,
  )
  assert.equal(refusalOf({ make_url: { scheme: 'http:' } }), 'URL "scheme" should not contain \':\'')
})

test('wants its parts written out as a map', () => {
  assert.match(
    refusalOf({ make_url: { get_param: 'it' } }, { parameters: { it: { host: 'a' } } }) ?? '',
    /The arguments to "make_url" must be a map/,
  )
})

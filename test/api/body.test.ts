import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { test } from 'node:test'
import { collect, objectIn } from '../../src/api/body.ts'

const bytes = (text: string) => ({ bytes: Buffer.from(text) })
const read = (text: string, type?: string) => objectIn(bytes(text), type, 1000)

test('a JSON object is read whatever JSON, plain text or no type at all says of it', () => {
  for (const type of [undefined, 'application/json', 'application/json; charset=utf-8', 'text/plain;a=b']) {
    assert.deepEqual(read('{"a":1}', type), { a: 1 })
  }
})

test('bodies of other types, other beginnings or no length count as none', () => {
  assert.equal(read('{"a":1}', 'application/xml'), undefined)
  assert.equal(read('[1]'), undefined)
  assert.equal(read(' {"a":1}'), undefined)
  assert.equal(read(''), undefined)
  assert.equal(objectIn(undefined, undefined, 1), undefined)
})

test('broken JSON is refused', () => {
  assert.throws(() => read('{"a":'), { code: 'HTTPBadRequest', status: 400 })
})

test('a body that is no UTF-8 is refused', () => {
  assert.throws(() => objectIn({ bytes: Buffer.from([0x7b, 0xff, 0x7d]) }, undefined, 10), {
    code: 'HTTPBadRequest',
  })
})

test('a body too deep to walk is refused', () => {
  const deep = `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`
  assert.throws(() => read(deep), { message: 'The body is nested more than 500 levels deep.' })
  assert.ok(read(`{"a":${'['.repeat(400)}${']'.repeat(400)}}`))
})

test('keys with meaning to JavaScript are only keys', () => {
  const value = read('{"__proto__":{"admin":true},"constructor":1}')
  assert.deepEqual(Object.keys(value ?? {}), ['__proto__', 'constructor'])
  assert.equal(({} as { admin?: boolean }).admin, undefined)
})

test('a body within the limit is collected whole', async () => {
  const stream = Readable.from([Buffer.from('{"a"'), Buffer.from(':1}')])
  assert.deepEqual(await collect(stream, { announced: 7, limit: 7 }), bytes('{"a":1}'))
})

test('a body announced as too large is refused before it arrives', async () => {
  const stream = new Readable({ read() {} })
  assert.deepEqual(await collect(stream, { announced: 100, limit: 10 }), { tooLarge: 100 })
})

test('a body that grows too large is refused when it does, and the rest is thrown away', async () => {
  const stream = Readable.from(Array.from({ length: 50 }, () => Buffer.alloc(10)))
  assert.deepEqual(await collect(stream, { announced: 0, limit: 25 }), { tooLarge: 30 })
  await finished(stream)
})

test('a body that breaks off is refused', async () => {
  const stream = new Readable({ read() {} })
  const collecting = collect(stream, { announced: 10, limit: 10 })
  stream.destroy(new Error('gone'))
  await assert.rejects(collecting, { code: 'HTTPBadRequest' })
})

test('too large a body is refused in words that name both sizes', () => {
  assert.throws(() => objectIn({ tooLarge: 2000 }, undefined, 1000), {
    code: 'RequestLimitExceeded',
    status: 400,
    message: 'Request limit exceeded: JSON body size (2000 bytes) exceeds maximum allowed size (1000 bytes).',
  })
})

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { hash, hashNames } from '../../../src/template/hash/hash.ts'

/** What OpenSSL calls them. */
const names: Readonly<Record<string, string>> = {
  sha3_224: 'sha3-224',
  sha3_256: 'sha3-256',
  sha3_384: 'sha3-384',
  sha3_512: 'sha3-512',
  blake2b: 'blake2b512',
  blake2s: 'blake2s256',
}

for (const name of hashNames) {
  test(`${name} agrees with the platform's, around the ends of its blocks`, () => {
    for (const length of [
      0, 1, 55, 56, 63, 64, 65, 71, 72, 103, 104, 111, 112, 127, 128, 129, 135, 136, 143, 144, 145, 1000,
    ]) {
      const message = Uint8Array.from({ length }, (_, i) => (i * 7) & 255)
      assert.equal(
        hash(name, message),
        createHash(names[name] ?? name)
          .update(message)
          .digest('hex'),
      )
    }
  })
}

test('an algorithm that is not known gives nothing', () => {
  assert.equal(hash('constructor', new Uint8Array()), undefined)
})

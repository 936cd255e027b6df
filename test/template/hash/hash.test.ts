import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { hash, hashNames } from '../../../src/template/hash/hash.ts'

for (const name of hashNames) {
  test(`${name} agrees with the platform's, around the ends of its blocks`, () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 111, 112, 127, 128, 129, 1000]) {
      const message = Uint8Array.from({ length }, (_, i) => (i * 7) & 255)
      assert.equal(hash(name, message), createHash(name).update(message).digest('hex'))
    }
  })
}

test('an algorithm that is not known gives nothing', () => {
  assert.equal(hash('constructor', new Uint8Array()), undefined)
})

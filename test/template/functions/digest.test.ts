import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusalOf, resultOf } from '../sample.ts'

test('digests a text, the name of the algorithm in any case', () => {
  assert.equal(resultOf({ digest: ['md5', 'abc'] }), '900150983cd24fb0d6963f7d28e17f72')
  assert.equal(resultOf({ digest: ['SHA1', 'é'] }), '1599e9fa41ec68c80230491902786bee889f5bcb')
})

test('refuses other arguments', () => {
  assert.equal(refusalOf({ digest: ['md5'] }), 'Function "digest" usage: ["<algorithm>", "<value>"]')
  assert.equal(refusalOf({ digest: 'md5' }), 'Argument to function "digest" must be a list of strings')
  assert.match(refusalOf({ digest: ['md6', 'x'] }) ?? '', /^Algorithm must be one of md5, sha1/)
  assert.match(refusalOf({ digest: ['md5', '€'] }) ?? '', /not in Latin-1/)
})

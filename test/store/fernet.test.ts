import assert from 'node:assert/strict'
import { it } from 'node:test'
import { fernet } from '../../src/store/fernet.ts'

const sealer = fernet('notgood but just long enough i t')

it('opens what it sealed, whatever is in it', () => {
  for (const text of ['', 'a', 'x'.repeat(100_000), 'schlüssel 🔑', '\0'])
    assert.equal(sealer.unseal(sealer.seal(text)), text)
})

it('never seals twice alike', () => {
  assert.notEqual(sealer.seal('secret'), sealer.seal('secret'))
})

it('opens a token that was made by Python', () => {
  assert.equal(
    sealer.unseal(
      'gAAAAABrAvycgJ-UuMwbDVKylCWzpx2ehWkQqm5CRTdW7TxutHAwbKIBBcBI2lYDlPmLoLymgrHAN1W9ynrDcQkjo7Az5mRkuYZWx9vCy6Oqh4SDVNtn-1E=',
    ),
    'made by python: ключ',
  )
})

it('refuses what was made with another key, or changed', () => {
  const token = sealer.seal('secret')
  const middle = token.length / 2
  const changed = token.slice(0, middle) + (token[middle] === 'A' ? 'B' : 'A') + token.slice(middle + 1)
  for (const bad of [changed, '', 'short', token.slice(0, -40)]) {
    assert.throws(() => sealer.unseal(bad), /was auth_encryption_key changed/)
  }
  assert.throws(
    () => fernet('another key, of 32 characters...').unseal(token),
    /was auth_encryption_key changed/,
  )
})

it('uses the first 32 characters of a longer key, and refuses a shorter one', () => {
  const token = fernet(`${'k'.repeat(32)}tail`).seal('secret')
  assert.equal(fernet('k'.repeat(32)).unseal(token), 'secret')
  assert.throws(() => fernet('k'.repeat(31)), /must have 32 characters/)
  assert.throws(() => fernet('ü'.repeat(32)), /all of them ASCII/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { useCertificates } from '../../src/client/index.ts'

test('a file that is not there is told', async () => {
  await assert.rejects(useCertificates({ caFile: '/nowhere/ca.pem' }), { code: 'ENOENT' })
})

test('with nothing to say nothing changes', async () => {
  const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED
  await useCertificates({})
  assert.equal(process.env.NODE_TLS_REJECT_UNAUTHORIZED, before)
})

import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey } from 'node:crypto'
import { test } from 'node:test'
import { openCloud } from '../cloud.ts'

const keypairs = '/compute/v2.1/os-keypairs'
const old = { 'openstack-api-version': 'compute 2.1' }

test('a key that Nova makes is a real one, whose private half is shown once', async () => {
  await using cloud = await openCloud()
  const reply = await cloud.demo.post(keypairs, { keypair: { name: 'k' } }, old)
  assert.equal(reply.status, 200)
  const { private_key, public_key, fingerprint } = reply.body.keypair
  const { n } = createPublicKey(createPrivateKey(private_key)).export({ format: 'jwk' })
  const body = Buffer.from(public_key.split(' ')[1], 'base64')
  assert.match(public_key, /^ssh-rsa .* Generated-by-Nova$/)
  assert.ok(body.subarray(-256).equals(Buffer.from(String(n), 'base64url')))
  assert.match(fingerprint, /^([0-9a-f]{2}:){15}[0-9a-f]{2}$/)
  assert.equal((await cloud.demo.get(`${keypairs}/k`)).body.keypair.private_key, undefined)
})

test('a key has a name of its own, must be a key, and from 2.92 must be given', async () => {
  await using cloud = await openCloud()
  const { public_key } = (await cloud.demo.get(`${keypairs}/lab`)).body.keypair
  const status = async (keypair: object, headers = {}) =>
    (await cloud.demo.post(keypairs, { keypair }, headers)).status
  assert.equal(await status({ name: 'a', public_key }), 201)
  assert.equal(await status({ name: 'a', public_key }), 409)
  assert.equal(await status({ name: 'b', public_key: 'ssh-rsa nonsense' }), 400)
  assert.equal(await status({ name: 'b' }), 400)
  assert.equal(await status({ name: 'b/c', public_key }), 400)
  assert.equal((await cloud.admin.get(`${keypairs}/a`)).status, 404)
  assert.equal((await cloud.demo.delete(`${keypairs}/a`)).status, 204)
  const { body } = await cloud.demo.get(`${keypairs}/a`)
  assert.equal(body.itemNotFound.message, `Keypair a not found for user ${cloud.demo.userId}`)
})

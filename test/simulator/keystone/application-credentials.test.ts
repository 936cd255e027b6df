import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud } from '../cloud.ts'

test('an application credential opens its project with its roles, and shows its secret once', async () => {
  await using cloud = await openCloud()
  const path = `/identity/v3/users/${cloud.demo.userId}/application_credentials`
  const made = await cloud.demo.make(path, {
    application_credential: { name: 'a', roles: [{ name: 'member' }] },
  })
  const { secret, id } = made
  const by = (given: object) => ({
    identity: { methods: ['application_credential'], application_credential: given },
  })
  const person = await cloud.as(by({ id, secret }))
  assert.equal(person.projectId, cloud.demo.projectId)
  const named = await cloud.as(by({ name: 'a', user: { name: 'demo', domain: { id: 'default' } }, secret }))
  assert.equal(named.userId, cloud.demo.userId)
  assert.equal(
    (await cloud.ask('POST', '/identity/v3/auth/tokens', { auth: by({ id, secret: 'x' }) })).status,
    401,
  )
  assert.equal((await cloud.demo.get(`${path}/${id}`)).body.application_credential.secret, undefined)
  assert.equal((await cloud.demo.post(path, { application_credential: { name: 'a' } })).status, 409)
})

test('what was lent by a credential is not lent on: no trusts, no further credentials, no tokens', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  const path = `/identity/v3/users/${demo.userId}/application_credentials`
  const { id, secret } = await demo.make(path, { application_credential: { name: 'a' } })
  const lent = await cloud.as({
    identity: { methods: ['application_credential'], application_credential: { id, secret } },
  })
  const trust = {
    trustor_user_id: demo.userId,
    trustee_user_id: demo.userId,
    project_id: demo.projectId,
    impersonation: true,
    roles: [{ name: 'member' }],
  }
  assert.equal((await lent.post('/identity/v3/OS-TRUST/trusts', { trust })).status, 403)
  assert.equal((await lent.post(path, { application_credential: { name: 'b' } })).status, 403)
  const more = await cloud.ask('POST', '/identity/v3/auth/tokens', {
    auth: { identity: { methods: ['token'], token: { id: lent.token } } },
  })
  assert.equal(more.status, 403)
  assert.equal((await demo.delete(`${path}/${id}`)).status, 204)
  assert.equal((await lent.get('/network/v2.0/networks')).status, 401)
})

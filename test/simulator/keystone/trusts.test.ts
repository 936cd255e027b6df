import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byPassword, type Cloud, openCloud } from '../cloud.ts'

const trusts = '/identity/v3/OS-TRUST/trusts'

const trustOf = ({ demo }: Cloud, trustee: string, more: object = {}) => ({
  trust: {
    trustor_user_id: demo.userId,
    trustee_user_id: trustee,
    project_id: demo.projectId,
    impersonation: true,
    roles: [{ name: 'member' }],
    ...more,
  },
})

const asHearth = async (cloud: Cloud) => cloud.as(byPassword('hearth'))

test('a trustee speaks for the trustor, with the roles that the trust gives', async () => {
  await using cloud = await openCloud()
  const hearth = await asHearth(cloud)
  const trust = await cloud.demo.make(trusts, trustOf(cloud, hearth.userId))
  assert.deepEqual(
    trust.roles.map((role: { name: string }) => role.name),
    ['member'],
  )
  const reply = await cloud.ask('POST', '/identity/v3/auth/tokens', {
    auth: byPassword('hearth', { 'OS-TRUST:trust': { id: trust.id } }),
  })
  const { token } = reply.body
  assert.equal(token.user.id, cloud.demo.userId)
  assert.equal(token.project.id, cloud.demo.projectId)
  assert.deepEqual(
    token.roles.map((role: { name: string }) => role.name),
    ['member', 'reader'],
  )
  assert.deepEqual(token['OS-TRUST:trust'], {
    id: trust.id,
    trustor_user: { id: cloud.demo.userId },
    trustee_user: { id: hearth.userId },
    impersonation: true,
  })
})

test('a trust is given only by the trustor, to somebody who is there, of roles that are held', async () => {
  await using cloud = await openCloud()
  const hearth = await asHearth(cloud)
  const status = async (trust: object) => (await cloud.demo.post(trusts, trust)).status
  assert.equal(await status(trustOf(cloud, hearth.userId, { trustor_user_id: hearth.userId })), 403)
  assert.equal(await status(trustOf(cloud, hearth.userId, { roles: [] })), 403)
  assert.equal(await status(trustOf(cloud, hearth.userId, { roles: [{ name: 'admin' }] })), 404)
  assert.equal(await status(trustOf(cloud, hearth.userId, { roles: [{ name: 'none' }] })), 404)
  assert.equal(await status(trustOf(cloud, 'nobody')), 404)
  assert.equal(await status({ trust: { trustor_user_id: cloud.demo.userId } }), 400)
})

test('a trust ends with its deletion, its last use or its time', async () => {
  await using cloud = await openCloud()
  const hearth = await asHearth(cloud)
  const use = (id: string) =>
    cloud.ask('POST', '/identity/v3/auth/tokens', {
      auth: byPassword('hearth', { 'OS-TRUST:trust': { id } }),
    })
  const gone = await cloud.demo.make(trusts, trustOf(cloud, hearth.userId))
  const held = (await use(gone.id)).headers.get('x-subject-token') ?? ''
  assert.equal((await cloud.demo.delete(`${trusts}/${gone.id}`)).status, 204)
  assert.equal((await use(gone.id)).status, 401)
  assert.equal(
    (await cloud.ask('GET', '/network/v2.0/networks', undefined, { 'x-auth-token': held })).status,
    401,
  )

  const once = await cloud.demo.make(trusts, trustOf(cloud, hearth.userId, { remaining_uses: 1 }))
  assert.equal((await use(once.id)).status, 201)
  assert.equal((await use(once.id)).status, 403)

  const brief = await cloud.demo.make(
    trusts,
    trustOf(cloud, hearth.userId, { expires_at: '2026-01-31T09:30:05Z' }),
  )
  assert.equal((await use(brief.id)).status, 201)
  cloud.clock.advance(6000)
  assert.equal((await use(brief.id)).status, 401)
})

test('a trust is nothing to a third person, and a token of a trust is no way to another token', async () => {
  await using cloud = await openCloud()
  const hearth = await asHearth(cloud)
  const trust = await cloud.demo.make(trusts, trustOf(cloud, hearth.userId))
  assert.equal((await cloud.demo.get(trusts)).status, 403)
  const own = await cloud.demo.get(`${trusts}?trustor_user_id=${cloud.demo.userId}`)
  assert.equal(own.body.trusts.length, 1)
  const wrong = await cloud.ask('POST', '/identity/v3/auth/tokens', {
    auth: byPassword('demo', { 'OS-TRUST:trust': { id: trust.id } }),
  })
  assert.equal(wrong.status, 403)
  const lent = await cloud.as(byPassword('hearth', { 'OS-TRUST:trust': { id: trust.id } }))
  const again = await cloud.ask('POST', '/identity/v3/auth/tokens', {
    auth: { identity: { methods: ['token'], token: { id: lent.token } } },
  })
  assert.equal(again.status, 403)
})

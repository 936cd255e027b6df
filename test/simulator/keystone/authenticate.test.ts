import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byPassword, openCloud } from '../cloud.ts'

const tokens = '/identity/v3/auth/tokens'
const demoScope = { project: { name: 'demo', domain: { id: 'default' } } }

test('a token says who, for what, with which roles, how long, and where everything is', async () => {
  await using cloud = await openCloud()
  const { status, headers, body } = await cloud.ask('POST', tokens, { auth: byPassword('demo', demoScope) })
  assert.equal(status, 201)
  assert.equal(headers.get('vary'), 'X-Auth-Token')
  const { token } = body
  assert.deepEqual(token.methods, ['password'])
  assert.deepEqual(token.user, {
    domain: { id: 'default', name: 'Default' },
    id: cloud.demo.userId,
    name: 'demo',
    password_expires_at: null,
  })
  assert.equal(token.project.id, cloud.demo.projectId)
  const names = token.roles.map((role: { name: string }) => role.name).sort()
  assert.deepEqual(names, ['creator', 'heat_stack_owner', 'load-balancer_member', 'member', 'reader'])
  assert.equal(token.issued_at, '2026-01-31T09:30:00.000000Z')
  assert.equal(token.expires_at, '2026-01-31T10:30:00.000000Z')
  assert.equal(token.audit_ids.length, 1)
  assert.equal(token.catalog.length, 7)
})

test('without a scope the default project is meant, and nothing if it is to be unscoped', async () => {
  await using cloud = await openCloud()
  const usual = await cloud.ask('POST', tokens, { auth: byPassword('demo') })
  assert.equal(usual.body.token.project.id, cloud.demo.projectId)
  const bare = await cloud.ask('POST', tokens, { auth: byPassword('demo', 'unscoped') })
  assert.equal(bare.body.token.project, undefined)
  assert.equal(bare.body.token.catalog, undefined)
})

test('what can not be proved is 401, and what can not be read is 400', async () => {
  await using cloud = await openCloud()
  const status = async (auth: unknown) => (await cloud.ask('POST', tokens, { auth })).status
  assert.equal(await status(byPassword('demo', undefined, 'wrong')), 401)
  assert.equal(await status(byPassword('nobody')), 401)
  assert.equal(
    await status(byPassword('demo', { project: { name: 'admin', domain: { id: 'default' } } })),
    401,
  )
  assert.equal(await status(byPassword('demo', { project: { id: 'nothing' } })), 401)
  assert.equal(await status({}), 400)
  assert.equal(await status({ identity: { methods: ['password'] } }), 400)
  assert.equal((await cloud.ask('POST', tokens, {})).status, 400)
})

test('a token is good until it expires, and is renewed for no longer', async () => {
  await using cloud = await openCloud({ tokenTtlSeconds: 10 })
  const old = cloud.demo.token
  cloud.clock.advance(4000)
  const renewed = await cloud.ask('POST', tokens, {
    auth: { identity: { methods: ['token'], token: { id: old } }, scope: demoScope },
  })
  assert.deepEqual(renewed.body.token.methods, ['token', 'password'])
  assert.equal(renewed.body.token.expires_at, '2026-01-31T09:30:10.000000Z')
  assert.equal((await cloud.demo.get('/network/v2.0/networks')).status, 200)
  cloud.clock.advance(6000)
  assert.equal((await cloud.demo.get('/network/v2.0/networks')).status, 401)
  const again = await cloud.ask('POST', tokens, {
    auth: { identity: { methods: ['token'], token: { id: old } } },
  })
  assert.equal(again.status, 404)
})

test('a token is shown to its owner and to services, and is gone once it is revoked', async () => {
  await using cloud = await openCloud()
  const about = (token: string) => ({ 'x-subject-token': token })
  const own = await cloud.demo.get(`${tokens}?nocatalog`, about(cloud.demo.token))
  assert.equal(own.body.token.catalog, undefined)
  assert.equal(own.headers.get('x-subject-token'), cloud.demo.token)
  assert.equal((await cloud.demo.get(tokens, about(cloud.admin.token))).status, 403)
  assert.equal((await cloud.admin.get(tokens, about('bogus'))).status, 404)
  assert.equal((await cloud.admin.ask('HEAD', tokens, undefined, about(cloud.demo.token))).status, 200)
  assert.equal((await cloud.admin.ask('DELETE', tokens, undefined, about(cloud.demo.token))).status, 204)
  assert.equal((await cloud.demo.get('/network/v2.0/networks')).status, 401)
})

test('a token loses what its user loses', async () => {
  await using cloud = await openCloud()
  const { admin, demo } = cloud
  const role = (await admin.get('/identity/v3/roles?name=member')).body.roles[0]
  const user = await admin.make('/identity/v3/users', { user: { name: 'guest', password: 'x' } })
  const grant = `/identity/v3/projects/${demo.projectId}/users/${user.id}/roles/${role.id}`
  assert.equal((await admin.put(grant)).status, 204)
  const guest = await cloud.as(byPassword('guest', demoScope, 'x'))
  assert.equal((await guest.get('/network/v2.0/networks')).status, 200)
  assert.equal((await admin.delete(grant)).status, 204)
  assert.equal((await guest.get('/network/v2.0/networks')).status, 401)
  await admin.put(grant)
  assert.equal((await guest.get('/network/v2.0/networks')).status, 200)
  await admin.patch(`/identity/v3/users/${user.id}`, { user: { enabled: false } })
  assert.equal((await guest.get('/network/v2.0/networks')).status, 401)
})

test('an admin of a domain works in it by a token for it', async () => {
  await using cloud = await openCloud()
  const { admin } = cloud
  const domain = await admin.make('/identity/v3/domains', { domain: { name: 'stacks' } })
  const user = await admin.make('/identity/v3/users', {
    user: { name: 'owner', domain_id: domain.id, password: 'q' },
  })
  const role = (await admin.get('/identity/v3/roles?name=admin')).body.roles[0]
  await admin.put(`/identity/v3/domains/${domain.id}/users/${user.id}/roles/${role.id}`)
  const owner = await cloud.as({
    identity: { methods: ['password'], password: { user: { id: user.id, password: 'q' } } },
    scope: { domain: { id: domain.id } },
  })
  const project = await owner.make('/identity/v3/projects', { project: { name: 'inner' } })
  assert.equal(project.domain_id, domain.id)
  assert.equal((await admin.delete(`/identity/v3/domains/${domain.id}`)).status, 403)
  await admin.patch(`/identity/v3/domains/${domain.id}`, { domain: { enabled: false } })
  assert.equal((await admin.delete(`/identity/v3/domains/${domain.id}`)).status, 204)
  assert.equal((await admin.get(`/identity/v3/projects/${project.id}`)).status, 404)
})

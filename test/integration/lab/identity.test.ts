import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { systemClock } from '../../../src/base/clock.ts'
import {
  type CloudSession,
  type Credential,
  connect,
  microversions,
  transport,
} from '../../../src/cloud/index.ts'
import { keystone } from '../../../src/cloud/keystone/index.ts'
import type { Caller } from '../../../src/contract/views.ts'
import { delegation, ownSession, readCloud, tokenValidator } from '../../../src/identity/index.ts'

// Runs against the OpenStack of the OS_* variables (an administrator's), which must have a user and project `demo` and a
// user `nova` in the project `service`, all with the administrator's password.
const skip = process.env.HEARTH_LAB === undefined && 'set HEARTH_LAB=1 and OS_* to run it'

describe('identity on a real OpenStack', { skip }, () => {
  const opened = transport()
  const domain = { name: 'Default' }
  let authUrl = ''
  let password = ''
  let region: string | undefined

  const place = () => ({ transport: opened, authUrl, ...(region !== undefined && { region }) })
  const as = (name: string, project: string): Credential => ({
    by: 'password',
    user: { name, domain },
    password,
    scope: { project: { name: project, domain } },
  })
  const service = () => ({ ...place(), credential: as('nova', 'service') })
  const demo = (): Promise<CloudSession> => connect({ ...place(), credential: as('demo', 'demo') })
  const validate = (token: string): Promise<Caller> =>
    tokenValidator({ own: ownSession(service()), clock: systemClock }).validate(token)
  const callerOf = async (session: CloudSession): Promise<Caller> => validate((await session.token()).id)

  before(async () => {
    const access = await readCloud('env')
    assert.equal(access.credential.by, 'password')
    authUrl = access.authUrl
    region = access.region
    password = access.credential.by === 'password' ? access.credential.password : ''
  })
  after(() => opened.close())

  it('finds the services and their microversions', async () => {
    const session = await demo()
    for (const types of [['compute'], ['network'], ['image'], ['identity'], ['block-storage', 'volumev3']]) {
      assert.equal(await session.offers(types), true, types[0])
    }
    assert.ok(await microversions(session, ['compute']))
    assert.ok(await microversions(session, ['block-storage']))
    assert.equal(await microversions(session, ['network']), undefined)
    const { body } = await session.request({ service: ['network'], method: 'GET', path: '/networks' })
    assert.ok(Array.isArray((body as { networks: unknown }).networks))
  })

  it('tells who a token belongs to, and refuses what is none', async () => {
    const session = await demo()
    const caller = await callerOf(session)
    assert.equal(caller.userId, session.userId)
    assert.equal(caller.projectId, session.projectId)
    assert.equal(caller.projectName, 'demo')
    assert.ok(caller.roles.includes('member'))
    assert.equal(caller.isAdmin, false)
    await assert.rejects(validate('nonsense'), { status: 401 })
    await session.request({
      service: ['identity'],
      method: 'DELETE',
      path: '/auth/tokens',
      headers: { 'x-subject-token': (await session.token()).id },
    })
    await assert.rejects(callerOf(session), { status: 401 })
  })

  it('gets a new token when its own was revoked', async () => {
    const session = await demo()
    const { id } = await session.token()
    const identity = { service: ['identity'] as const }
    await session.request({
      ...identity,
      method: 'DELETE',
      path: '/auth/tokens',
      headers: { 'x-subject-token': id },
    })
    await session.request({ service: ['network'], method: 'GET', path: '/networks' })
    await session.request({ ...identity, method: 'GET', path: `/users/${session.userId}` })
    assert.notEqual((await session.token()).id, id)
  })

  it('acts through a trust, and deletes it', async () => {
    const delegated = delegation({ own: ownSession(service()) })
    const caller = await callerOf(await demo())
    const stored = await delegated.entrust(caller, false)
    assert.equal(stored.by, 'trust')
    const session = await delegated.sessionFor(stored)
    assert.equal(session.userId, caller.userId)
    assert.equal(session.projectId, caller.projectId)
    await session.request({ service: ['network'], method: 'GET', path: '/networks' })
    const again = await delegated.entrust(await callerOf(session), false)
    assert.deepEqual(again, { ...stored, owned: false })
    await delegated.revoke(again)
    await delegated.revoke(stored)
    await delegated.revoke(stored)
    await assert.rejects(delegated.sessionFor(stored), { kind: 'unauthorized' })
  })

  it('knows its own trusts again by when they end, and tells whether one gives access', async () => {
    const delegated = delegation({ own: ownSession(service()), site: `test ${process.pid}` })
    const caller = await callerOf(await demo())
    const stored = [await delegated.entrust(caller, false), await delegated.entrust(caller, false)]
    const known = (await delegated.given()).map(({ trustId }) => trustId).sort()
    assert.deepEqual(known, stored.map((one) => one.by === 'trust' && one.trustId).sort())
    for (const one of stored) {
      assert.equal(await delegated.opens(one), true)
      await delegated.revoke(one)
      assert.equal(await delegated.opens(one), false)
    }
    assert.deepEqual(await delegated.given(), [])
  })

  it('works with the token of an application credential, which may make no trust', async () => {
    const owner = await demo()
    const path = `/users/${owner.userId}/application_credentials`
    const made = await owner.request({
      service: ['identity'],
      method: 'POST',
      path,
      body: { application_credential: { name: `test-${process.pid}-${Date.now()}`, secret: 's' } },
    })
    const { id } = (made.body as { application_credential: { id: string } }).application_credential
    try {
      const credential: Credential = { by: 'application', application: { id }, secret: 's' }
      const caller = await callerOf(await connect({ ...place(), credential }))
      const delegated = delegation({ own: ownSession(service()) })
      const stored = await delegated.entrust(caller, false)
      assert.equal(stored.by, 'none')
      assert.equal((await delegated.sessionFor(stored, caller)).projectId, caller.projectId)
      const own = { ...place(), credential }
      assert.equal((await delegation({ own: ownSession(own) }).entrust(caller, false)).by, 'own')
    } finally {
      await owner.request({ service: ['identity'], method: 'DELETE', path: `${path}/${id}` })
    }
  })

  it('looks names up', async () => {
    const session = await connect(service())
    const plain = await demo()
    assert.equal(await keystone.find.project.lookup(session, 'demo'), plain.projectId)
    assert.equal(await keystone.find.project.lookup(session, plain.projectId), plain.projectId)
    assert.equal(await keystone.find.user.lookup(session, 'demo{Default}'), plain.userId)
    await assert.rejects(keystone.find.role.lookup(session, 'no-such-role'), { kind: 'not-found' })
    await assert.rejects(keystone.find.project.lookup(plain, 'service'), { kind: 'forbidden' })
  })

  it('registers an endpoint, changes it and leaves it alone', async () => {
    const client = keystone.connect(await connect({ ...place(), credential: as('admin', 'admin') }))
    const wanted = { type: 'hearth-test', name: 'hearth-test', region: region ?? 'RegionOne' }
    const made = await client.registerEndpoint({ ...wanted, url: 'http://127.0.0.1:1/v1/%(project_id)s' })
    try {
      await client.registerEndpoint({ ...wanted, url: 'http://127.0.0.1:2' })
      await client.registerEndpoint({ ...wanted, url: 'http://127.0.0.1:2' })
      const there = await client.endpoints.list({ service_id: made.id })
      assert.deepEqual(there.map((one) => [one.interface, one.url]).sort(), [
        ['admin', 'http://127.0.0.1:2'],
        ['internal', 'http://127.0.0.1:2'],
        ['public', 'http://127.0.0.1:2'],
      ])
    } finally {
      await client.services.delete(made.id)
    }
  })
})

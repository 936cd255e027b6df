import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ownSession, type TokenValidatorOptions, tokenValidator } from '../../src/identity/index.ts'
import { type Stage, stage } from '../cloud/fake-cloud.ts'

const unknownToken = { status: 404, body: { error: { message: 'Could not recognize Fernet token' } } }

/** How often Keystone was asked about other people's tokens. */
const asked = (on: Stage): number =>
  on.cloud.asked.filter((one) => one.headers['x-subject-token'] !== undefined).length

function validator(on: Stage, more: Partial<TokenValidatorOptions> = {}) {
  const credential = { by: 'password', user: { name: 'hearth' }, password: 'p' } as const
  const own = ownSession({ transport: on.transport, authUrl: on.cloud.url, credential })
  return tokenValidator({ own, clock: on.clock, ...more })
}

describe('a token validator', () => {
  it('tells who a token belongs to', async () => {
    await using on = await stage()
    on.cloud.token.facts = { 'OS-TRUST:trust': { id: 'tr1' } }
    assert.deepEqual(await validator(on).validate('theirs'), {
      userId: 'u1',
      userName: 'ann',
      projectId: 'p1',
      projectName: 'demo',
      roles: ['member'],
      isAdmin: false,
      token: 'theirs',
      trustId: 'tr1',
      userDomainId: 'default',
      projectDomainId: 'default',
    })
    assert.equal(on.cloud.asked.at(-1)?.token, 't1')
    assert.ok(on.cloud.asked.at(-1)?.query.has('nocatalog'))
  })

  it('takes the admin role for an administrator, except in a project that Keystone says is not for that', async () => {
    await using on = await stage()
    const roles = [{ name: 'Admin' }]
    on.cloud.token.facts = { roles }
    assert.equal((await validator(on).validate('a')).isAdmin, true)
    on.cloud.token.facts = { roles, is_admin_project: false }
    assert.equal((await validator(on).validate('a')).isAdmin, false)
  })

  it('asks Keystone once for a while, and once for all who ask at the same time', async () => {
    await using on = await stage()
    const { validate } = validator(on)
    await Promise.all(Array.from({ length: 30 }, () => validate('a')))
    await validate('a')
    assert.equal(asked(on), 1)
    on.clock.time += 301_000
    await validate('a')
    assert.equal(asked(on), 2)
    await validate('b')
    assert.equal(asked(on), 3)
  })

  it('never believes an answer beyond the end of the token', async () => {
    await using on = await stage()
    on.cloud.token.seconds = 60
    const { validate } = validator(on)
    await validate('a')
    on.clock.time += 61_000
    on.cloud.token.facts = { expires_at: new Date(on.clock.time - 1000).toISOString() }
    await assert.rejects(validate('a'), { status: 401, message: 'Authentication required' })
  })

  it('refuses an unknown token with 401, and does not ask about it again at once', async () => {
    await using on = await stage()
    const { validate } = validator(on)
    on.cloud.on('/v3/auth/tokens', ({ method }) =>
      method === 'GET'
        ? unknownToken
        : { status: 201, headers: { 'x-subject-token': 'own' }, body: { token: tokenOf(on, 3600) } },
    )
    for (let i = 0; i < 3; i++) await assert.rejects(validate('a'), { code: 'Unauthorized', status: 401 })
    assert.equal(asked(on), 1)
    on.clock.time += 11_000
    await assert.rejects(validate('a'), { status: 401 })
    assert.equal(asked(on), 2)
  })

  it('refuses what can not be a token without asking', async () => {
    await using on = await stage()
    const { validate } = validator(on)
    for (const token of ['', 'a b', 'a\r\nX-Evil: 1', 'é', 'x'.repeat(20_000)]) {
      await assert.rejects(validate(token), { status: 401 })
    }
    assert.equal(on.cloud.asked.length, 0)
  })

  it('answers 503 when Keystone is away, but lets known tokens go on working for a while', async () => {
    await using on = await stage({ tries: 1 })
    const { validate } = validator(on, { graceSeconds: 600 })
    await validate('known')
    on.cloud.on('/v3/auth/tokens', { status: 503 })
    await assert.rejects(validate('new'), { code: 'HTTPServiceUnavailable', status: 503 })
    on.clock.time += 400_000
    assert.equal((await validate('known')).userId, 'u1')
    on.clock.time += 600_000
    await assert.rejects(validate('known'), { status: 503 })
  })

  it('starts without Keystone, and works when it comes', async () => {
    await using on = await stage({ tries: 1 })
    const { validate } = validator(on)
    const down = { status: 503 }
    on.cloud.on('/v3/auth/tokens', down, ({ method }) => ({
      status: method === 'GET' ? 200 : 201,
      headers: { 'x-subject-token': 'own' },
      body: { token: tokenOf(on, 3600) },
    }))
    await assert.rejects(validate('a'), { status: 503 })
    assert.equal((await validate('a')).userId, 'u1')
  })

  it("does not blame the caller when the service's own user is refused", async () => {
    await using on = await stage()
    on.cloud.on('/v3/auth/tokens', { status: 401, body: { error: { message: 'no' } } })
    await assert.rejects(validator(on).validate('a'), { status: 503, message: /keystone_authtoken/ })
  })

  it('lets a token speak for itself where its own user may not ask about others', async () => {
    await using on = await stage()
    on.cloud.on('/v3/auth/tokens', ({ method, token, headers }) => {
      if (method === 'POST')
        return { status: 201, headers: { 'x-subject-token': 'own' }, body: { token: tokenOf(on, 3600) } }
      if (token === 'own') return { status: 403, body: { error: { message: 'identity:validate_token' } } }
      return headers['x-subject-token'] === 'good' && token === 'good'
        ? { body: { token: tokenOf(on, 60) } }
        : { status: 401 }
    })
    const { validate } = validator(on)
    assert.equal((await validate('good')).userId, 'u1')
    await assert.rejects(validate('bad'), { status: 401 })
  })

  it('remembers only so many tokens', async () => {
    await using on = await stage()
    const { validate } = validator(on, { remember: 2 })
    for (const token of ['a', 'b', 'a', 'c', 'a', 'b']) await validate(token)
    assert.equal(asked(on), 4)
  })
})

function tokenOf(on: Stage, seconds: number): object {
  const issued = on.clock.now()
  return {
    issued_at: new Date(issued).toISOString(),
    expires_at: new Date(issued + seconds * 1000).toISOString(),
    user: { id: 'u1', name: 'ann', domain: { id: 'default' } },
    roles: [],
  }
}

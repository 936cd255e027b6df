import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Credential } from '../../src/cloud/index.ts'
import type { Caller } from '../../src/contract/views.ts'
import { type DelegationOptions, delegation, ownSession } from '../../src/identity/index.ts'
import { trustMarks } from '../../src/identity/trust-marks.ts'
import { type Asked, type Stage, stage } from '../cloud/fake-cloud.ts'

const ann: Caller = {
  userId: 'u1',
  userName: 'ann',
  projectId: 'p1',
  projectName: 'demo',
  roles: ['member', 'reader'],
  isAdmin: false,
  token: 'anns',
}
const forbidden = { status: 403, body: { error: { message: 'Delegated tokens cannot manage trusts.' } } }
const made = { status: 201, body: { trust: { id: 'tr1', trustee_user_id: 'svc' } } }

/** Keystone as these tests need it: Ann's token is hers, a trust's is in her name, all others are the service's. */
function identify(on: Stage, refused: ReadonlySet<string> = new Set()): void {
  on.cloud.on('/v3/auth/tokens', (one) => {
    const trustId = trustOf(one)
    if (trustId !== undefined && refused.has(trustId))
      return { status: 401, body: { error: { message: 'no' } } }
    const isAnn = one.headers['x-subject-token'] === 'anns' || trustId !== undefined
    const issued = on.clock.now()
    const token = {
      issued_at: new Date(issued).toISOString(),
      expires_at: new Date(issued + 3600_000).toISOString(),
      user: isAnn ? { id: 'u1', name: 'ann' } : { id: 'svc', name: 'hearth' },
      project: isAnn ? { id: 'p1', name: 'demo' } : { id: 'service', name: 'service' },
      roles: [{ name: 'member' }],
      ...(trustId !== undefined && { 'OS-TRUST:trust': { id: trustId } }),
    }
    return { status: 201, headers: { 'x-subject-token': trustId ?? 'own' }, body: { token } }
  })
}

function trustOf({ body }: Asked): string | undefined {
  const auth = (body as { auth?: { scope?: { 'OS-TRUST:trust'?: { id: string } } } }).auth
  return auth?.scope?.['OS-TRUST:trust']?.id
}

const password: Credential = { by: 'password', user: { name: 'hearth' }, password: 'p' }

function delegate(on: Stage, more: Partial<DelegationOptions> = {}, credential: Credential = password) {
  const connection = { transport: on.transport, authUrl: on.cloud.url, credential }
  return delegation({ own: ownSession(connection), ...more })
}

describe('delegation', () => {
  it("makes a trust to the service's user with the caller's roles", async () => {
    await using on = await stage()
    identify(on)
    on.cloud.on('/v3/OS-TRUST/trusts', made)
    const stored = await delegate(on).entrust(ann, false)
    assert.deepEqual(stored, { by: 'trust', trustId: 'tr1', owned: true, userId: 'u1', projectId: 'p1' })
    const asked = on.cloud.asked.at(-1)
    assert.equal(asked?.token, 'anns')
    assert.deepEqual(asked?.body, {
      trust: {
        trustor_user_id: 'u1',
        trustee_user_id: 'svc',
        project_id: 'p1',
        impersonation: true,
        roles: [{ name: 'member' }, { name: 'reader' }],
      },
    })
  })

  it("keeps the caller's password where a site wants that, if it opens anything (§11)", async () => {
    await using on = await stage()
    const good = new Set(['right'])
    on.cloud.on('/v3/auth/tokens', ({ body }) => {
      const { auth } = body as {
        auth: { identity: { password: { user: { id: string; password: string } } } }
      }
      const { id, password: given } = auth.identity.password.user
      if (!good.has(given)) return { status: 401, body: { error: { message: 'no' } } }
      const expires_at = new Date(on.clock.now() + 3600_000).toISOString()
      const token = { expires_at, user: { id, name: 'ann' }, project: { id: 'p1', name: 'demo' } }
      return { status: 201, headers: { 'x-subject-token': `by ${given}` }, body: { token } }
    })
    const delegated = delegate(on, { by: 'password' })
    const lacking = { code: 'MissingCredentialError', message: 'Missing required credential: X-Auth-Key' }
    await assert.rejects(delegated.entrust(ann, false), lacking)
    await assert.rejects(delegated.entrust({ ...ann, password: 'wrong' }, false), { kind: 'unauthorized' })
    const stored = await delegated.entrust({ ...ann, password: 'right' }, false)
    assert.deepEqual(stored, { by: 'password', password: 'right', userId: 'u1', projectId: 'p1' })
    assert.equal((await (await delegated.sessionFor(stored)).token()).id, 'by right')
    assert.equal(await delegated.opens(stored), true)
    good.clear()
    assert.equal(await delegated.opens(stored), false)
    await assert.rejects(delegated.sessionFor(stored), {
      kind: 'unauthorized',
      message: 'The password to act for the owner of this stack gives no access: no',
    })
    await delegated.revoke(stored)
  })

  it('knows the trusts of its own site again (§11)', async () => {
    await using on = await stage()
    identify(on)
    on.cloud.on('/v3/OS-TRUST/trusts', made)
    const delegated = delegate(on, { site: 'here' })
    await delegated.entrust(ann, false)
    const body = on.cloud.asked.at(-1)?.body as { trust: { expires_at: string } } | undefined
    const end = body?.trust.expires_at ?? null
    const known = {
      trustee_user_id: 'svc',
      trustor_user_id: 'u1',
      project_id: 'p1',
      redelegated_trust_id: null,
    }
    const other = trustMarks('elsewhere').newEnd()
    const trusts = [
      { ...known, id: 'ours', expires_at: end },
      { ...known, id: 'of another site', expires_at: other },
      { ...known, id: 'of nobody knows whom', expires_at: null },
      { ...known, id: 'made of ours', expires_at: end, redelegated_trust_id: 'ours' },
      { ...known, id: 'given to others', expires_at: end, trustee_user_id: 'another' },
    ]
    on.cloud.on('/v3/OS-TRUST/trusts', { body: { trusts } })
    const found = { by: 'trust', trustId: 'ours', owned: true, userId: 'u1', projectId: 'p1' }
    assert.deepEqual(await delegated.given(), [found])
    assert.deepEqual(await delegate(on).given(), [])
  })

  it('makes a trust without an end where Keystone has one that ends just then', async () => {
    await using on = await stage()
    identify(on)
    on.cloud.on('/v3/OS-TRUST/trusts', ({ body }) =>
      JSON.stringify(body).includes('expires_at')
        ? { status: 409, body: { error: { message: 'Duplicate entry found' } } }
        : made,
    )
    const stored = await delegate(on, { site: 'here' }).entrust(ann, false)
    assert.equal(stored.by, 'trust')
  })

  it('tells whether a trust gives access, also while there is a session that it once opened', async () => {
    await using on = await stage()
    const refused = new Set<string>()
    identify(on, refused)
    on.cloud.on('/v3/OS-TRUST/trusts', made)
    const delegated = delegate(on)
    const stored = await delegated.entrust(ann, false)
    on.cloud.on('/v3/OS-TRUST/trusts/tr1', { body: { trust: { id: 'tr1', trustee_user_id: 'svc' } } })
    assert.equal(await delegated.opens(stored), true)
    refused.add('tr1')
    on.cloud.on('/v3/OS-TRUST/trusts/tr1', { status: 401, body: { error: { message: 'no' } } })
    assert.equal(await delegated.opens(stored), false)
    on.cloud.on('/v3/OS-TRUST/trusts/tr1', { status: 500, body: {} })
    const none = { by: 'none', reason: 'it was refused.', userId: 'u1', projectId: 'p1' } as const
    assert.deepEqual([await delegated.opens(none), await delegated.opens(none, ann)], [false, true])
  })

  it('makes a trust that can be passed on once where other services are to act for the caller too', async () => {
    await using on = await stage()
    identify(on)
    on.cloud.on('/v3/OS-TRUST/trusts', made)
    await delegate(on).entrust(ann, true)
    const body = on.cloud.asked.at(-1)?.body as { trust: Record<string, unknown> } | undefined
    assert.deepEqual([body?.trust.allow_redelegation, body?.trust.redelegation_count], [true, 1])
  })

  it('passes on only the roles that the site names (§11)', async () => {
    await using on = await stage()
    identify(on)
    on.cloud.on('/v3/OS-TRUST/trusts', made)
    await delegate(on, { roles: ['heat_stack_owner'] }).entrust(ann, false)
    const body = on.cloud.asked.at(-1)?.body as { trust: { roles: unknown } } | undefined
    assert.deepEqual(body?.trust.roles, [{ name: 'heat_stack_owner' }])
  })

  it('goes on using the trust that a request came through, and never deletes it (§11)', async () => {
    await using on = await stage()
    identify(on)
    on.cloud.on('/v3/OS-TRUST/trusts/tr0', { body: { trust: { id: 'tr0', trustee_user_id: 'svc' } } })
    const delegated = delegate(on)
    const stored = await delegated.entrust({ ...ann, trustId: 'tr0' }, false)
    assert.deepEqual(stored, { by: 'trust', trustId: 'tr0', owned: false, userId: 'u1', projectId: 'p1' })
    await delegated.revoke(stored)
    assert.ok(!on.cloud.calls().some((call) => call.startsWith('DELETE')))
  })

  it("stores nothing for a caller who may make no trust, and then works with the caller's own token", async () => {
    await using on = await stage()
    identify(on)
    on.cloud.on('/v3/OS-TRUST/trusts', forbidden)
    const delegated = delegate(on)
    const stored = await delegated.entrust(ann, false)
    assert.deepEqual(stored, {
      by: 'none',
      reason: 'Delegated tokens cannot manage trusts.',
      userId: 'u1',
      projectId: 'p1',
    })
    assert.equal((await (await delegated.sessionFor(stored, ann)).token()).id, 'anns')
    await assert.rejects(delegated.sessionFor(stored), {
      kind: 'unauthorized',
      message:
        'No credential is stored to act for the owner of this stack: Delegated tokens cannot manage trusts.',
    })
    await delegated.revoke(stored)
  })

  it('does not take an outage for a refusal', async () => {
    await using on = await stage({ tries: 1 })
    identify(on)
    on.cloud.on('/v3/OS-TRUST/trusts', { status: 503 })
    await assert.rejects(delegate(on).entrust(ann, false), { kind: 'unavailable' })
  })

  it('needs no trust from the very user that the service runs as', async () => {
    await using on = await stage()
    const delegated = delegate(on, {}, { by: 'application', application: { id: 'ac' }, secret: 's' })
    const stored = await delegated.entrust(ann, false)
    assert.deepEqual(stored, { by: 'own', userId: 'u1', projectId: 'p1' })
    assert.equal((await delegated.sessionFor(stored)).userId, 'u1')
    await assert.rejects(delegated.sessionFor({ ...stored, userId: 'u2' }), { kind: 'unauthorized' })
    const other = await delegated.entrust({ ...ann, userId: 'u2' }, false)
    assert.equal(other.by, 'none')
  })

  it('opens one session through a trust and keeps it', async () => {
    await using on = await stage()
    identify(on)
    const delegated = delegate(on)
    const stored = { by: 'trust', trustId: 'tr1', owned: true, userId: 'u1', projectId: 'p1' } as const
    const [one, two] = await Promise.all([delegated.sessionFor(stored), delegated.sessionFor(stored)])
    assert.equal(one, two)
    assert.equal(one.userId, 'u1')
    assert.equal(one.projectId, 'p1')
    assert.equal(one.trustId, 'tr1')
    assert.equal(on.cloud.asked.filter((asked) => trustOf(asked) !== undefined).length, 1)
  })

  it('says so when a trust gives no access any more, and tries again the next time', async () => {
    await using on = await stage()
    const gone = new Set(['tr1'])
    identify(on, gone)
    const delegated = delegate(on)
    const stored = { by: 'trust', trustId: 'tr1', owned: true, userId: 'u1', projectId: 'p1' } as const
    await assert.rejects(delegated.sessionFor(stored), {
      kind: 'unauthorized',
      message: /gives no access any more: no/,
    })
    gone.clear()
    assert.equal((await delegated.sessionFor(stored)).userId, 'u1')
  })

  it('deletes its trust, which may be gone already (§11)', async () => {
    await using on = await stage()
    const gone = new Set<string>()
    identify(on, gone)
    const delegated = delegate(on)
    const stored = { by: 'trust', trustId: 'tr1', owned: true, userId: 'u1', projectId: 'p1' } as const
    on.cloud.on('/v3/OS-TRUST/trusts', { status: 204 }, { status: 404 })
    await delegated.revoke(stored)
    await delegated.revoke(stored)
    gone.add('tr1')
    await delegated.revoke(stored)
    assert.deepEqual(on.cloud.calls(), Array(2).fill('DELETE /v3/OS-TRUST/trusts/tr1'))
  })

  it("deletes its trust with the caller's token where only the trustor may", async () => {
    await using on = await stage()
    identify(on)
    on.cloud.on('/v3/OS-TRUST/trusts', ({ token }) => (token === 'anns' ? { status: 204 } : forbidden))
    await delegate(on).revoke(
      { by: 'trust', trustId: 'tr1', owned: true, userId: 'u1', projectId: 'p1' },
      ann,
    )
    assert.equal(on.cloud.asked.at(-1)?.token, 'anns')
  })

  it('takes no token of another project', async () => {
    await using on = await stage()
    identify(on)
    await assert.rejects(delegate(on).sessionOf({ ...ann, projectId: 'p2' }), { kind: 'unauthorized' })
  })
})

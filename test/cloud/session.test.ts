import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Ask, CloudError } from '../../src/cloud/index.ts'
import { stage } from './fake-cloud.ts'

const list: Ask = { service: ['network'], method: 'GET', path: '/networks' }
const create: Ask = {
  service: ['network'],
  method: 'POST',
  path: '/networks',
  body: { network: { name: 'n' } },
}
const refused401 = {
  status: 401,
  body: { error: { message: 'The request you have made requires authentication.' } },
}

describe('a session', () => {
  it('authenticates once and sends its token with every request', async () => {
    await using on = await stage()
    on.cloud.on('/network', { body: { networks: [] } })
    const session = await on.session()
    await session.request(list)
    await session.request(list)
    assert.equal(session.projectId, 'p1')
    assert.equal(session.userId, 'u1')
    assert.deepEqual(session.roles, ['member'])
    assert.equal(on.cloud.tokens(), 1)
    assert.deepEqual(on.cloud.calls(), ['GET /network/v2.0/networks', 'GET /network/v2.0/networks'])
    assert.equal(on.cloud.asked.at(-1)?.token, 't1')
  })

  it('takes the address of Keystone with or without its version', async () => {
    await using on = await stage()
    for (const end of ['', '/', '/v3', '/v3/', '/v2.0']) await on.session({ authUrl: on.cloud.url + end })
    assert.deepEqual([...new Set(on.cloud.asked.map((one) => one.path))], ['/v3/auth/tokens'])
  })

  it('renews its token shortly before it ends', async () => {
    await using on = await stage()
    on.cloud.on('/network', { body: { networks: [] } })
    const session = await on.session()
    on.clock.time += 3400_000
    await session.request(list)
    assert.equal(on.cloud.tokens(), 1)
    on.clock.time += 100_000
    await session.request(list)
    assert.equal(on.cloud.tokens(), 2)
    assert.equal(on.cloud.asked.at(-1)?.token, 't2')
  })

  it('uses the old token while it lasts when Keystone is away at renewal', async () => {
    await using on = await stage({ tries: 1 })
    on.cloud.on('/network', { body: { networks: [] } })
    const session = await on.session()
    on.cloud.on('/v3/auth/tokens', { status: 503 })
    on.clock.time += 3500_000
    await session.request(list)
    assert.equal(on.cloud.asked.at(-1)?.token, 't1')
    on.clock.time += 200_000
    await assert.rejects(session.request(list), { kind: 'unavailable', service: 'identity' })
  })

  it('gets a new token when a service refuses the old one half-way, and repeats the request', async () => {
    await using on = await stage()
    on.cloud.on('/network', ({ token }) =>
      token === 't1' ? refused401 : { status: 201, body: { network: { id: 'n1' } } },
    )
    const session = await on.session()
    const reply = await session.request(create)
    assert.equal(reply.status, 201)
    assert.equal(on.cloud.tokens(), 2)
  })

  it('authenticates once for all requests that are refused at the same time', async () => {
    await using on = await stage()
    on.cloud.on('/network', ({ token }) => (token === 't1' ? refused401 : { body: { networks: [] } }))
    const session = await on.session()
    await Promise.all(Array.from({ length: 20 }, () => session.request(list)))
    assert.equal(on.cloud.tokens(), 2)
  })

  it('gives up when the new token is refused too', async () => {
    await using on = await stage()
    on.cloud.on('/network', refused401)
    const session = await on.session()
    await assert.rejects(session.request(list), { kind: 'unauthorized', status: 401 })
    assert.equal(on.cloud.tokens(), 2)
  })

  it('uses a bare token as it is and can not renew it', async () => {
    await using on = await stage()
    on.cloud.on('/network', refused401)
    const session = await on.session({ credential: { by: 'token', token: 'theirs' } })
    assert.equal(session.projectId, 'p1')
    await assert.rejects(session.request(list), { kind: 'unauthorized' })
    assert.equal(on.cloud.tokens(), 0)
    assert.equal(on.cloud.asked.at(-1)?.token, 'theirs')
  })

  it('asks for what each kind of credential stands for', async () => {
    await using on = await stage()
    const user = { name: 'ann', domain: { name: 'Default' } }
    await on.session({ credential: { by: 'trust', user: { id: 'svc' }, password: 'p', trustId: 'tr' } })
    await on.session({ credential: { by: 'application', application: { id: 'ac' }, secret: 's' } })
    await on.session({ credential: { by: 'application', application: { name: 'ac', user }, secret: 's' } })
    await on.session({ credential: { by: 'token', token: 't', scope: { project: { id: 'p' } } } })
    await on.session({ credential: { by: 'password', user, password: 'p', scope: { system: true } } })
    assert.deepEqual(
      on.cloud.asked.map((one) => (one.body as { auth: unknown }).auth),
      [
        {
          identity: { methods: ['password'], password: { user: { id: 'svc', password: 'p' } } },
          scope: { 'OS-TRUST:trust': { id: 'tr' } },
        },
        {
          identity: {
            methods: ['application_credential'],
            application_credential: { id: 'ac', secret: 's' },
          },
        },
        {
          identity: {
            methods: ['application_credential'],
            application_credential: { name: 'ac', user, secret: 's' },
          },
        },
        { identity: { methods: ['token'], token: { id: 't' } }, scope: { project: { id: 'p' } } },
        {
          identity: { methods: ['password'], password: { user: { ...user, password: 'p' } } },
          scope: { system: { all: true } },
        },
      ],
    )
  })

  it('says which endpoint is missing', async () => {
    await using on = await stage()
    const session = await on.session({ region: 'elsewhere', interface: 'internal' })
    assert.equal(await session.offers(['network']), false)
    await assert.rejects(session.request({ ...list, service: ['block-storage', 'volumev3'] }), {
      kind: 'no-endpoint',
      message: 'internal endpoint for block-storage or volumev3 service in elsewhere region not found',
    })
  })

  it('finds Keystone even if the catalog leaves it out', async () => {
    await using on = await stage()
    on.cloud.token.facts = { catalog: [] }
    on.cloud.on('/v3/users', { body: { users: [] } })
    const session = await on.session()
    await session.request({ service: ['identity'], method: 'GET', path: '/users' })
    assert.deepEqual(on.cloud.calls(), ['GET /v3/users'])
  })

  it('writes queries, microversions and own headers', async () => {
    await using on = await stage()
    on.cloud.on('/compute', { body: { servers: [] } })
    const session = await on.session()
    await session.request({
      service: ['compute'],
      method: 'GET',
      path: '/servers',
      query: { name: 'a b', all: true, limit: 2, id: ['x', 'y'], none: undefined },
      headers: { 'X-Own': '1' },
      microversion: 'compute 2.79',
    })
    const asked = on.cloud.asked.at(-1)
    assert.equal(asked?.query.toString(), 'name=a+b&all=true&limit=2&id=x&id=y')
    assert.equal(asked?.headers['openstack-api-version'], 'compute 2.79')
    assert.equal(asked?.headers['x-openstack-nova-api-version'], '2.79')
    assert.equal(asked?.headers['x-own'], '1')
  })

  it('refuses what is not Keystone', async () => {
    await using on = await stage()
    on.cloud.on('/v3/auth/tokens', { body: '<html>hello</html>' })
    await assert.rejects(on.session(), (error) => {
      assert.ok(error instanceof CloudError)
      assert.match(error.message, /is not Keystone's API version 3/)
      return true
    })
  })

  it('keeps secrets out of log and errors', async () => {
    const said: unknown[] = []
    const say = (...words: unknown[]) => void said.push(...words)
    await using on = await stage({ log: { debug: say, info: say, warn: say, error: say }, tries: 2 })
    on.cloud.on('/network', { status: 503 })
    const session = await on.session()
    await session.request(list).catch(say)
    on.cloud.on('/v3/auth/tokens', refused401)
    await on.session().catch(say)
    const all = said.map((part) =>
      part instanceof Error ? `${part.stack} ${JSON.stringify(part)}` : JSON.stringify(part),
    )
    assert.ok(all.length > 4)
    assert.doesNotMatch(all.join('\n'), /pässword|"t1"|x-auth-token/i)
  })

  it('leaves off when the signal is aborted', async () => {
    await using on = await stage()
    on.cloud.on('/network', 'never')
    const session = await on.session()
    const stop = new AbortController()
    const asked = session.request({ ...list, signal: stop.signal })
    setTimeout(() => stop.abort(new Error('enough')), 5)
    await assert.rejects(asked, { message: 'enough' })
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { keystone } from '../../../src/cloud/keystone/index.ts'
import { type Asked, stage } from '../fake-cloud.ts'

const notFound = { status: 404, body: { error: { message: 'Could not find it.' } } }

/** Answers a list of the objects that have all that the query says. */
const listed =
  (key: string, ...objects: Record<string, unknown>[]) =>
  ({ path, query }: Asked) => {
    const id = path.split('/')[3]
    if (id !== undefined) {
      const found = objects.find((one) => one.id === id)
      return found ? { body: { [key]: found } } : notFound
    }
    return {
      body: {
        [`${key}s`]: objects.filter((one) => [...query].every(([name, value]) => one[name] === value)),
      },
    }
  }

describe('what templates name in Keystone', () => {
  it('is found by ID first, then by name', async () => {
    await using on = await stage()
    on.cloud.on('/v3/roles', listed('role', { id: 'r1', name: 'member' }, { id: 'member2', name: 'r1' }))
    const session = await on.session()
    assert.equal(await keystone.find.role.lookup(session, 'r1'), 'r1')
    assert.equal(await keystone.find.role.lookup(session, 'member'), 'r1')
    await assert.rejects(keystone.find.role.lookup(session, 'x'), {
      kind: 'not-found',
      message: 'The KeystoneRole (x) could not be found.',
    })
  })

  it('is ambiguous when two have the name, unless the domain tells them apart', async () => {
    await using on = await stage()
    on.cloud.on(
      '/v3/users',
      listed('user', { id: 'a', name: 'bob', domain_id: 'd1' }, { id: 'b', name: 'bob', domain_id: 'd2' }),
    )
    on.cloud.on('/v3/domains', listed('domain', { id: 'd1', name: 'One' }, { id: 'd2', name: 'Two' }))
    const session = await on.session()
    await assert.rejects(keystone.find.user.lookup(session, 'bob'), {
      kind: 'ambiguous',
      message: 'Multiple physical resources were found with name (bob).',
    })
    assert.equal(await keystone.find.user.lookup(session, 'bob{Two}'), 'b')
    assert.equal(await keystone.find.user.lookup(session, 'bob{d1}'), 'a')
  })

  it('is known without asking when it is the project or user that asks', async () => {
    await using on = await stage()
    const session = await on.session()
    assert.equal(await keystone.find.project.lookup(session, 'p1'), 'p1')
    assert.equal(await keystone.find.user.lookup(session, 'u1'), 'u1')
    assert.deepEqual(on.cloud.calls(), [])
  })

  it('names its constraints after itself', () => {
    assert.deepEqual(
      Object.values(keystone.find).map((one) => one.name),
      ['project', 'user', 'role', 'group', 'domain', 'service', 'region'].map((name) => `keystone.${name}`),
    )
  })

  it('finds regions by ID alone', async () => {
    await using on = await stage()
    on.cloud.on('/v3/regions', listed('region', { id: 'here' }))
    const session = await on.session()
    assert.equal(await keystone.find.region.lookup(session, 'here'), 'here')
    await assert.rejects(keystone.find.region.lookup(session, ''), {
      message: 'The KeystoneRegion () could not be found.',
    })
  })
})

describe('registering an endpoint', () => {
  const wanted = { type: 'orchestration', name: 'hearth', url: 'http://h/v1/%(project_id)s', region: 'here' }

  it('makes the service, the region and an endpoint for each interface', async () => {
    await using on = await stage()
    on.cloud.on('/v3/services', ({ method }) =>
      method === 'POST' ? { body: { service: { id: 's1', enabled: true } } } : { body: { services: [] } },
    )
    on.cloud.on('/v3/regions', ({ method }) =>
      method === 'POST' ? { body: { region: { id: 'here' } } } : notFound,
    )
    on.cloud.on('/v3/endpoints', ({ method }) =>
      method === 'POST' ? { body: { endpoint: { id: 'e' } } } : { body: { endpoints: [] } },
    )
    await keystone.connect(await on.session()).registerEndpoint(wanted)
    const made = on.cloud.asked.filter((one) => one.method === 'POST' && one.path !== '/v3/auth/tokens')
    assert.deepEqual(
      made.map((one) => one.path),
      ['/v3/services', '/v3/regions', ...Array(3).fill('/v3/endpoints')],
    )
    assert.deepEqual(made[2]?.body, {
      endpoint: { url: wanted.url, enabled: true, service_id: 's1', interface: 'public', region_id: 'here' },
    })
  })

  it('changes only what is different', async () => {
    await using on = await stage()
    const endpoint = (side: string, url: string) => ({ id: side, interface: side, url, enabled: true })
    on.cloud.on('/v3/services', {
      body: { services: [{ id: 's1', name: 'heat', type: 'orchestration', enabled: true }] },
    })
    on.cloud.on('/v3/regions', { body: { region: { id: 'here' } } })
    on.cloud.on('/v3/endpoints', {
      body: {
        endpoints: [
          endpoint('public', 'http://old'),
          endpoint('internal', wanted.url),
          endpoint('admin', wanted.url),
        ],
        endpoint: { id: 'public' },
      },
    })
    await keystone.connect(await on.session()).registerEndpoint(wanted)
    const changes = on.cloud.calls().filter((call) => !call.startsWith('GET'))
    assert.deepEqual(changes, ['PATCH /v3/endpoints/public'])
  })
})

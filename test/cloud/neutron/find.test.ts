import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { neutron } from '../../../src/cloud/neutron/index.ts'
import { type Asked, stage } from '../fake-cloud.ts'

const id = '11111111-1111-4111-8111-111111111111'

/** Answers a list of the objects that have all that the query filters by. */
const listed =
  (key: string, ...objects: Record<string, unknown>[]) =>
  ({ query }: Asked) => {
    const filters = [...query].filter(([name]) => name !== 'fields')
    return { body: { [key]: objects.filter((one) => filters.every(([name, value]) => one[name] === value)) } }
  }

describe('what templates name in Neutron', () => {
  it('is found by name with one request, which asks for no more than is needed', async () => {
    await using on = await stage()
    on.cloud.on('/network/v2.0/networks', listed('networks', { id, name: 'net', project_id: 'p1' }))
    assert.equal(await neutron.find.network.lookup(await on.session(), 'net'), id)
    assert.deepEqual(on.cloud.calls(), ['GET /network/v2.0/networks'])
    assert.deepEqual(on.cloud.asked.at(-1)?.query.getAll('fields'), ['id', 'project_id'])
  })

  it('is found by ID with one request, before anything of that name', async () => {
    await using on = await stage()
    on.cloud.on('/network/v2.0/ports', listed('ports', { id, name: 'port' }, { id: 'other', name: id }))
    const session = await on.session()
    assert.equal(await neutron.find.port.lookup(session, id), id)
    assert.equal(on.cloud.calls().length, 1)
  })

  it('may have a name that looks like an ID', async () => {
    await using on = await stage()
    on.cloud.on('/network/v2.0/subnets', listed('subnets', { id: 'other', name: id }))
    assert.equal(await neutron.find.subnet.lookup(await on.session(), id), 'other')
  })

  it('is not found, or not told apart, in the words that users know', async () => {
    await using on = await stage()
    on.cloud.on('/network/v2.0/routers', listed('routers', { id: 'a', name: 'r' }, { id: 'b', name: 'r' }))
    const session = await on.session()
    await assert.rejects(neutron.find.router.lookup(session, 'x'), {
      kind: 'not-found',
      message: "Unable to find router with name or id 'x'",
    })
    await assert.rejects(neutron.find.router.lookup(session, 'r'), {
      kind: 'ambiguous',
      message: "Multiple router matches found for name 'r', use an ID to be more specific.",
    })
  })

  it('is never something without a name', async () => {
    await using on = await stage()
    await assert.rejects(neutron.find.network.lookup(await on.session(), ''), { kind: 'not-found' })
    assert.deepEqual(on.cloud.calls(), [])
  })

  it("is the project's own security group, where administrators see many of one name", async () => {
    await using on = await stage()
    const groups = ['p0', 'p1', 'p2'].map((project_id) => ({
      id: `of-${project_id}`,
      name: 'default',
      project_id,
    }))
    on.cloud.on('/network/v2.0/security-groups', listed('security_groups', ...groups))
    const session = await on.session()
    assert.equal(await neutron.find.securityGroup.lookup(session, 'default'), 'of-p1')
    assert.equal(await neutron.connect(session).securityGroups.defaultId(), 'of-p1')
  })

  it('is looked for where Neutron has it', async () => {
    await using on = await stage()
    const places = {
      qosPolicy: ['/qos/policies', 'policies'],
      subnetpool: ['/subnetpools', 'subnetpools'],
      segment: ['/segments', 'segments'],
      addressScope: ['/address-scopes', 'address_scopes'],
    } as const
    const session = await on.session()
    for (const [finder, [path, key]] of Object.entries(places)) {
      on.cloud.on(`/network/v2.0${path}`, listed(key, { id, name: 'it' }))
      assert.equal(await neutron.find[finder as keyof typeof places].lookup(session, 'it'), id)
    }
  })

  it('has the names of the custom constraints', () => {
    const names = Object.values(neutron.find).map(({ name }) => name)
    assert.deepEqual(names, [
      'neutron.network',
      'neutron.subnet',
      'neutron.port',
      'neutron.router',
      'neutron.security_group',
      'neutron.qos_policy',
      'neutron.subnetpool',
      'neutron.segment',
      'neutron.address_scope',
    ])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { neutron, type RuleBody } from '../../../src/cloud/neutron/index.ts'
import { type Answer, type Answering, type Stage, stage } from '../fake-cloud.ts'

async function opened(on: Stage, answers: Readonly<Record<string, Answer | Answering>> = {}) {
  for (const [path, answer] of Object.entries(answers)) on.cloud.on(`/network/v2.0${path}`, answer)
  return neutron.connect(await on.session())
}

const calls = ({ cloud }: Stage) => cloud.calls().map((call) => call.replace('/network/v2.0', ''))
const bodies = ({ cloud }: Stage) => cloud.asked.slice(1).map(({ body }) => body)

describe("Neutron's client", () => {
  it('sets tags by a call of their own', async () => {
    await using on = await stage()
    const client = await opened(on, { '/networks': { body: { tags: [] } } })
    await client.networks.setTags('n1', ['a', 'b'])
    assert.deepEqual([calls(on), bodies(on)], [['PUT /networks/n1/tags'], [{ tags: ['a', 'b'] }]])
  })

  it('lists the segments of a network, those without a name first', async () => {
    await using on = await stage()
    const segments = [
      { id: 'a', name: 'named' },
      { id: 'b', name: null },
    ]
    const client = await opened(on, { '/segments': { body: { segments } } })
    assert.deepEqual(
      (await client.networks.segments('n1')).map(({ id }) => id),
      ['b', 'a'],
    )
    assert.equal(on.cloud.asked.at(-1)?.query.get('network_id'), 'n1')
  })

  it('asks for the extensions once', async () => {
    await using on = await stage()
    const client = await opened(on, { '/extensions': { body: { extensions: [{ alias: 'router' }] } } })
    assert.deepEqual(await Promise.all([client.hasExtension('router'), client.hasExtension('qos')]), [
      true,
      false,
    ])
    assert.equal(await neutron.connect(await on.session()).hasExtension('router'), true)
    assert.deepEqual(calls(on), ['GET /extensions'])
  })

  it('asks for the extensions again when that failed', async () => {
    await using on = await stage({ tries: 1 })
    const client = await opened(on, { '/extensions': { status: 400, body: {} } })
    await assert.rejects(client.hasExtension('router'))
    on.cloud.on('/network/v2.0/extensions', { body: { extensions: [{ alias: 'router' }] } })
    assert.equal(await client.hasExtension('router'), true)
  })
})

describe('the agents of a network or router', () => {
  it('become those wanted: the others leave first', async () => {
    await using on = await stage()
    const agents = [{ id: 'old' }, { id: 'kept' }]
    const client = await opened(on, { '/routers': { body: { agents } }, '/agents': { status: 201 } })
    await client.routers.setL3Agents('r1', ['kept', 'new'])
    assert.deepEqual(calls(on), [
      'GET /routers/r1/l3-agents',
      'DELETE /agents/old/l3-routers/r1',
      'POST /agents/new/l3-routers',
    ])
    assert.deepEqual(bodies(on).at(-1), { router_id: 'r1' })
  })

  it('may have come or gone already', async () => {
    await using on = await stage()
    const conflict = {
      status: 409,
      body: { NeutronError: { type: 'X', message: 'Already there.', detail: '' } },
    }
    const client = await opened(on, {
      '/networks': { body: { agents: [{ id: 'old' }] } },
      '/agents': conflict,
    })
    await client.networks.setDhcpAgents('n1', ['new'])
    assert.deepEqual(calls(on), [
      'GET /networks/n1/dhcp-agents',
      'DELETE /agents/old/dhcp-networks/n1',
      'POST /agents/new/dhcp-networks',
    ])
  })
})

describe('rules of a security group', () => {
  const rule = (port: number): RuleBody => ({
    security_group_id: 'g',
    direction: 'ingress',
    ethertype: 'IPv4',
    protocol: 'tcp',
    port_range_min: port,
    port_range_max: port,
  })

  it('are added by one request', async () => {
    await using on = await stage()
    const client = await opened(on, { '/security-group-rules': { status: 201, body: {} } })
    await client.securityGroupRules.add([rule(1), rule(2)])
    assert.deepEqual(bodies(on), [{ security_group_rules: [rule(1), rule(2)] }])
    await client.securityGroupRules.add([])
    assert.equal(calls(on).length, 1)
  })

  it('are added one by one when some are there already', async () => {
    await using on = await stage()
    const there = {
      status: 409,
      body: { NeutronError: { type: 'X', message: 'Rule already exists.', detail: '' } },
    }
    const client = await opened(on, {
      '/security-group-rules': ({ body }) =>
        'security_group_rules' in (body as object) || JSON.stringify(body).includes('"port_range_min":1')
          ? there
          : { status: 201, body: { security_group_rule: { id: 'r' } } },
    })
    await client.securityGroupRules.add([rule(1), rule(2)])
    assert.deepEqual(bodies(on).slice(1), [
      { security_group_rule: rule(1) },
      { security_group_rule: rule(2) },
    ])
  })

  it('may be gone when they are to be removed', async () => {
    await using on = await stage()
    const client = await opened(on, { '/security-group-rules/a': { status: 204 } })
    await client.securityGroupRules.remove(['a', 'gone'])
    assert.deepEqual(calls(on).toSorted(), [
      'DELETE /security-group-rules/a',
      'DELETE /security-group-rules/gone',
    ])
  })
})

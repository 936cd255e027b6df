import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Router } from '../../../src/resources/neutron/router.ts'
import { rehearse } from '../../../src/testing/rehearsal.ts'

const made = { 'neutron.routers.create': { id: 'r-1' } }
const refusals = (props: object) => (Router.validate?.(props, 'router') ?? []).map(({ message }) => message)

describe('OS::Neutron::Router', () => {
  it('is created by one request, which says of the gateway only what was given', async () => {
    const router = rehearse(Router, { external_gateway_info: { network: 'ext' } }, made)
    await router.create()
    assert.deepEqual(router.requests, [
      [
        'neutron.routers.create',
        {
          name: router.self.physicalName,
          admin_state_up: true,
          external_gateway_info: { network_id: 'ext' },
        },
      ],
    ])
  })

  it('says all of the gateway when any of it changes, and takes it away', async () => {
    const router = rehearse(Router, { external_gateway_info: { network: 'ext' } }, made)
    await router.create()
    router.hush()
    const external_fixed_ips = [{ subnet: 's', ip_address: '172.24.4.9' }]
    await router.update({ external_gateway_info: { network: 'ext', enable_snat: false, external_fixed_ips } })
    await router.update({})
    assert.deepEqual(
      router.requests.map(([, , body]) => body),
      [
        {
          external_gateway_info: {
            network_id: 'ext',
            enable_snat: false,
            external_fixed_ips: [{ subnet_id: 's', ip_address: '172.24.4.9' }],
          },
        },
        { external_gateway_info: null },
      ],
    )
  })

  it('gets its agents and tags by calls of their own; one agent may be given by the older name', async () => {
    const router = rehearse(Router, { l3_agent_id: 'a1', tags: ['t'] }, made)
    await router.create()
    await router.update({ l3_agent_ids: ['a2'], tags: ['t'] })
    assert.deepEqual(router.requests.slice(1), [
      ['neutron.routers.setL3Agents', 'r-1', ['a1']],
      ['neutron.routers.setTags', 'r-1', ['t']],
      ['neutron.routers.setL3Agents', 'r-1', ['a2']],
    ])
  })

  it('is only one of distributed, highly available, and on agents of its own', () => {
    assert.deepEqual(refusals({ distributed: true, l3_agent_ids: ['a'] }), [
      'Cannot define the following properties at the same time: distributed, l3_agent_id/l3_agent_ids.',
    ])
    assert.deepEqual(refusals({ distributed: true, ha: true }), [
      'Cannot define the following properties at the same time: distributed, ha.',
    ])
    assert.deepEqual(refusals({ l3_agent_ids: ['a', 'b'] }), ['Non HA routers can only have one L3 agent.'])
    assert.deepEqual(refusals({ ha: true, l3_agent_ids: ['a', 'b'] }), [])
    assert.deepEqual(refusals({ distributed: false, ha: true }), [])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CloudError } from '../../../src/cloud/error.ts'
import { Port } from '../../../src/resources/neutron/port.ts'
import { rehearse } from '../../../src/testing/rehearsal.ts'

const addresses = [{ subnet_id: 's1', ip_address: '10.0.0.4' }]
const cloud = {
  'neutron.ports.create': { id: 'port-1' },
  'neutron.ports.get': {
    id: 'port-1',
    network_id: 'net-1',
    fixed_ips: addresses,
    'binding:profile': { a: 1 },
  },
  'neutron.networks.get': { id: 'net-1', port_security_enabled: false },
  'neutron.securityGroups.defaultId': 'default-id',
}

async function created(given: object = {}) {
  const port = rehearse(Port, { network: 'net-1', ...given }, cloud)
  await port.create()
  return port
}

const request = async (given: object) => (await created(given)).requests[0]?.[1] as Record<string, unknown>

async function updated(from: object, to: object) {
  const port = await created(from)
  port.hush()
  await port.update({ network: 'net-1', ...to })
  return port.requests
}

describe('OS::Neutron::Port', () => {
  it('is created by one request', async () => {
    const port = await created({ security_groups: ['g'], fixed_ips: [{ subnet: 's1' }] })
    assert.deepEqual(port.requests, [
      [
        'neutron.ports.create',
        {
          network_id: 'net-1',
          device_id: '',
          device_owner: '',
          name: port.self.physicalName,
          admin_state_up: true,
          'binding:vnic_type': 'normal',
          security_groups: ['g'],
          fixed_ips: [{ subnet_id: 's1' }],
        },
      ],
    ])
  })

  it('lets Neutron choose its addresses unless it says some, or none', async () => {
    assert.equal('fixed_ips' in (await request({})), false)
    assert.equal('fixed_ips' in (await request({ fixed_ips: [] })), false)
    assert.deepEqual((await request({ no_fixed_ips: true })).fixed_ips, [])
  })

  it('keeps its addresses when they are taken away, and loses them when there shall be none', async () => {
    assert.deepEqual(await updated({ fixed_ips: [{ ip_address: '10.0.0.4' }] }, {}), [])
    assert.deepEqual(await updated({ fixed_ips: [{ ip_address: '10.0.0.4' }] }, { no_fixed_ips: true }), [
      ['neutron.ports.update', 'port-1', { fixed_ips: [] }],
    ])
    assert.deepEqual(await updated({ no_fixed_ips: true }, { fixed_ips: [{ subnet: 's2' }] }), [
      ['neutron.ports.update', 'port-1', { fixed_ips: [{ subnet_id: 's2' }] }],
    ])
  })

  it("is in no security group when the list is empty, and in the project's default group when it is taken away", async () => {
    assert.deepEqual((await request({ security_groups: [] })).security_groups, [])
    assert.deepEqual((await updated({ security_groups: ['g'] }, {})).at(-1), [
      'neutron.ports.update',
      'port-1',
      { security_groups: ['default-id'] },
    ])
  })

  it('adds to the binding profile, which others write to as well', async () => {
    const value_specs = { 'binding:profile': { b: 2 } }
    assert.deepEqual((await updated({}, { value_specs })).at(-1), [
      'neutron.ports.update',
      'port-1',
      { 'binding:profile': { a: 1, b: 2 } },
    ])
  })

  it('goes back to what Neutron has by default when properties are taken away', async () => {
    const given = {
      qos_policy: 'q',
      dns_name: 'host',
      allowed_address_pairs: [{ ip_address: '10.0.0.0/24' }],
      propagate_uplink_status: false,
      port_security_enabled: true,
    }
    assert.deepEqual((await updated(given, {})).at(-1)?.[2], {
      qos_policy_id: null,
      dns_name: '',
      allowed_address_pairs: [],
      propagate_uplink_status: true,
      // As its network has it.
      port_security_enabled: false,
    })
  })

  it('gets its tags by a call of their own', async () => {
    assert.deepEqual(await updated({ tags: ['a'] }, {}), [['neutron.ports.setTags', 'port-1', []]])
  })

  it('gives up its addresses before it is replaced, and has them again when that is undone', async () => {
    const port = await created()
    port.hush()
    await Port.beforeReplaced?.(port.context())
    const bare = rehearse(Port, { network: 'net-1' }, { 'neutron.ports.get': { fixed_ips: [] } })
    await Port.beforeReplaced?.(port.context({ neutron: bare.context().neutron }))
    assert.deepEqual(port.requests.slice(1), [['neutron.ports.update', 'port-1', { fixed_ips: [] }]])
    port.hush()
    await Port.replacementUndone?.(port.context())
    await Port.replacementUndone?.(port.context())
    assert.deepEqual(port.requests, [['neutron.ports.update', 'port-1', { fixed_ips: addresses }]])
  })

  it('keeps the addresses that it was given after it gave up others', async () => {
    const port = await created()
    await Port.beforeReplaced?.(port.context())
    await port.update({ network: 'net-1', fixed_ips: [{ ip_address: '10.0.0.9' }] })
    port.hush()
    await Port.replacementUndone?.(port.context())
    assert.deepEqual(port.requests, [])
  })

  it('has nothing to give up when it is gone', async () => {
    const gone = new CloudError('gone', { kind: 'not-found', service: 'network' })
    const port = rehearse(Port, { network: 'net-1' }, { 'neutron.ports.get': gone })
    await Port.beforeReplaced?.(port.context())
    assert.equal(port.requests.length, 1)
  })

  it('is replaced at every change if its policy says so', () => {
    const replaced = (policy: string) => {
      const { props } = rehearse(Port, { network: 'n', replacement_policy: policy }).context()
      return Port.replaces?.({ props, changed: {}, before: {} })
    }
    assert.match(replaced('REPLACE_ALWAYS') ?? '', /REPLACE_ALWAYS/)
    assert.equal(replaced('AUTO'), undefined)
  })

  it('shows its network and its subnets whole', async () => {
    const port = await created()
    assert.deepEqual(await Port.compute?.network?.(port.context()), {
      id: 'net-1',
      port_security_enabled: false,
    })
    const some = rehearse(
      Port,
      { network: 'net-1' },
      { ...cloud, 'neutron.subnets.get': (id: string) => ({ id }) },
    )
    assert.deepEqual(await Port.compute?.subnets?.(some.context()), [{ id: 's1' }])
  })

  it('cannot have addresses and none', () => {
    assert.deepEqual(
      Port.validate?.({ fixed_ips: [{ ip_address: '10.0.0.4' }], no_fixed_ips: true }, 'port'),
      [
        {
          path: [],
          message: 'Cannot define the following properties at the same time: fixed_ips, no_fixed_ips.',
        },
      ],
    )
    assert.deepEqual(Port.validate?.({ fixed_ips: [], no_fixed_ips: true }, 'port'), [])
  })
})

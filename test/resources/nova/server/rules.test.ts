import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { refusals } from '../../../../src/resources/nova/server/rules.ts'
import { UNKNOWN } from '../../../../src/schema/index.ts'

const found = (props: object) =>
  refusals({ image: 'i', ...props }, 'web').map(({ path, message }) => [path.join('.'), message])

const together = (...names: string[]) =>
  `Cannot define the following properties at the same time: ${names.join(', ')}.`

describe("a server's network entry", () => {
  const entry = (one: unknown) => found({ networks: [{ network: 'n' }, one] })

  it('says where it is', () => {
    assert.deepEqual(entry({ fixed_ip: '10.0.0.4' }), [
      [
        'networks.1',
        'One of the properties "network", "port", "allocate_network" or "subnet" should be set for the specified network of server "web".',
      ],
    ])
    for (const fine of [
      { port: 'p' },
      { subnet: 's', fixed_ip: '10.0.0.4' },
      { network: UNKNOWN },
      UNKNOWN,
    ]) {
      assert.deepEqual(entry(fine), [])
    }
  })

  it('does not say both a port and an address', () => {
    assert.deepEqual(entry({ port: 'p', fixed_ip: UNKNOWN }), [
      ['networks.1', together('networks/fixed_ip', 'networks/port')],
    ])
  })

  it('has a floating IP only with a port that can be known', () => {
    assert.match(
      String(entry({ network: 'n', floating_ip: 'f' })[0]?.[1]),
      /^Property "floating_ip" is not supported/,
    )
    assert.deepEqual(entry({ subnet: 's', network: 'n', floating_ip: 'f' }), [])
    assert.deepEqual(entry({ network: 'n', floating_ip: 'f', port_extra_properties: {} }), [])
  })

  it('that allocates a network stands alone and says nothing else', () => {
    assert.deepEqual(found({ networks: [{ allocate_network: 'auto' }] }), [])
    assert.match(
      String(found({ networks: [{ allocate_network: 'auto', network: 'n' }] })[0]?.[1]),
      /^Can not specify "allocate_network" with other keys/,
    )
    assert.match(
      String(entry({ allocate_network: 'none' })[0]?.[1]),
      /^Property "allocate_network" can not be specified if multiple/,
    )
  })

  it('that is a port has its own security groups', () => {
    const networks = [{ port: 'p' }]
    assert.deepEqual(found({ networks, security_groups: ['g'] }), [
      ['', together('security_groups', 'networks/port')],
    ])
    assert.deepEqual(found({ networks, security_groups: [] }), [])
  })
})

describe('what a server boots from', () => {
  const without = (props: object) => found({ image: undefined, ...props })

  it('is its image or a volume', () => {
    assert.deepEqual(without({}), [['', 'Neither image nor bootable volume is specified for instance web']])
    assert.deepEqual(without({ block_device_mapping: [{ device_name: 'vda', volume_id: 'v' }] }), [])
    assert.deepEqual(without({ block_device_mapping_v2: [{ volume_id: 'v' }] }), [])
    assert.equal(without({ block_device_mapping_v2: [{ volume_id: 'v', boot_index: -1 }] }).length, 1)
    assert.deepEqual(without({ image: UNKNOWN }), [])
    assert.deepEqual(without({ block_device_mapping_v2: UNKNOWN }), [])
  })

  it('is one thing', () => {
    const twice = [{ volume_id: 'v', boot_index: 0 }]
    assert.deepEqual(found({ block_device_mapping_v2: twice }), [
      ['', 'Multiple bootable sources for instance web.'],
    ])
    assert.deepEqual(
      found({ block_device_mapping_v2: [{ volume_id: 'v', boot_index: 1 }, { swap_size: 1 }] }),
      [],
    )
  })
})

describe("a server's disks", () => {
  it('are said in one form', () => {
    const both = {
      block_device_mapping: [{ device_name: 'vdb', volume_id: 'v' }],
      block_device_mapping_v2: [{ volume_id: 'v' }],
    }
    assert.deepEqual(found(both), [['', together('block_device_mapping', 'block_device_mapping_v2')]])
  })

  it('come from one source each', () => {
    assert.deepEqual(found({ block_device_mapping: [{ device_name: 'vdb' }] }), [
      ['block_device_mapping.0', 'Either volume_id or snapshot_id must be specified for device mapping vdb'],
    ])
    assert.deepEqual(
      found({ block_device_mapping: [{ device_name: 'vdb', volume_id: 'v', snapshot_id: 's' }] }),
      [['block_device_mapping.0', together('volume_id', 'snapshot_id')]],
    )
    const newer = (device: object) => String(found({ block_device_mapping_v2: [device] })[0]?.[1])
    assert.match(newer({}), /^Either volume_id, snapshot_id, image_id/)
    assert.match(newer({ volume_id: 'v', swap_size: 1 }), /^Cannot define the following properties/)
    assert.equal(newer({ ephemeral_size: 1, ephemeral_format: 'ext4' }), 'undefined')
  })
})

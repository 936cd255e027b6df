import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  deleteOwnPorts,
  ensureOwnPort,
  extrasBody,
  ownPort,
  ownPorts,
} from '../../../../src/resources/nova/server/own-ports.ts'
import { placesOf } from '../../../../src/resources/nova/server/places.ts'
import { refusal } from '../../../cloud/told-session.ts'
import { changes, played } from './stage.ts'

async function withPort(entry: object, given: object = {}, answers: object = {}) {
  const trial = played({ networks: [entry], ...given }, answers)
  const [place] = await placesOf(trial.context(), trial.context().props.networks ?? [])
  assert.ok(place?.key)
  const port = await ensureOwnPort(trial.context(), { ...place, key: place.key })
  return { trial, place, port }
}

describe('a port made for a server', () => {
  it('says whose it is, and is where its entry says', async () => {
    const { trial, place, port } = await withPort(
      { subnet: 'sub-1', fixed_ip: '10.0.0.9' },
      { security_groups: ['web'] },
    )
    assert.equal(port, 'port-1')
    assert.deepEqual(changes(trial), [
      [
        'neutron.ports.create',
        {
          network_id: 'net-1',
          fixed_ips: [{ ip_address: '10.0.0.9', subnet_id: 'sub-1' }],
          security_groups: ['web-id'],
          name: 'thing-port-0',
          description: `${place.key} of server ${trial.self.physicalName}`,
        },
      ],
    ])
  })

  it('is made once', async () => {
    const { trial, place } = await withPort({ subnet: 'sub-1' })
    await ensureOwnPort(trial.context(), { ...place, key: place.key ?? '' })
    assert.equal(changes(trial).length, 1)
    assert.equal(ownPort(trial.context(), place), 'port-1')
    assert.deepEqual(ownPorts(trial.context()), ['port-1'])
  })

  it('is as its extra properties say', () => {
    const extras = {
      admin_state_up: true,
      'binding:vnic_type': 'direct',
      mac_address: 'fa:16:3e:00:00:09',
      qos_policy: 'q',
      no_fixed_ips: true,
      allowed_address_pairs: [{ ip_address: '10.0.0.0/24' }],
      value_specs: { dns_name: 'web' },
    } as const
    assert.deepEqual(extrasBody({ port_extra_properties: extras }), {
      admin_state_up: true,
      'binding:vnic_type': 'direct',
      qos_policy_id: 'q',
      fixed_ips: [],
      allowed_address_pairs: [{ ip_address: '10.0.0.0/24' }],
      dns_name: 'web',
    })
    assert.deepEqual(extrasBody({}), {})
  })

  it('is deleted with the server, unless it is to be kept', async () => {
    const { trial, place } = await withPort({ subnet: 'sub-1' })
    await deleteOwnPorts(trial.context(), [place.key ?? ''])
    assert.deepEqual(ownPorts(trial.context()), ['port-1'])
    await deleteOwnPorts(trial.context())
    await deleteOwnPorts(trial.context())
    assert.deepEqual(changes(trial).slice(1), [['neutron.ports.delete', 'port-1']])
    assert.deepEqual(ownPorts(trial.context()), [])
  })

  it('is found to be deleted even if its ID was never noted', async () => {
    const { trial, place } = await withPort(
      { subnet: 'sub-1' },
      {},
      {
        'neutron.ports.list': [{ id: 'lost' }],
        'neutron.ports.delete': refusal('not-found'),
      },
    )
    await trial.notes.delete(place.key ?? '')
    await deleteOwnPorts(trial.context())
    assert.deepEqual(trial.requests.slice(-2), [
      ['neutron.ports.list', { description: `${place.key} of server ${trial.self.physicalName}` }],
      ['neutron.ports.delete', 'lost'],
    ])
  })
})

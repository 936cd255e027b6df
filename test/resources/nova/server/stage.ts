import type { Interface } from '../../../../src/cloud/nova/index.ts'
import { Server } from '../../../../src/resources/nova/server/index.ts'
import { type Rehearsal, rehearse } from '../../../../src/testing/rehearsal.ts'
import { refusal } from '../../../cloud/told-session.ts'

/** A server as Nova shows it. */
export const live = (more: object = {}) =>
  ({
    id: 's1',
    name: 'web',
    status: 'ACTIVE',
    created: '2026-03-01T12:00:00Z',
    flavor: { id: 'small' },
    image: { id: 'debian' },
    metadata: {},
    addresses: {},
    'OS-EXT-STS:task_state': null,
    ...more,
  }) as never

export const nic = (port: string, net: string, address = '10.0.0.4'): Interface => ({
  port_id: port,
  net_id: net,
  mac_addr: 'fa:16:3e:00:00:01',
  port_state: 'ACTIVE',
  fixed_ips: [{ ip_address: address, subnet_id: 'sub-1' }],
})

/** A server's handlers over clouds that have what the tests name. Subnets are `sub-1` and `sub-2` of network `net-1`. */
export function played(given: object = {}, answers: object = {}): Rehearsal<typeof Server> {
  return rehearse(
    Server,
    { image: 'debian', flavor: 'small', user_data_format: 'RAW', ...given },
    {
      'nova.servers.create': { id: 's1' },
      'nova.servers.get': live(),
      'nova.servers.interfaces': [],
      'nova.servers.attachInterface': (_id: string, what: { port_id?: string }) =>
        nic(what.port_id ?? 'made', 'net-1'),
      'nova.can': true,
      'neutron.ports.create': inTurn({ id: 'port-1' }, { id: 'port-2' }, { id: 'port-3' }),
      'neutron.ports.list': [],
      'neutron.subnets.get': refusal('not-found'),
      'neutron.subnets.list': ({ name }: { name: string }) =>
        /^sub-[12]$/.test(name) ? [{ id: name, network_id: 'net-1' }] : [],
      'neutron.securityGroups.list': ({ name }: { name: string }) => [{ id: `${name}-id` }],
      ...answers,
    },
  )
}

/** Answers one after the other, the last for ever. */
export function inTurn(...answers: readonly unknown[]): () => unknown {
  let asked = 0
  return () => answers[Math.min(asked++, answers.length - 1)]
}

/** What was asked of the clouds that changes something. */
export const changes = ({ requests }: Pick<Rehearsal, 'requests'>) =>
  requests.filter(([call]) => !/\.(get|list|interfaces|can|volumeAttachment)$/.test(call))

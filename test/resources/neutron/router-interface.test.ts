import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CloudError } from '../../../src/cloud/error.ts'
import { RouterInterface } from '../../../src/resources/neutron/router-interface.ts'
import { rehearse } from '../../../src/testing/rehearsal.ts'

const since = new Date('2026-03-01T12:00:00Z')
const onSubnet = { router: 'r1', subnet: 's1' }

async function found(given: object, live: unknown) {
  const one = rehearse(RouterInterface, given, { 'neutron.routerInterfaces.find': live })
  return { answer: await RouterInterface.find?.({ ...one.context(), since }), requests: one.requests }
}

describe('OS::Neutron::RouterInterface', () => {
  it('is made of a router and a subnet or port, also by their older names', async () => {
    for (const [given, body] of [
      [
        { router: 'r1', subnet: 's1' },
        { router_id: 'r1', subnet_id: 's1' },
      ],
      [
        { router_id: 'r1', subnet_id: 's1' },
        { router_id: 'r1', subnet_id: 's1' },
      ],
      [
        { router: 'r1', port_id: 'p1' },
        { router_id: 'r1', port_id: 'p1' },
      ],
    ] as const) {
      const one = rehearse(RouterInterface, given)
      await one.create()
      assert.deepEqual(one.requests, [['neutron.routerInterfaces.create', body]])
    }
  })

  it('needs one of a subnet and a port', () => {
    const refusals = (props: object) => RouterInterface.validate?.(props, 'x').map(({ message }) => message)
    assert.deepEqual(refusals({ subnet: 's', port: 'p' }), [
      'Cannot define the following properties at the same time: subnet, port.',
    ])
    assert.deepEqual(refusals({}), [
      'At least one of the following properties must be specified: subnet, port.',
    ])
  })

  it('is found again by its router and subnet, if it was made since', async () => {
    const live = { id: 'r1:subnet_id=s1', created_at: '2026-03-01T12:00:01Z' }
    assert.deepEqual(await found(onSubnet, live), {
      answer: live,
      requests: [['neutron.routerInterfaces.find', { router_id: 'r1', subnet_id: 's1' }]],
    })
    assert.equal((await found(onSubnet, { ...live, created_at: '2025-01-01T00:00:00Z' })).answer, undefined)
  })

  it('is found again by its port, however old that is', async () => {
    const live = { id: 'r1:port_id=p1', created_at: '2025-01-01T00:00:00Z' }
    assert.equal((await found({ router: 'r1', port: 'p1' }, live)).answer, live)
  })

  it('is not found when it is not there', async () => {
    const absent = new CloudError('none', { kind: 'not-found', service: 'network' })
    assert.equal((await found(onSubnet, absent)).answer, undefined)
  })
})

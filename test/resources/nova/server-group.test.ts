import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ServerGroup } from '../../../src/resources/nova/server-group.ts'
import { rehearse } from '../../../src/testing/rehearsal.ts'

const cloud = {
  'nova.serverGroups.create': { id: 'g1' },
  'nova.serverGroups.list': [{ id: 'g0' }, { id: 'g1' }],
}

describe('OS::Nova::ServerGroup', () => {
  it('is made with its first policy, and with rules only if it has some', async () => {
    const group = rehearse(ServerGroup, {}, cloud)
    assert.equal(await group.create(), 'g1')
    assert.deepEqual(group.requests, [
      ['nova.serverGroups.create', { name: group.self.physicalName, policy: 'anti-affinity' }],
    ])
    const ruled = rehearse(ServerGroup, { policies: ['affinity'], rules: { max_server_per_host: 2 } }, cloud)
    await ruled.create()
    const expected = { name: ruled.self.physicalName, policy: 'affinity', rules: { max_server_per_host: 2 } }
    assert.deepEqual(ruled.requests, [['nova.serverGroups.create', expected]])
  })

  it('is found again by its name, but never taken for one that was there before', async () => {
    const answers = {
      ...cloud,
      'nova.serverGroups.list': firstThen([{ id: 'g0' }], cloud['nova.serverGroups.list']),
    }
    const group = rehearse(ServerGroup, { name: 'mine' }, answers)
    await group.create()
    assert.deepEqual(await ServerGroup.find?.(group.context()), [{ id: 'g1' }])
  })

  it('is refused where Nova is too old for what it says', async () => {
    const can = { 'nova.can': false }
    const verify = async (given: object) => ServerGroup.verify?.(rehearse(ServerGroup, given, can).context())
    await verify({})
    await assert.rejects(verify({ policies: ['soft-affinity'] }), /soft policies not supported/)
    await assert.rejects(verify({ rules: { max_server_per_host: 1 } }), /rules not supported/)
  })
})

function firstThen<T>(first: T, then: T): () => T {
  let asked = 0
  return () => (asked++ === 0 ? first : then)
}

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { serverGroups } from '../../../src/cloud/nova/server-groups.ts'
import { toldSession } from '../told-session.ts'

describe("Nova's server groups", () => {
  it('are made in the lowest microversion that knows their policy', async () => {
    const session = toldSession({ 'POST /os-server-groups': { server_group: { id: 'g' } } })
    const all = serverGroups(session)
    await all.create({ name: 'a', policy: 'affinity' })
    await all.create({ name: 'a', policy: 'soft-affinity' })
    await all.create({ name: 'a', policy: 'anti-affinity', rules: { max_server_per_host: 2 } })
    assert.deepEqual(session.calls(), [
      'POST /os-server-groups',
      'POST /os-server-groups @2.15',
      'POST /os-server-groups @2.64',
    ])
    assert.deepEqual(session.bodies(), [
      { server_group: { name: 'a', policies: ['affinity'] } },
      { server_group: { name: 'a', policies: ['soft-affinity'] } },
      { server_group: { name: 'a', policy: 'anti-affinity', rules: { max_server_per_host: 2 } } },
    ])
  })

  it('are found by name, which Nova can not filter by', async () => {
    const session = toldSession({
      'GET /os-server-groups': { server_groups: [{ name: 'a' }, { name: 'b' }] },
    })
    assert.deepEqual(await serverGroups(session).list({ name: 'b' }), [{ name: 'b' }])
    assert.equal((await serverGroups(session).list()).length, 2)
  })
})

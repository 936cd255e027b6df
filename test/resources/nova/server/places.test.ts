import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { earlierPlacesOf, groupIds, placesOf } from '../../../../src/resources/nova/server/places.ts'
import { played } from './stage.ts'

describe("the places of a server's interfaces", () => {
  const { context } = played()

  it('are on the network of the subnet that is said', async () => {
    const [place] = await placesOf(context(), [{ subnet: 'sub-1' }])
    assert.deepEqual([place?.network, place?.subnet], ['net-1', 'sub-1'])
    await assert.rejects(placesOf(context(), [{ subnet: 'sub-1', network: 'net-9' }]), {
      message: 'Specified subnet sub-1 does not belongs to network net-9.',
    })
    await assert.rejects(placesOf(context(), [{ subnet: 'nope' }]), {
      message: "Unable to find subnet with name or id 'nope'",
    })
  })

  it('that were may have lost their subnet', async () => {
    const [place] = await earlierPlacesOf(context(), [{ subnet: 'nope' }])
    assert.equal(place?.network, undefined)
  })

  it('have a key where a port is made for them, the same as long as they say the same place', async () => {
    const extras = { port_extra_properties: { admin_state_up: true } } as never
    const [plain, own, again, measured] = await placesOf(context(), [
      { network: 'net-1' },
      { subnet: 'sub-1' },
      { subnet: 'sub-1' },
      { network: 'net-2', ...(extras as object) },
    ])
    assert.equal(plain?.key, undefined)
    assert.notEqual(own?.key, again?.key)
    assert.ok(measured?.key)
    const [moved] = await placesOf(context(), [{ network: 'net-1', subnet: 'sub-1', floating_ip: 'f' }])
    assert.equal(moved?.key, own?.key)
    const [elsewhere] = await placesOf(context(), [{ subnet: 'sub-1', fixed_ip: '10.0.0.9' }])
    assert.notEqual(elsewhere?.key, own?.key)
  })
})

it('security groups are found by ID or by name', async () => {
  const id = '7e0c0f3a-1111-4111-8111-111111111111'
  const { context } = played({}, { 'neutron.securityGroups.get': { id } })
  assert.deepEqual(await groupIds(context(), ['web', id]), ['web-id', id])
  const { projectId: project_id } = played().self.stack
  const many = [{ id: 'theirs' }, { id: 'own', project_id }]
  const admin = played({}, { 'neutron.securityGroups.list': many })
  assert.deepEqual(await groupIds(admin.context(), ['default']), ['own'])
  const none = played({}, { 'neutron.securityGroups.list': [] })
  await assert.rejects(groupIds(none.context(), ['web']), {
    message: "Unable to find security_group with name or id 'web'",
  })
})

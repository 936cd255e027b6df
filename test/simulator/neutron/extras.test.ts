import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeNetwork, openCloud } from '../cloud.ts'

const v2 = '/network/v2.0'

test('a QoS policy has rules of each kind once, and stays while a port has it', async () => {
  await using cloud = await openCloud()
  const { admin, demo } = cloud
  assert.equal((await demo.post(`${v2}/qos/policies`, { policy: { name: 'q' } })).status, 403)
  const policy = await admin.make(`${v2}/qos/policies`, { policy: { name: 'q', shared: true } })
  const path = `${v2}/qos/policies/${policy.id}`
  const rule = await admin.make(`${path}/bandwidth_limit_rules`, { bandwidth_limit_rule: { max_kbps: 100 } })
  assert.deepEqual(rule, { max_kbps: 100, max_burst_kbps: 0, direction: 'egress', id: rule.id })
  assert.equal(
    (await admin.post(`${path}/bandwidth_limit_rules`, { bandwidth_limit_rule: { max_kbps: 5 } })).status,
    409,
  )
  assert.equal(
    (await admin.post(`${path}/dscp_marking_rules`, { dscp_marking_rule: { dscp_mark: 1 } })).status,
    400,
  )
  await admin.put(`${path}/bandwidth_limit_rules/${rule.id}`, { bandwidth_limit_rule: { max_kbps: 200 } })
  assert.equal((await demo.get(path)).body.policy.rules[0].max_kbps, 200)
  const { network } = await makeNetwork(cloud)
  const port = await demo.make(`${v2}/ports`, { port: { network_id: network.id, qos_policy_id: policy.id } })
  assert.equal((await admin.delete(path)).body.NeutronError.type, 'QosPolicyInUse')
  await demo.delete(`${v2}/ports/${port.id}`)
  assert.equal((await admin.delete(path)).status, 204)
})

test('a network is shared with one project by a policy', async () => {
  await using cloud = await openCloud()
  const { admin, demo } = cloud
  const network = await admin.make(`${v2}/networks`, { network: { name: 'lent' } })
  assert.equal((await demo.get(`${v2}/networks/${network.id}`)).status, 404)
  const rbac_policy = {
    object_type: 'network',
    object_id: network.id,
    action: 'access_as_shared',
    target_tenant: demo.projectId,
  }
  const policy = await admin.make(`${v2}/rbac-policies`, { rbac_policy })
  assert.equal((await demo.get(`${v2}/networks/${network.id}`)).status, 200)
  const port = await demo.make(`${v2}/ports`, { port: { network_id: network.id } })
  assert.equal(
    (await admin.delete(`${v2}/rbac-policies/${policy.id}`)).body.NeutronError.type,
    'RbacPolicyInUse',
  )
  await demo.delete(`${v2}/ports/${port.id}`)
  assert.equal((await admin.delete(`${v2}/rbac-policies/${policy.id}`)).status, 204)
  assert.equal(
    (await admin.post(`${v2}/rbac-policies`, { rbac_policy: { ...rbac_policy, object_type: 'zz' } })).status,
    400,
  )
})

test('a trunk holds its ports', async () => {
  await using cloud = await openCloud()
  const { demo } = cloud
  const { network } = await makeNetwork(cloud)
  const [parent, child] = [
    await demo.make(`${v2}/ports`, { port: { network_id: network.id } }),
    await demo.make(`${v2}/ports`, { port: { network_id: network.id } }),
  ]
  const sub = { port_id: child.id, segmentation_type: 'vlan', segmentation_id: 5 }
  const trunk = await demo.make(`${v2}/trunks`, { trunk: { port_id: parent.id, sub_ports: [sub] } })
  assert.equal(
    (await demo.post(`${v2}/trunks`, { trunk: { port_id: parent.id } })).body.NeutronError.type,
    'ParentPortInUse',
  )
  assert.equal(
    (await demo.delete(`${v2}/ports/${parent.id}`)).body.NeutronError.type,
    'PortInUseAsTrunkParent',
  )
  assert.equal((await demo.delete(`${v2}/ports/${child.id}`)).body.NeutronError.type, 'PortInUseAsSubPort')
  const { body } = await demo.get(`${v2}/ports/${parent.id}`)
  assert.deepEqual(body.port.trunk_details, {
    trunk_id: trunk.id,
    sub_ports: [{ ...sub, mac_address: child.mac_address }],
  })
  await demo.put(`${v2}/trunks/${trunk.id}/remove_subports`, { sub_ports: [{ port_id: child.id }] })
  assert.deepEqual((await demo.get(`${v2}/trunks/${trunk.id}/get_subports`)).body, { sub_ports: [] })
  assert.equal((await demo.delete(`${v2}/trunks/${trunk.id}`)).status, 204)
})

test('labels, segments and address groups are kept, and fullness is counted', async () => {
  await using cloud = await openCloud()
  const { admin, demo } = cloud
  const label = await admin.make(`${v2}/metering/metering-labels`, { metering_label: { name: 'm' } })
  const rule = await admin.make(`${v2}/metering/metering-label-rules`, {
    metering_label_rule: {
      metering_label_id: label.id,
      direction: 'ingress',
      remote_ip_prefix: '10.0.0.0/8',
    },
  })
  await admin.delete(`${v2}/metering/metering-labels/${label.id}`)
  assert.equal((await admin.get(`${v2}/metering/metering-label-rules/${rule.id}`)).status, 404)
  const { network } = await makeNetwork(cloud)
  const segment = await admin.make(`${v2}/segments`, {
    segment: {
      network_id: network.id,
      network_type: 'vlan',
      physical_network: 'physnet1',
      segmentation_id: 7,
    },
  })
  assert.equal((await admin.delete(`${v2}/segments/${segment.id}`)).status, 204)
  const group = await demo.make(`${v2}/address-groups`, { address_group: { addresses: ['10.0.0.0/8'] } })
  const more = await demo.put(`${v2}/address-groups/${group.id}/add_addresses`, { addresses: ['1.1.1.1/32'] })
  assert.deepEqual(more.body.address_group.addresses, ['1.1.1.1/32', '10.0.0.0/8'])
  await demo.make(`${v2}/ports`, { port: { network_id: network.id } })
  const { body } = await admin.get(`${v2}/network-ip-availabilities/${network.id}`)
  assert.deepEqual([body.network_ip_availability.used_ips, body.network_ip_availability.total_ips], [1, 253])
  assert.equal((await demo.get(`${v2}/auto-allocated-topology/${demo.projectId}`)).status, 409)
})

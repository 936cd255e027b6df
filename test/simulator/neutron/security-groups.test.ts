import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeNetwork, openCloud } from '../cloud.ts'

const groups = '/network/v2.0/security-groups'
const rules = '/network/v2.0/security-group-rules'

test('every project has a default group, and a new group lets everything out', async () => {
  await using cloud = await openCloud()
  const [own] = (await cloud.demo.get(groups)).body.security_groups
  assert.equal(own.name, 'default')
  assert.equal(own.security_group_rules.length, 4)
  assert.equal((await cloud.demo.post(groups, { security_group: { name: 'default' } })).status, 409)
  assert.equal((await cloud.demo.delete(`${groups}/${own.id}`)).status, 409)
  const group = await cloud.demo.make(groups, { security_group: { name: 'web' } })
  const directions = group.security_group_rules.map(
    (rule: { direction: string; ethertype: string }) => `${rule.direction} ${rule.ethertype}`,
  )
  assert.deepEqual(directions.sort(), ['egress IPv4', 'egress IPv6'])
})

test('a rule that says what another says is refused, however it is written', async () => {
  await using cloud = await openCloud()
  const group = await cloud.demo.make(groups, { security_group: { name: 'web' } })
  const rule = {
    security_group_id: group.id,
    direction: 'ingress',
    protocol: 'tcp',
    port_range_min: 22,
    port_range_max: 22,
    remote_ip_prefix: '10.0.0.1/8',
  }
  const first = await cloud.demo.make(rules, { security_group_rule: rule })
  assert.equal(first.normalized_cidr, '10.0.0.0/8')
  const said = async (more: object) => {
    const { status, body } = await cloud.demo.post(rules, { security_group_rule: { ...rule, ...more } })
    return `${status} ${body.NeutronError?.type}`
  }
  assert.equal(await said({}), '409 SecurityGroupRuleExists')
  assert.equal(await said({ protocol: '6', remote_ip_prefix: '10.0.0.0/8' }), '409 SecurityGroupRuleExists')
  assert.equal(await said({ protocol: 'foo' }), '400 SecurityGroupRuleInvalidProtocol')
  assert.equal(await said({ protocol: null }), '400 SecurityGroupProtocolRequiredWithPorts')
  assert.equal(await said({ port_range_max: 21 }), '400 SecurityGroupInvalidPortRange')
  assert.equal(await said({ protocol: 'icmp', port_range_min: 300 }), '400 SecurityGroupInvalidIcmpValue')
  assert.equal(await said({ ethertype: 'IPv6' }), '400 SecurityGroupRuleParameterConflict')
  assert.equal(await said({ remote_group_id: group.id }), '400 SecurityGroupMultipleRemoteEntites')
  assert.equal(await said({ direction: 'up' }), '400 HTTPBadRequest')
  assert.equal(await said({ security_group_id: 'nothing' }), '404 SecurityGroupNotFound')
  assert.equal((await cloud.demo.delete(`${rules}/${first.id}`)).status, 204)
  assert.equal(await said({}), '201 undefined')
})

test('a group that a port has stays', async () => {
  await using cloud = await openCloud()
  const { network } = await makeNetwork(cloud)
  const group = await cloud.demo.make(groups, { security_group: { name: 'web' } })
  const port = await cloud.demo.make('/network/v2.0/ports', {
    port: { network_id: network.id, security_groups: [group.id] },
  })
  assert.equal(
    (await cloud.demo.delete(`${groups}/${group.id}`)).body.NeutronError.type,
    'SecurityGroupInUse',
  )
  await cloud.demo.delete(`/network/v2.0/ports/${port.id}`)
  assert.equal((await cloud.demo.delete(`${groups}/${group.id}`)).status, 204)
  assert.equal(
    (await cloud.demo.get(`${rules}?security_group_id=${group.id}`)).body.security_group_rules.length,
    0,
  )
})

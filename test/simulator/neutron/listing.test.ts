import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeNetwork, openCloud } from '../cloud.ts'

const ports = '/network/v2.0/ports'

test('lists are filtered by attributes, addresses, tags and several values, and cut to fields', async () => {
  await using cloud = await openCloud()
  const { network, subnet } = await makeNetwork(cloud)
  const make = (fields: object) => cloud.demo.make(ports, { port: { network_id: network.id, ...fields } })
  const [a, b] = [await make({ name: 'a', admin_state_up: false }), await make({ name: 'b', device_id: 'd' })]
  await cloud.demo.put(`${ports}/${a.id}/tags`, { tags: ['x', 'y'] })
  const ids = async (query: string) => {
    const { body } = await cloud.demo.get(`${ports}?${query}`)
    return body.ports
      .map((each: { name: string }) => each.name)
      .sort()
      .join('')
  }
  assert.equal(await ids('name=a'), 'a')
  assert.equal(await ids('name=a&name=b'), 'ab')
  assert.equal(await ids(`id=${b.id}`), 'b')
  assert.equal(await ids('device_id=d'), 'b')
  assert.equal(await ids('admin_state_up=False'), 'a')
  assert.equal(await ids(`fixed_ips=ip_address=${b.fixed_ips[0].ip_address}`), 'b')
  assert.equal(await ids(`fixed_ips=subnet_id=${subnet.id}`), 'ab')
  assert.equal(await ids('tags=x,y'), 'a')
  assert.equal(await ids('tags-any=x,z'), 'a')
  assert.equal(await ids('not-tags=x'), 'b')
  assert.equal(await ids(`security_groups=${a.security_groups[0]}`), 'ab')
  assert.equal(await ids(`tenant_id=${cloud.demo.projectId}`), 'ab')
  assert.equal(await ids(`network_id=${subnet.id}`), '')
  const { body } = await cloud.demo.get(`${ports}?name=a&fields=id&fields=name`)
  assert.deepEqual(body.ports, [{ id: a.id, name: 'a' }])
  const wrong = await cloud.demo.get(`${ports}?colour=red`)
  assert.equal(wrong.body.NeutronError.message, "['colour'] is invalid attribute for filtering")
})

test('lists come in pages that lead from one to the next', async () => {
  await using cloud = await openCloud()
  const { network } = await makeNetwork(cloud)
  const made = await cloud.demo.post(ports, {
    ports: Array.from({ length: 5 }, (_, i) => ({ network_id: network.id, name: `${i}` })),
  })
  let next: string | undefined = `${ports}?limit=2&sort_key=name&sort_dir=desc`
  const seen: string[] = []
  while (next !== undefined) {
    const { body } = await cloud.demo.get(next)
    seen.push(...body.ports.map((each: { name: string }) => each.name))
    const link = body.ports_links.find((each: { rel: string }) => each.rel === 'next')
    next = link?.href.replace(cloud.simulator.url, '')
  }
  assert.deepEqual(seen, ['4', '3', '2', '1', '0'])
  assert.equal(made.body.ports.length, 5)
  assert.equal((await cloud.demo.get(`${ports}?limit=x`)).status, 400)
})

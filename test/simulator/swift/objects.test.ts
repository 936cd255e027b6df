import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Cloud, openCloud } from '../cloud.ts'

const account = ({ demo }: Cloud) => `/object-store/v1/AUTH_${demo.projectId}`

describe('the simulated Swift', () => {
  it('keeps objects in containers, with what they say they are', async () => {
    await using cloud = await openCloud()
    const { demo } = cloud
    const box = `${account(cloud)}/box`
    assert.deepEqual([(await demo.put(box)).status, (await demo.put(box)).status], [201, 202])
    await demo.put(`${box}/b.yaml`, 'a: 1\n', { 'content-type': 'text/yaml' })
    await demo.put(`${box}/a%2Fc.json`, '{"a": 1}', { 'content-type': 'application/json' })
    assert.equal((await demo.get(`${box}/a/c.json`)).text, '{"a": 1}')
    const read = await demo.get(`${box}/b.yaml`)
    assert.deepEqual([read.text, read.headers.get('content-type')], ['a: 1\n', 'text/yaml'])
    const listed = await demo.get(`${box}?format=json`)
    const names = (listed.body as { name: string; bytes: number }[]).map(({ name, bytes }) => [name, bytes])
    assert.deepEqual(names, [
      ['a/c.json', 8],
      ['b.yaml', 5],
    ])
    assert.equal(listed.headers.get('x-container-bytes-used'), '13')
    assert.equal((await demo.get(`${box}?marker=a/c.json`)).text, 'b.yaml\n')
    const all = await demo.get(`${account(cloud)}?format=json`)
    assert.deepEqual(all.body, [{ name: 'box', count: 2, bytes: 13 }])
    const head = await demo.ask('HEAD', `${box}/b.yaml`)
    assert.deepEqual([head.headers.get('content-length'), head.status], ['5', 200])
  })

  it('deletes containers that are empty, and refuses what is not there', async () => {
    await using cloud = await openCloud()
    const { demo } = cloud
    const box = `${account(cloud)}/box`
    assert.equal((await demo.get(box)).status, 404)
    await demo.put(box)
    await demo.put(`${box}/a`, 'x')
    assert.equal((await demo.delete(box)).status, 409)
    assert.equal((await demo.delete(`${box}/a`)).status, 204)
    assert.equal((await demo.get(`${box}/a`)).status, 404)
    assert.deepEqual([(await demo.get(box)).status, (await demo.delete(box)).status], [204, 204])
  })

  it('opens an account to its own project and to administrators', async () => {
    await using cloud = await openCloud()
    await cloud.demo.put(`${account(cloud)}/box`)
    const other = `/object-store/v1/AUTH_${cloud.admin.projectId}`
    assert.equal((await cloud.demo.get(other)).status, 403)
    assert.equal((await cloud.admin.get(`${account(cloud)}/box`)).status, 204)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { agreeOn, compareVersions, microversions } from '../../src/cloud/index.ts'
import { stage } from './fake-cloud.ts'

const nova = { body: { version: { id: 'v2.1', version: '2.90', min_version: '2.1' } } }
const cinder = {
  body: { versions: [{ id: 'v3.0', status: 'CURRENT', version: '3.70', min_version: '3.0' }] },
}
const volume = ['block-storage', 'volumev3']

describe('microversions', () => {
  it('are asked of a service once for all sessions to a cloud', async () => {
    await using on = await stage()
    on.cloud.on('/compute/v2.1/', nova)
    on.cloud.on('/volume/v3/', cinder)
    const [one, two] = [await on.session(), await on.session()]
    assert.deepEqual(await microversions(one, ['compute']), { oldest: '2.1', newest: '2.90' })
    assert.deepEqual(await microversions(two, ['compute']), { oldest: '2.1', newest: '2.90' })
    assert.deepEqual(await microversions(two, volume), { oldest: '3.0', newest: '3.70' })
    assert.deepEqual(on.cloud.calls(), ['GET /compute/v2.1/', 'GET /volume/v3/'])
  })

  it('are asked again after a failure', async () => {
    await using on = await stage({ tries: 1 })
    on.cloud.on('/compute/v2.1/', { status: 503 }, nova)
    const session = await on.session()
    await assert.rejects(microversions(session, ['compute']))
    assert.equal((await microversions(session, ['compute']))?.newest, '2.90')
  })

  it('are none where a service tells of none', async () => {
    await using on = await stage()
    on.cloud.on('/network/v2.0/', { body: { resources: [] } })
    const session = await on.session()
    assert.equal(await microversions(session, ['network']), undefined)
    assert.equal(await agreeOn(session, ['network'], { atMost: '2.1' }), undefined)
  })

  it('are agreed on: at most what is asked for, at most what there is, at least what is needed', async () => {
    await using on = await stage()
    on.cloud.on('/compute/v2.1/', nova)
    const session = await on.session()
    assert.equal(await agreeOn(session, ['compute'], { atMost: '2.79' }), '2.79')
    assert.equal(await agreeOn(session, ['compute'], { atMost: '2.96' }), '2.90')
    assert.equal(await agreeOn(session, ['compute'], { atLeast: '2.91', atMost: '2.96' }), undefined)
    assert.equal(await agreeOn(session, ['compute'], { atLeast: '2.9', atMost: '2.10' }), '2.10')
  })

  it('are compared by number', () => {
    assert.ok(compareVersions('2.9', '2.10') < 0)
    assert.ok(compareVersions('3.0', '2.99') > 0)
    assert.equal(compareVersions('2.1', '2.1'), 0)
  })
})

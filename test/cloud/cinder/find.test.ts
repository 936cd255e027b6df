import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cinder } from '../../../src/cloud/cinder/index.ts'
import { toldSession } from '../told-session.ts'

const { find } = cinder

describe('what templates name in Cinder', () => {
  it('is called as the custom constraints are', () => {
    assert.deepEqual(
      Object.values(find)
        .map(({ name }) => name)
        .toSorted(),
      ['cinder.backup', 'cinder.qos_specs', 'cinder.snapshot', 'cinder.volume', 'cinder.vtype'],
    )
  })

  it('is a volume by ID or by name', async () => {
    const byId = toldSession({ 'GET /volumes/v1': { volume: { id: 'v1' } } })
    assert.equal(await find.volume.lookup(byId, 'v1'), 'v1')
    const byName = toldSession({ 'GET /volumes/detail': { volumes: [{ id: 'v2' }] } })
    assert.equal(await find.volume.lookup(byName, 'data'), 'v2')
    assert.equal(byName.calls().at(-1), 'GET /volumes/detail?name=data')
    await assert.rejects(
      find.volume.lookup(toldSession({ 'GET /volumes/detail': { volumes: [] } }), 'data'),
      {
        message: 'The Volume (data) could not be found.',
      },
    )
  })

  it('is a volume type, or a set of QoS specs, by name among all of them', async () => {
    const types = toldSession({
      'GET /types': {
        volume_types: [
          { id: 't1', name: 'fast' },
          { id: 't2', name: 'slow' },
        ],
      },
    })
    assert.equal(await find.vtype.lookup(types, 'slow'), 't2')
    const specs = toldSession({ 'GET /qos-specs': { qos_specs: [{ id: 'q1', name: 'gold' }] } })
    assert.equal(await find.qosSpecs.lookup(specs, 'gold'), 'q1')
  })
})

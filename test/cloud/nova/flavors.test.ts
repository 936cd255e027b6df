import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { flavors } from '../../../src/cloud/nova/flavors.ts'
import { refuses, toldSession } from '../told-session.ts'

describe("Nova's flavors", () => {
  it('are listed with those that are not public, and have no swap where Nova says nothing', async () => {
    const session = toldSession({
      'GET /flavors/detail': {
        flavors: [
          { name: 'a', swap: '' },
          { name: 'b', swap: 5 },
        ],
      },
    })
    const found = await flavors(session).list({ name: 'a' })
    assert.deepEqual(found, [{ name: 'a', swap: 0 }])
    assert.deepEqual(session.calls(), ['GET /flavors/detail?is_public=None'])
  })

  it('have extra specs', async () => {
    const session = toldSession({
      'GET /flavors/f/os-extra_specs': { extra_specs: { a: 'b' } },
      'POST /flavors/f/os-extra_specs': {},
      'DELETE /flavors/f/os-extra_specs/hw%3Ax': undefined,
    })
    const all = flavors(session)
    assert.deepEqual(await all.extraSpecs('f'), { a: 'b' })
    await all.setExtraSpecs('f', { c: 'd' })
    await all.removeExtraSpec('f', 'hw:x')
    await all.removeExtraSpec('f', 'gone already')
    assert.deepEqual(session.bodies(), [{ extra_specs: { c: 'd' } }])
  })

  it('are open to projects; those that may use one already, or no longer may, are fine', async () => {
    const session = toldSession({
      'GET /flavors/f/os-flavor-access': { flavor_access: [{ tenant_id: 'p1' }] },
    })
    assert.deepEqual(await flavors(session).projects('f'), ['p1'])
    await flavors(toldSession({ 'POST /flavors/f/action': refuses('conflict') })).allow('f', 'p1')
    await flavors(toldSession()).disallow('f', 'p1')
    await assert.rejects(flavors(toldSession()).allow('f', 'p1'))
  })
})

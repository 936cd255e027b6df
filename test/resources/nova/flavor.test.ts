import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Flavor } from '../../../src/resources/nova/flavor.ts'
import { rehearse } from '../../../src/testing/rehearsal.ts'

const cloud = {
  'nova.flavors.create': { id: 'f1' },
  'nova.flavors.extraSpecs': { old: '1', kept: '2' },
  'nova.flavors.projects': ['p1', 'p2'],
  'nova.flavors.list': [{ id: 'f0' }],
}

const asked = (requests: readonly (readonly unknown[])[]) =>
  requests.filter(([call]) => !/extraSpecs$|projects$|list$/.test(String(call)))

describe('OS::Nova::Flavor', () => {
  it('is made under the names that Nova has for its properties', async () => {
    const flavor = rehearse(Flavor, { ram: 512, vcpus: 1, flavorid: '' }, cloud)
    await flavor.create()
    assert.deepEqual(asked(flavor.requests), [
      [
        'nova.flavors.create',
        {
          id: null,
          name: flavor.self.physicalName,
          ram: 512,
          vcpus: 1,
          disk: 0,
          swap: 0,
          'OS-FLV-EXT-DATA:ephemeral': 0,
          rxtx_factor: 1,
          'os-flavor-access:is_public': true,
        },
      ],
    ])
  })

  it("is open to the projects it names, or to the stack's own, when it is not public", async () => {
    const own = rehearse(Flavor, { ram: 1, vcpus: 1, is_public: false }, cloud)
    await own.create()
    const { projectId } = own.self.stack
    assert.deepEqual(asked(own.requests).slice(1), [
      ['nova.flavors.disallow', 'f1', 'p1'],
      ['nova.flavors.disallow', 'f1', 'p2'],
      ['nova.flavors.allow', 'f1', projectId],
    ])
    own.hush()
    await own.update({ ram: 1, vcpus: 1, is_public: false, tenants: ['p2', 'p3'] })
    assert.deepEqual(asked(own.requests), [
      ['nova.flavors.disallow', 'f1', 'p1'],
      ['nova.flavors.allow', 'f1', 'p3'],
    ])
  })

  it('has just the extra specs that it says', async () => {
    const flavor = rehearse(Flavor, { ram: 1, vcpus: 1 }, cloud)
    await flavor.create()
    flavor.hush()
    await flavor.update({ ram: 1, vcpus: 1, extra_specs: { kept: 3, 'hw:new': true } })
    assert.deepEqual(asked(flavor.requests), [
      ['nova.flavors.removeExtraSpec', 'f1', 'old'],
      ['nova.flavors.setExtraSpecs', 'f1', { kept: '3', 'hw:new': 'true' }],
    ])
    assert.deepEqual(await Flavor.compute?.extra_specs?.(flavor.context()), { old: '1', kept: '2' })
  })

  it('is found again by its name, unless that was there before', async () => {
    const flavor = rehearse(Flavor, { ram: 1, vcpus: 1, name: 'small' }, cloud)
    await flavor.create()
    assert.deepEqual(await Flavor.find?.(flavor.context()), [])
    const named = rehearse(Flavor, { ram: 1, vcpus: 1 }, cloud)
    await named.create()
    assert.deepEqual(await Flavor.find?.(named.context()), [{ id: 'f0' }])
  })
})

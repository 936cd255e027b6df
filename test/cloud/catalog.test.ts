import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { endpointOf, readCatalog } from '../../src/cloud/catalog.ts'
import { microversionHeaders, officialType, versionRoot } from '../../src/cloud/service-types.ts'

const catalog = readCatalog([
  {
    type: 'volumev3',
    endpoints: [
      { interface: 'public', region_id: 'one', url: 'http://c1/v3/p' },
      { interface: 'public', region: 'two', url: 'http://c2/v3/p' },
      { interface: 'internal', region_id: 'one', url: 'http://ci/v3/p' },
    ],
  },
  { type: 'network', endpoints: [{ interface: 'public', region_id: 'one', url: 'http://n/' }] },
  { type: 'image', endpoints: [{ interface: 'public', region_id: 'one', url: 'http://g/image' }] },
  { type: 'identity', endpoints: [{ interface: 'public', region_id: 'one', url: 'http://k/identity/v2.0' }] },
  { type: 'compute', endpoints: [{ interface: 'public', region_id: 'one', url: 'http://v/v2.1/p' }] },
  { type: 'placement', endpoints: [{ interface: 'public', region_id: 'one', url: 'http://p' }] },
  { type: 'alarming', endpoints: [{ interface: 'public', region_id: 'one', url: 'http://a' }] },
  { type: 'broken', endpoints: [{ interface: 'public' }, 7, null] },
  'nonsense',
])

const at = (
  types: readonly string[],
  region: string | undefined = 'one',
  side: 'public' | 'internal' = 'public',
) => endpointOf(catalog, { types, region, interface: side, projectId: 'p' })

describe('the catalog', () => {
  it('is searched by type, region and interface', () => {
    assert.equal(at(['volumev3']), 'http://c1/v3/p')
    assert.equal(at(['volumev3'], 'two'), 'http://c2/v3/p')
    assert.equal(at(['volumev3'], 'one', 'internal'), 'http://ci/v3/p')
    assert.equal(at(['volumev3'], 'three'), undefined)
    assert.equal(
      endpointOf(catalog, { types: ['volumev3'], region: undefined, interface: 'internal', projectId: '' }),
      'http://ci/v3/p',
    )
    assert.equal(at(['broken']), undefined)
  })

  it('knows a service under its other types', () => {
    assert.equal(at(['block-storage']), 'http://c1/v3/p')
    assert.equal(at(['alarm']), 'http://a/v2')
    assert.equal(officialType(['volumev3']), 'block-storage')
    assert.equal(officialType(['my-own']), 'my-own')
  })

  it('gives endpoints the version that it leaves out', () => {
    assert.equal(at(['network']), 'http://n/v2.0')
    assert.equal(at(['image']), 'http://g/image/v2')
    assert.equal(at(['compute']), 'http://v/v2.1/p')
    assert.equal(at(['placement']), 'http://p')
    assert.equal(at(['identity']), 'http://k/identity/v3')
    const bare = readCatalog([
      { type: 'block-storage', endpoints: [{ interface: 'public', url: 'http://c/' }] },
    ])
    const wanted = {
      types: ['block-storage'],
      region: undefined,
      interface: 'public' as const,
      projectId: 'p',
    }
    assert.equal(endpointOf(bare, wanted), 'http://c/v3/p')
  })

  it('is empty if it is none', () => {
    assert.deepEqual(readCatalog(undefined), [])
  })
})

describe('service types', () => {
  it('find the root of an API version', () => {
    assert.equal(versionRoot('http://c/v3/p1'), 'http://c/v3')
    assert.equal(versionRoot('http://h/volume/v3.1/p1'), 'http://h/volume/v3.1')
    assert.equal(versionRoot('http://p'), 'http://p')
  })

  it('name microversions as each service wants', () => {
    assert.deepEqual(microversionHeaders(['block-storage', 'volumev3'], '3.59'), {
      'openstack-api-version': 'volume 3.59',
    })
    assert.deepEqual(microversionHeaders(['block-storage'], 'volume 3.59'), {
      'openstack-api-version': 'volume 3.59',
    })
    assert.deepEqual(microversionHeaders(['compute'], '2.1'), {
      'openstack-api-version': 'compute 2.1',
      'x-openstack-nova-api-version': '2.1',
    })
  })
})

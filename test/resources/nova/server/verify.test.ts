import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { verify } from '../../../../src/resources/nova/server/verify.ts'
import { refusal } from '../../../cloud/told-session.ts'
import { played } from './stage.ts'

const image = { status: 'active', min_ram: 512, min_disk: 2 }
const flavor = { ram: 512, disk: 2 }

const verified = (given: object = {}, answers: object = {}) =>
  verify(
    played(given, {
      'glance.images.get': image,
      'nova.flavors.get': flavor,
      'nova.limits': { maxServerMeta: 2, maxPersonality: 1, maxPersonalitySize: 4 },
      ...answers,
    }).context(),
  )

describe('before a server is made', () => {
  it('its image and its flavor must go together', async () => {
    await verified()
    await assert.rejects(verified({}, { 'glance.images.get': { ...image, status: 'queued' } }), {
      message: 'Image status is required to be active not queued.',
    })
    await assert.rejects(verified({}, { 'nova.flavors.get': { ...flavor, ram: 64 } }), {
      message: 'Image debian requires 512 minimum ram. Flavor small has only 64.',
    })
    await assert.rejects(verified({}, { 'nova.flavors.get': { ...flavor, disk: 1 } }), {
      message: 'Image debian requires 2 GB minimum disk space. Flavor small has only 1 GB.',
    })
    await verified({}, { 'glance.images.get': refusal('not-found') })
  })

  it('Nova must be new enough for what it is to have', async () => {
    const old = { 'nova.can': false }
    await verified({}, old)
    for (const given of [
      { networks: [{ allocate_network: 'none' }] },
      { networks: [{ network: 'n', tag: 't' }] },
      { tags: ['a'] },
      { block_device_mapping_v2: [{ volume_id: 'v', volume_type: 't' }] },
    ]) {
      await assert.rejects(verified(given, old), /^Error: Cannot use ".*" property/)
      await verified(given)
    }
  })

  it('it may not have more metadata and files than the project may', async () => {
    await verified({ metadata: { a: 1, b: 2 }, personality: { '/a': 'abcd' } })
    await assert.rejects(
      verified({ metadata: { a: 1, b: 2, c: 3 } }),
      /must not contain greater than 2 entries/,
    )
    await assert.rejects(
      verified({ personality: { '/a': '', '/b': '' } }),
      /may not contain greater than 1 entries/,
    )
    await assert.rejects(verified({ personality: { '/a': 'abcde' } }), /"\/a" is larger than .* \(4 bytes\)/)
    await verified({ metadata: { a: 1, b: 2, c: 3 } }, { 'nova.limits': { maxServerMeta: -1 } })
  })

  it('the subnets it names must be there', async () => {
    await assert.rejects(verified({ networks: [{ subnet: 'nope' }] }), /Unable to find subnet/)
  })
})

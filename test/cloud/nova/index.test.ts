import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nova } from '../../../src/cloud/nova/index.ts'
import { toldSession } from '../told-session.ts'

describe('Nova', () => {
  it('tells its limits, its availability zones and what it can do', async () => {
    const client = nova.connect(
      toldSession({
        'GET /limits': { limits: { absolute: { maxServerMeta: 128 } } },
        'GET /os-availability-zone': { availabilityZoneInfo: [{ zoneName: 'az1' }] },
        'GET /': { version: { version: '2.60', min_version: '2.1' } },
      }),
    )
    assert.deepEqual(await client.limits(), { maxServerMeta: 128 })
    assert.deepEqual(await client.availabilityZones(), ['az1'])
    assert.deepEqual(await Promise.all([client.can('tagsAtCreation'), client.can('groupRules')]), [
      true,
      false,
    ])
  })
})

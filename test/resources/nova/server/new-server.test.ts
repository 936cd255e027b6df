import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { filesOf, newServer } from '../../../../src/resources/nova/server/new-server.ts'
import { played } from './stage.ts'

describe('a new server', () => {
  it('is no more than what its template says', async () => {
    const server = played()
    assert.deepEqual(await newServer(server.context()), {
      name: server.self.physicalName,
      flavorRef: 'small',
      imageRef: 'debian',
      metadata: {},
    })
  })

  it('is all that its template says', async () => {
    const said = {
      name: 'web',
      key_name: 'k',
      availability_zone: 'az1',
      config_drive: false,
      diskConfig: 'MANUAL',
      admin_pass: 'secret',
      tags: ['a'],
      metadata: { a: 'b', n: 1, deep: { x: [] } },
      security_groups: ['g'],
      networks: [{ network: 'n' }],
      scheduler_hints: { group: 'x' },
      user_data: '#!/bin/sh',
      personality: { '/etc/a': 'hi' },
      reservation_id: 'r',
      admin_user: 'u',
    }
    assert.deepEqual(await newServer(played(said).context()), {
      name: 'web',
      flavorRef: 'small',
      imageRef: 'debian',
      key_name: 'k',
      availability_zone: 'az1',
      config_drive: false,
      'OS-DCF:diskConfig': 'MANUAL',
      adminPass: 'secret',
      tags: ['a'],
      metadata: { a: 'b', n: '1', deep: '{"x":[]}' },
      security_groups: [{ name: 'g' }],
      networks: [{ uuid: 'n' }],
      hints: { group: 'x' },
      user_data: Buffer.from('#!/bin/sh').toString('base64'),
      personality: [{ path: '/etc/a', contents: Buffer.from('hi').toString('base64') }],
    })
  })

  it('leaves out what its template leaves empty', async () => {
    const empty = {
      key_name: '',
      availability_zone: '',
      admin_pass: '',
      tags: [],
      security_groups: [],
      networks: [],
    }
    assert.deepEqual(Object.keys(await newServer(played(empty).context())), [
      'name',
      'flavorRef',
      'imageRef',
      'metadata',
    ])
    assert.deepEqual(filesOf(played().context().props), {})
  })

  it('has its disks in the form that they are said in', async () => {
    const older = await newServer(
      played({ image: undefined, block_device_mapping: [{ device_name: 'vda', volume_id: 'v' }] }).context(),
    )
    assert.deepEqual(
      [older.imageRef, older.block_device_mapping],
      ['', [{ device_name: 'vda', volume_id: 'v' }]],
    )
    const { block_device_mapping_v2: devices } = await newServer(
      played({ block_device_mapping_v2: [{ swap_size: 1 }] }).context(),
    )
    assert.deepEqual(
      devices?.map(({ source_type }) => source_type),
      ['image', 'blank'],
    )
  })

  it('gets the metadata of its resource in the envelope', async () => {
    const server = played({ user_data_format: 'HEAT_CFNTOOLS' })
    const { user_data: encoded = '' } = await newServer(server.context({ metadata: { key: 'value' } }))
    assert.match(Buffer.from(encoded, 'base64').toString(), /filename="cfn-init-data"\n\n{"key":"value"}/)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { partsOf } from '../../../../src/resources/mime.ts'
import { composed, encodedUserData, userDataOf } from '../../../../src/resources/nova/server/user-data.ts'
import { memoryConfigs } from '../../../../src/testing/rehearsal.ts'
import { played } from './stage.ts'

const names = (text: string) => (partsOf(text) ?? []).map((part) => /filename="([^"]+)"/.exec(part)?.[1])

describe('user data', () => {
  it('go as they are when they are raw, and not at all when there are none', () => {
    const raw = { format: 'RAW', metadata: { a: 1 } } as const
    assert.equal(
      encodedUserData({ ...raw, text: '#!/bin/sh ä' }),
      Buffer.from('#!/bin/sh ä').toString('base64'),
    )
    assert.equal(encodedUserData({ ...raw, text: '' }), undefined)
  })

  it('are put in an envelope for heat-cfntools, with the metadata', () => {
    const text = composed({
      format: 'HEAT_CFNTOOLS',
      text: '#!/bin/sh\necho hi\n',
      metadata: { key: 'value' },
    })
    assert.deepEqual(names(text), [
      'cloud-config',
      'boothook.sh',
      'part-handler.py',
      'cfn-userdata',
      'loguserdata.sh',
      'cfn-init-data',
    ])
    assert.match(text, /\n#!\/bin\/sh\necho hi\n/)
    assert.match(text, /\n{"key":"value"}\n/)
    assert.equal(
      names(composed({ format: 'HEAT_CFNTOOLS', text: '', metadata: {} })).includes('cfn-init-data'),
      false,
    )
  })

  it('are parts among others for a software config agent', () => {
    const software = { format: 'SOFTWARE_CONFIG', metadata: {} } as const
    const inner = composed({ ...software, text: 'plain' })
    assert.equal(names(inner).at(-1), 'user-data')
    assert.equal(names(composed({ ...software, text: inner })).length, 3 + 4)
  })

  it('for Ignition get the metadata as files', () => {
    const text = JSON.stringify({ ignition: { version: '3.0.0' }, storage: { files: [{ path: '/a' }] } })
    const ignition = { format: 'SOFTWARE_CONFIG', text } as const
    assert.equal(composed({ ...ignition, metadata: {} }), text)
    const { storage } = JSON.parse(composed({ ...ignition, metadata: { a: 'b c' } }))
    assert.deepEqual(
      storage.files.map(({ path }: { path: string }) => path),
      ['/a', '/var/lib/heat-cfntools/cfn-init-data', '/var/lib/cloud/data/cfn-init-data'],
    )
    assert.equal(storage.files[1].contents.source, 'data:,%7B%22a%22%3A%22b%20c%22%7D')
  })
})

describe('user data that are the ID of a software config', () => {
  const id = '11111111-1111-4111-8111-111111111111'
  const config = { group: null, config: '#!/bin/sh', inputs: [], outputs: [], options: {} }

  const given = async (format: string, others: Parameters<typeof memoryConfigs>[0]) => {
    const { context } = played({ user_data: id, user_data_format: format })
    const encoded = await userDataOf(context({ configs: memoryConfigs(others) }))
    return Buffer.from(encoded ?? '', 'base64').toString()
  }

  it('are what it says, if they are raw or for a software config agent', async () => {
    assert.equal(await given('RAW', { [id]: config }), '#!/bin/sh')
    assert.match(await given('SOFTWARE_CONFIG', { [id]: config }), /\n\n#!\/bin\/sh\n/)
    assert.equal(await given('RAW', { [id]: { ...config, config: { a: 1 } } }), '{"a":1}')
    assert.equal(await given('RAW', { [id]: { ...config, config: null } }), '')
  })

  it('go as they are if there is no such config, or they are for heat-cfntools', async () => {
    assert.equal(await given('RAW', {}), id)
    assert.match(await given('HEAT_CFNTOOLS', { [id]: config }), new RegExp(`\n\n${id}\n`))
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { partsOf } from '../../../../src/resources/nova/server/mime.ts'
import { composed, encodedUserData } from '../../../../src/resources/nova/server/user-data.ts'

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

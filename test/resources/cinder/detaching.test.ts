import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startDetaching } from '../../../src/resources/cinder/detaching.ts'
import { recorder } from '../../../src/testing/recorder.ts'
import { refusal } from '../../cloud/told-session.ts'

type Clients = Parameters<typeof startDetaching>[0]

const detach = (refused: Error | undefined, live?: object) =>
  startDetaching(
    recorder<Clients>({ 'nova.servers.detachVolume': refused, 'cinder.volumes.get': live }).client,
    's1',
    'v1',
  )

describe('taking a volume off a server', () => {
  const used = { status: 'in-use', attachments: [{ server_id: 's1' }] }

  it('is done already when it is not there, or on its way', async () => {
    await detach(undefined)
    await detach(refusal('not-found'))
    await detach(refusal('bad-request'), { ...used, status: 'detaching' })
    await detach(refusal('bad-request'), { status: 'available', attachments: [] })
  })

  it('fails as Nova says', async () => {
    await assert.rejects(detach(refusal('bad-request'), used), { kind: 'bad-request' })
    await assert.rejects(detach(refusal('conflict')), { kind: 'conflict' })
  })
})

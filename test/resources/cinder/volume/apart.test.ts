import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { giveBack, isApart, isInPlace, takeApart } from '../../../../src/resources/cinder/volume/apart.ts'
import { Volume } from '../../../../src/resources/cinder/volume/index.ts'
import { rehearse } from '../../../../src/testing/rehearsal.ts'
import { refusal } from '../../../cloud/told-session.ts'

const volume = (status: string, ...servers: string[]) =>
  ({ status, attachments: servers.map((server_id) => ({ server_id, device: '/dev/vdb' })) }) as never

async function apart(answers: object = {}) {
  const trial = rehearse(Volume, { size: 1 }, { 'cinder.volumes.get': volume('in-use', 's1'), ...answers })
  await takeApart(trial.context())
  return trial
}

const gone = { 'nova.servers.volumeAttachment': refusal('not-found') }

describe('a volume off its server', () => {
  it('is on its way until both Cinder and Nova have seen it', async () => {
    const trial = await apart(gone)
    assert.equal(isApart(trial.context()), true)
    assert.equal(await isInPlace({ ...trial.context(), live: volume('in-use', 's1') }), false)
    assert.equal(await isInPlace({ ...trial.context(), live: volume('available') }), true)
    const known = await apart({ 'nova.servers.volumeAttachment': {} })
    assert.equal(await isInPlace({ ...known.context(), live: volume('available') }), false)
  })

  it('is given back where it was, and that is then forgotten', async () => {
    const trial = await apart({
      ...gone,
      'cinder.volumes.get': inTurn(volume('in-use', 's1'), volume('available')),
    })
    await giveBack(trial.context())
    assert.deepEqual(trial.requests.at(-1), [
      'nova.servers.attachVolume',
      's1',
      { volume: 'id-1', device: '/dev/vdb' },
    ])
    assert.equal(await isInPlace({ ...trial.context(), live: volume('in-use', 's1') }), true)
    assert.equal(isApart(trial.context()), false)
  })

  it('has failed to come back when it is free and Nova knows nothing of it', async () => {
    const trial = await apart({ ...gone, 'nova.servers.get': {} })
    await giveBack(trial.context())
    await assert.rejects(isInPlace({ ...trial.context(), live: volume('available') }), /attachment failed/)
    const known = await apart({ 'nova.servers.get': {}, 'nova.servers.volumeAttachment': {} })
    await giveBack(known.context())
    assert.equal(await isInPlace({ ...known.context(), live: volume('available') }), false)
  })

  it('does not wait for a server that is gone', async () => {
    const trial = await apart({ ...gone, 'nova.servers.get': refusal('not-found') })
    await giveBack(trial.context())
    assert.equal(await isInPlace({ ...trial.context(), live: volume('available') }), true)
  })

  it('is nothing to think of for a volume that nobody uses', async () => {
    const trial = await apart({ 'cinder.volumes.get': volume('available') })
    await giveBack(trial.context())
    assert.equal(isApart(trial.context()), false)
    assert.equal(await isInPlace({ ...trial.context(), live: volume('available') }), true)
  })
})

function inTurn<T>(first: T, then: T): () => T {
  let asked = 0
  return () => (asked++ === 0 ? first : then)
}

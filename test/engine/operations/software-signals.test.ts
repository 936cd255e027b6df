import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { silent } from '../../../src/base/log.ts'
import type { Ask } from '../../../src/cloud/index.ts'
import { asSignalled } from '../../../src/engine/operations/software-signals.ts'
import type { EngineParts } from '../../../src/engine/parts.ts'
import type { SoftwareConfigRow, SoftwareDeploymentRow } from '../../../src/store/index.ts'
import { anna } from '../../../src/testing/scenario.ts'
import { refusal, toldSession } from '../../cloud/told-session.ts'

const deployment: SoftwareDeploymentRow = {
  ...{ id: 'd', projectId: 'project', stackUserProjectId: null, configId: 'c', serverId: 's' },
  ...{ action: 'CREATE', status: 'IN_PROGRESS', statusReason: null, createdAt: 1, updatedAt: null },
  ...{ inputValues: {}, outputValues: null },
}

const writtenAt = Date.UTC(2026, 0, 31, 9, 30, 0)

interface Swift {
  readonly transport?: string
  readonly address?: string
  readonly content?: unknown
  readonly size?: string
}

/** What becomes of a deployment when it is shown; and what was asked of Swift for that. */
async function shown(row: SoftwareDeploymentRow, swift: Swift = {}) {
  const { transport = 'TEMP_URL_SIGNAL', address = 'http://swift/v1/AUTH_p/box/thing?sig=1' } = swift
  const inputs = [
    { name: 'deploy_signal_transport', value: transport },
    { name: 'deploy_signal_id', value: address },
  ]
  const config: SoftwareConfigRow = {
    ...{ id: 'c', projectId: 'project', name: 'n', group: 'g', createdAt: 1 },
    content: { config: '', inputs, outputs: [{ name: 'done' }], options: {} },
  }
  const { content, size = '9' } = swift
  const told = toldSession({ 'GET /box/thing': content })
  const headers = { 'last-modified': new Date(writtenAt).toUTCString(), 'content-length': size }
  const session = {
    ...told,
    request(ask: Ask) {
      if (ask.method !== 'HEAD') return told.request(ask)
      told.asks.push(ask)
      return content === undefined
        ? Promise.reject(refusal('not-found'))
        : Promise.resolve({ status: 200, headers, body: undefined })
    },
  }
  const parts = {
    store: {
      softwareConfigs: async () => [config],
      changeSoftwareDeployment: async (_id: string, change: object) => ({ ...row, ...change }),
    },
    access: { forCaller: () => session },
    log: silent,
  }
  const after = await asSignalled(parts as unknown as EngineParts, anna, row)
  return { after, calls: told.calls() }
}

describe('a software deployment that is signalled in Swift', () => {
  it('becomes what is written there, once it is (§14)', async () => {
    const waiting = await shown(deployment)
    assert.deepEqual(waiting, { after: deployment, calls: ['HEAD /box/thing'] })
    const { after } = await shown(deployment, { content: { done: 1, deploy_status_code: 0 } })
    assert.deepEqual(after, {
      ...deployment,
      ...{ status: 'COMPLETE', statusReason: 'Outputs received', updatedAt: writtenAt },
      outputValues: { done: 1, deploy_stdout: null, deploy_stderr: null, deploy_status_code: 0 },
    })
    const text = await shown(deployment, { content: '{"deploy_status_code": "2"}' })
    assert.equal(text.after.status, 'FAILED')
  })

  it('stays as it is while nothing new is there, or nothing that can be read', async () => {
    const content = { done: 1 }
    const looked = { after: deployment, calls: ['HEAD /box/thing'] }
    assert.deepEqual(await shown(deployment, { content, size: '0' }), looked)
    assert.deepEqual(await shown(deployment, { content, size: '99999999' }), looked)
    const told = { ...deployment, updatedAt: writtenAt }
    assert.deepEqual(await shown(told, { content }), { ...looked, after: told })
    for (const wrong of ['no JSON', '[1]', [1]])
      assert.deepEqual((await shown(deployment, { content: wrong })).after, deployment)
  })

  it('asks Swift for nothing if it is over, or signalled in another way', async () => {
    const over = { ...deployment, status: 'COMPLETE' }
    assert.deepEqual(await shown(over), { after: over, calls: [] })
    for (const other of [{ transport: 'NO_SIGNAL' }, { address: 'no address' }, { address: 'http://swift/' }])
      assert.deepEqual(await shown(deployment, other), { after: deployment, calls: [] })
  })
})

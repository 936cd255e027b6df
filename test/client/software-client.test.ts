import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectClient, type HearthClient } from '../../src/client/index.ts'
import type { EngineCalls } from '../../src/contract/engine.ts'
import { softwareCalls as engine } from '../api/kit.ts'
import { withWorld } from './kit.ts'

const uses: readonly [
  call: keyof EngineCalls,
  use: (client: HearthClient) => Promise<unknown>,
  ask: object,
  answersWith: string | undefined,
][] = [
  [
    'createSoftwareConfig',
    (client) => client.createSoftwareConfig({ name: 'a', config: 'x' }),
    { name: 'a', group: null, config: 'x', inputs: [], outputs: [], options: {} },
    'c1',
  ],
  ['showSoftwareConfig', (client) => client.showSoftwareConfig('c1'), { id: 'c1' }, 'c1'],
  ['listSoftwareConfigs', (client) => client.listSoftwareConfigs(), {}, undefined],
  ['listSoftwareConfigs', (client) => client.listSoftwareConfigs({ limit: 1 }), { limit: 1 }, undefined],
  ['deleteSoftwareConfig', (client) => client.deleteSoftwareConfig('c1'), { id: 'c1' }, undefined],
  [
    'createSoftwareDeployment',
    (client) => client.createSoftwareDeployment({ server_id: 's', config_id: 'c1' }),
    {
      ...{ serverId: 's', configId: 'c1', inputValues: {}, action: null, status: null },
      ...{ statusReason: null, stackUserProjectId: null },
    },
    'd1',
  ],
  ['showSoftwareDeployment', (client) => client.showSoftwareDeployment('d1'), { id: 'd1' }, 'd1'],
  ['listSoftwareDeployments', (client) => client.listSoftwareDeployments(), {}, undefined],
  [
    'listSoftwareDeployments',
    (client) => client.listSoftwareDeployments({ server: 's' }),
    { serverId: 's' },
    undefined,
  ],
  [
    'updateSoftwareDeployment',
    (client) => client.updateSoftwareDeployment('d1', { status: 'COMPLETE' }),
    { id: 'd1', status: 'COMPLETE' },
    'd1',
  ],
  ['deleteSoftwareDeployment', (client) => client.deleteSoftwareDeployment('d1'), { id: 'd1' }, undefined],
]

for (const [call, use, ask, id] of uses) {
  test(`${call} reaches the engine as it was meant, with ${JSON.stringify(ask)}`, async () => {
    await withWorld(engine, async ({ api, settings }) => {
      const answer = (await use(await connectClient(settings))) as { readonly id?: string } | undefined
      const last = api.asked.at(-1)
      assert.deepEqual([last?.call, last?.ask, answer?.id], [call, ask, id])
    })
  })
}

test('what a server is to be configured with is a list', async () => {
  await withWorld(engine, async ({ settings }) => {
    const configs = await (await connectClient(settings)).showServerConfigs('s')
    assert.deepEqual(
      configs.map(({ id, config }) => [id, config]),
      [['c1', '#!/bin/sh']],
    )
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { Problem } from '../../../src/base/problem.ts'
import type { HearthClient } from '../../../src/client/index.ts'
import type { SoftwareConfigReply, SoftwareDeploymentReply } from '../../../src/contract/rest/index.ts'
import { run } from '../fakes.ts'

const config: SoftwareConfigReply = {
  ...{ id: 'c1', name: 'install', group: 'script', creation_time: '2026-01-31T09:30:00Z' },
  ...{ config: '#!/bin/sh', outputs: [{ name: 'done' }], options: { deep: 1 } },
  inputs: [{ name: 'a', default: 'x' }, { name: 'b' }, { name: 'c' }],
}

const deployment: SoftwareDeploymentReply = {
  ...{ id: 'd1', server_id: 's', config_id: 'c2', input_values: {}, output_values: null, action: 'UPDATE' },
  ...{ status: 'IN_PROGRESS', status_reason: null, creation_time: '2026-01-31T09:30:00Z' },
}

const nobody = () => Promise.reject(new Problem('NotFound', 'it is not there', { status: 404 }))
const software = (words: string): readonly string[] => ['software', 'deployment', ...words.split(' ')]

/** A call that remembers what it was asked. */
const noting =
  <T>(asked: { push(said: JsonMap): unknown }, answer: T) =>
  async (said: object = {}): Promise<T> => {
    asked.push(said as JsonMap)
    return answer
  }

test('a deployment has a software config of its own, with the values of its inputs', async () => {
  const asked: JsonMap[] = []
  const client: Partial<HearthClient> = {
    showSoftwareConfig: async () => config,
    createSoftwareConfig: noting(asked, { ...config, id: 'c2' }),
    createSoftwareDeployment: noting(asked, deployment),
  }
  const words =
    'create one --server s --signal-transport NO_SIGNAL --config c1 --input-value b=1 --input-value more=2'
  const { code, out } = await run([...software(words), '-f', 'json'], client)
  assert.equal(code, 0)
  assert.deepEqual(Object.keys(JSON.parse(out)), Object.keys(deployment).toSorted())
  const [derived, made] = asked
  const inputs = derived?.inputs as readonly JsonMap[]
  assert.deepEqual(
    inputs.map(({ name, value }) => [name, value]),
    [
      ...[
        ['a', 'x'],
        ['b', '1'],
        ['c', null],
        ['more', '2'],
      ],
      ...[
        ['deploy_server_id', 's'],
        ['deploy_action', 'UPDATE'],
        ['deploy_signal_transport', 'NO_SIGNAL'],
      ],
    ],
  )
  assert.deepEqual(
    { ...derived, inputs: [] },
    {
      name: 'one',
      group: 'script',
      config: '#!/bin/sh',
      options: { deep: 1 },
      inputs: [],
      outputs: [{ name: 'done' }],
    },
  )
  assert.deepEqual(made, { config_id: 'c2', server_id: 's', action: 'UPDATE', status: 'IN_PROGRESS' })
  asked.length = 0
  const newSignalUrl: HearthClient['newSignalUrl'] = async ({ container, minutes, now }) =>
    `http://swift/${container.slice(0, 4)}/${minutes}/${now}`
  await run(software('create one --server s --action CREATE'), { ...client, newSignalUrl })
  assert.deepEqual([asked[0]?.config, asked[0]?.group], ['', 'Heat::Ungrouped'])
  const signal = ((asked[0]?.inputs ?? []) as readonly JsonMap[]).slice(-3).map(({ value }) => value)
  const begun = Date.parse('2026-01-31T09:30:00Z')
  assert.deepEqual(signal, ['TEMP_URL_SIGNAL', `http://swift/one-/60/${begun}`, 'PUT'])
})

test('a deployment is refused without a server, without its config, and with signals that are not there', async () => {
  assert.equal((await run(software('create one'), {})).code, 2)
  const lost = await run(software('create one --server s --config c9'), { showSoftwareConfig: nobody })
  assert.deepEqual([lost.code, lost.err], [1, 'ERROR: Software configuration not found: c9\n'])
  const signal = await run(software('create one --server s --signal-transport ZAQAR_SIGNAL'), {})
  assert.deepEqual([signal.code, signal.err], [1, 'ERROR: Unsupported signal transport ZAQAR_SIGNAL\n'])
})

test('deployments are listed, shortly or at length', async () => {
  const asked: unknown[] = []
  const client: Partial<HearthClient> = {
    listSoftwareDeployments: noting(asked, { software_deployments: [deployment] }),
  }
  const short = await run([...software('list'), '-f', 'value'], client)
  assert.equal(short.out, 'd1 c2 s UPDATE IN_PROGRESS\n')
  const long = await run([...software('list --server s --long'), '-f', 'value'], client)
  assert.equal(long.out, 'd1 c2 s UPDATE IN_PROGRESS 2026-01-31T09:30:00Z None\n')
  assert.deepEqual(asked, [{}, { server: 's' }])
})

test('a deployment is shown, with its outputs if that is wanted', async () => {
  const client: Partial<HearthClient> = { showSoftwareDeployment: async () => deployment }
  const { out } = await run([...software('show d1'), '-f', 'json'], client)
  const keys = ['id', 'server_id', 'config_id', 'creation_time', 'updated_time', 'status', 'status_reason']
  assert.deepEqual(Object.keys(JSON.parse(out)), [...keys, 'input_values', 'action'])
  const long = await run([...software('show d1 --long'), '-f', 'json'], client)
  assert.equal('output_values' in JSON.parse(long.out), true)
  const lost = await run(software('show d9'), { showSoftwareDeployment: nobody })
  assert.deepEqual([lost.code, lost.err], [1, 'ERROR: Software Deployment not found: d9\n'])
})

test('what a server is to be configured with is shown as JSON', async () => {
  const client: Partial<HearthClient> = { showServerConfigs: async () => [config] }
  const { out } = await run(software('metadata show s'), client)
  assert.deepEqual(JSON.parse(out), [config])
})

test('an output is shown, or all, of long logs the end', async () => {
  const lines = Array.from({ length: 12 }, (_, i) => `line ${i}`)
  const output_values = { done: { a: true }, deploy_stdout: `${lines.join('\n')}\n`, deploy_stderr: null }
  const client: Partial<HearthClient> = {
    showSoftwareDeployment: async () => ({ ...deployment, output_values }),
  }
  const one = await run(software('output show d1 done'), client)
  assert.equal(one.out, "output_value:\n\n  done: {'a': True}\n")
  const all = await run(software('output show d1 --all'), client)
  const end = lines.slice(2).map((line) => `    ${line}\n`)
  const cut = `    ...\n${end.join('')}    (truncated, view all with --long)\n`
  assert.equal(
    all.out,
    `output_values:\n\n  done: {'a': True}\n  deploy_stdout: |\n${cut}  deploy_stderr: |\nNone\n`,
  )
  const long = await run(software('output show d1 deploy_stdout --long'), client)
  assert.equal(
    long.out,
    `output_value:\n\n  deploy_stdout: |\n${lines.map((line) => `    ${line}\n`).join('')}`,
  )
  assert.match(
    (await run(software('output show d1 lost'), client)).err,
    /Output lost does not exist in deployment d1/,
  )
  assert.match((await run(software('output show d1'), client)).err, /either <output-name> or --all/)
  const none = await run(software('output show d1 --all'), { showSoftwareDeployment: async () => deployment })
  assert.deepEqual(none, { code: 0, out: '', err: '' })
})

test('deployments are deleted with their configs', async () => {
  const deleted: string[] = []
  const client: Partial<HearthClient> = {
    showSoftwareDeployment: async (id) =>
      id === 'd9' ? nobody() : { ...deployment, config_id: `c of ${id}` },
    deleteSoftwareDeployment: async (id) => void deleted.push(id),
    deleteSoftwareConfig: async (id) => (id === 'c of d2' ? nobody() : void deleted.push(id)),
  }
  const { code, out, err } = await run(software('delete d1 d2 d9'), client)
  assert.equal(code, 1)
  assert.equal(
    out,
    'Failed to delete the correlative config c of d2 of deployment d2: it is not there\nDeployment with ID d9 not found\n',
  )
  assert.equal(err, 'ERROR: Unable to delete 1 of the 3 deployments.\n')
  assert.deepEqual(deleted, ['d1', 'c of d1', 'd2'])
})

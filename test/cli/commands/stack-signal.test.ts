import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { HearthClient } from '../../../src/client/index.ts'
import { directoryWith, run } from '../fakes.ts'

function told() {
  const signals: unknown[] = []
  const client: Partial<HearthClient> = {
    signalResource: async (...signal) => void signals.push(signal),
    showMetadata: async () => ({ metadata: { 1: { status: 'SUCCESS' } } }),
  }
  return { signals, client }
}

test('a resource is told what is typed, what is in a file, or nothing', async (context) => {
  const { signals, client } = told()
  const file = join(directoryWith(context, { 'said.json': '{"status": "FAILURE"}' }), 'said.json')
  const plain = await run(['stack', 'resource', 'signal', 'web', 'h', '--data', '{"a": 1}'], client)
  assert.equal(plain.out, '')
  await run(['stack', 'resource', 'signal', 'web', 'h', '--data-file', file], client)
  await run(['stack', 'resource', 'signal', 'web', 'h'], client)
  assert.deepEqual(signals, [
    ['web', 'h', { a: 1 }],
    ['web', 'h', { status: 'FAILURE' }],
    ['web', 'h', undefined],
  ])
})

test('what is no JSON object is not sent', async () => {
  const { signals, client } = told()
  const said = async (...args: string[]) =>
    (await run(['stack', 'resource', 'signal', 'web', 'h', ...args], client)).err
  assert.match(await said('--data', '{'), /Data should be in JSON format/)
  assert.match(await said('--data', '[1]'), /Data should be a JSON dict/)
  assert.match(await said('--data', '{}', '--data-file', 'x'), /Should only specify one of data or data-file/)
  assert.deepEqual(signals, [])
})

test('metadata is shown as JSON', async () => {
  const { out } = await run(['stack', 'resource', 'metadata', 'web', 'h'], told().client)
  assert.deepEqual(JSON.parse(out), { 1: { status: 'SUCCESS' } })
})

import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { CreateBody, HearthClient } from '../../../src/client/index.ts'
import { directoryWith, eventRow, run, stackReply, storyOf } from '../fakes.ts'

const document = { name: 'web', id: 's1', resources: { a: { resource_id: 'x' } }, tags: [] }

function keeping() {
  const asked: string[] = []
  const client: Partial<HearthClient> = {
    async abandonStack(stack) {
      asked.push(`abandon ${String(stack)}`)
      return document
    },
    async exportStack(stack) {
      asked.push(`export ${String(stack)}`)
      return document
    },
  }
  return { asked, client }
}

test('what an abandoned or exported stack leaves is shown as JSON', async () => {
  for (const word of ['abandon', 'export']) {
    const { asked, client } = keeping()
    const { code, out } = await run(['stack', word, 'web'], client)
    assert.deepEqual([code, JSON.parse(out), asked], [0, document, [`${word} web`]])
  }
})

test('it is written to a file that nobody else can read', async (t) => {
  const directory = directoryWith(t, {})
  const { client } = keeping()
  const ran = await run(['stack', 'abandon', 'web', '--output-file', 'web.json'], client, { directory })
  assert.deepEqual(ran, { code: 0, out: '', err: '' })
  assert.deepEqual(JSON.parse(readFileSync(join(directory, 'web.json'), 'utf8')), document)
  assert.equal(statSync(join(directory, 'web.json')).mode & 0o777, 0o600)
})

test('nothing is abandoned if the file can not be written', async (t) => {
  const directory = directoryWith(t, {})
  const { asked, client } = keeping()
  const ran = await run(['stack', 'abandon', 'web', '--output-file', 'no/web.json'], client, { directory })
  assert.notEqual(ran.code, 0)
  assert.match(ran.err, /no\/web.json can not be written/)
  assert.deepEqual(asked, [])
})

test('a stack is adopted from a file, with parameters and environments of its own', async (t) => {
  const directory = directoryWith(t, { 'web.json': JSON.stringify(document), 'e.yaml': 'parameters: {a: 1}' })
  const sent: CreateBody[] = []
  const client: Partial<HearthClient> = {
    async createStack(body) {
      sent.push(body)
      return { stack: { id: 's1', links: [] } }
    },
    showStack: async () => ({ stack: stackReply({ stack_status: 'ADOPT_COMPLETE' }) }),
  }
  const words = ['--adopt-file', 'web.json', '-e', 'e.yaml', '--parameter', 'size=3', '--timeout', '5']
  const { code, out, err } = await run(['stack', 'adopt', 'new', ...words], client, { directory })
  assert.deepEqual([code, err], [0, ''])
  assert.match(out, /ADOPT_COMPLETE/)
  const [body] = sent
  assert.equal(body?.adopt_stack_data, JSON.stringify(document))
  assert.deepEqual([body?.stack_name, body?.timeout_mins, body?.disable_rollback], ['new', 5, true])
  assert.deepEqual(body?.parameters, { size: '3' })
  assert.equal(body?.environment_files?.length, 1)
})

test('with --wait it ends when the stack is adopted', async (t) => {
  const directory = directoryWith(t, { 'web.json': '{}' })
  const client: Partial<HearthClient> = {
    ...storyOf([[eventRow('e1', 'web', 'ADOPT_IN_PROGRESS')], [eventRow('e2', 'web', 'ADOPT_COMPLETE')]]),
    createStack: async () => ({ stack: { id: 's1', links: [] } }),
  }
  const words = ['stack', 'adopt', 'web', '--adopt-file', 'web.json', '--wait']
  const { code, err } = await run(words, client, { directory })
  assert.match(err, /Stack web ADOPT_COMPLETE/)
  assert.equal(code, 0)
})

test('without a file, or with one that is not there, it says so', async (t) => {
  const directory = directoryWith(t, {})
  const none = await run(['stack', 'adopt', 'web'], {}, { directory })
  assert.match(none.err, /required option '--adopt-file <file>' not specified/)
  const lost = await run(['stack', 'adopt', 'web', '--adopt-file', 'lost.json'], {}, { directory })
  assert.match(lost.err, /lost.json can not be read: there is no such file/)
})

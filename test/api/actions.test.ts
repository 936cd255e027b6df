import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NotSupported } from '../../src/contract/problems.ts'
import { ask, at, bench, identity } from './kit.ts'

const asked: string[] = []
const engine = {
  suspendStack: async () => void asked.push('suspend'),
  resumeStack: async () => void asked.push('resume'),
  checkStack: async () => void asked.push('check'),
  cancelUpdate: async (_caller: unknown, { rollback }: { rollback: boolean }) =>
    void asked.push(`cancel ${rollback}`),
}

test('each action reaches the engine, and its policy rule is asked', async () => {
  asked.length = 0
  const server = bench({ engine })
  for (const action of ['suspend', 'resume', 'check', 'cancel_update', 'cancel_without_rollback']) {
    const reply = await ask(server, `POST ${at}/actions`, { body: { [action]: null } })
    assert.deepEqual([reply.status, reply.text], [200, 'null'])
    const closed = bench({ engine, forbidden: [`actions:${action}`] })
    assert.equal((await ask(closed, `POST ${at}/actions`, { body: { [action]: null } })).status, 403)
  }
  assert.deepEqual(asked, ['suspend', 'resume', 'check', 'cancel true', 'cancel false'])
  assert.deepEqual(server.asked[0]?.ask, { stack: identity })
})

test('anything but exactly one action is refused in the words of the original', async () => {
  const server = bench({ engine })
  const said = async (body?: object) => {
    const reply = await ask(server, `POST ${at}/actions`, body && { body })
    return `${reply.status} ${reply.json().error.message}`
  }
  assert.equal(await said(), '400 No action specified')
  assert.equal(await said({}), '400 No action specified')
  assert.equal(await said({ suspend: null, resume: null }), '400 Multiple actions specified')
  assert.equal(await said({ foo: null }), '400 Invalid action foo specified')
  assert.equal(await said({ toString: null }), '400 Invalid action toString specified')
})

test('what the engine refuses is told', async () => {
  const feature = 'Cancelling update when stack is CREATE_COMPLETE'
  const server = bench({
    engine: {
      cancelUpdate: async () => {
        throw NotSupported({ feature })
      },
    },
  })
  const reply = await ask(server, `POST ${at}/actions`, { body: { cancel_update: null } })
  assert.equal(reply.status, 400)
  assert.deepEqual(reply.json().error.message, `${feature} is not supported.`)
  assert.equal(reply.json().error.type, 'NotSupported')
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { check, resume, suspend } from '../../../../src/resources/nova/server/suspending.ts'
import { changes, live, played } from './stage.ts'

const server = (more: object) => played({}, { 'nova.servers.get': live(more) })

describe('a server that is suspended and resumed', () => {
  it('is asked to only where it is not so already, nor on its way', async () => {
    const asked = async (deed: typeof suspend | typeof resume, more: object) => {
      const one = server(more)
      await deed.begin(one.context())
      return changes(one)
    }
    assert.deepEqual(await asked(suspend, { status: 'ACTIVE' }), [['nova.servers.suspend', 'id-1']])
    assert.deepEqual(await asked(suspend, { status: 'SUSPENDED' }), [])
    assert.deepEqual(await asked(suspend, { status: 'ACTIVE', 'OS-EXT-STS:task_state': 'suspending' }), [])
    assert.deepEqual(await asked(resume, { status: 'SUSPENDED' }), [['nova.servers.resume', 'id-1']])
    assert.deepEqual(await asked(resume, { status: 'ACTIVE' }), [])
    assert.deepEqual(await asked(resume, { status: 'SUSPENDED', 'OS-EXT-STS:task_state': 'resuming' }), [])
  })
})

describe('a server that is checked', () => {
  it('is in order while it runs', async () => {
    await check(server({ status: 'ACTIVE' }).context())
    await assert.rejects(check(server({ status: 'SHUTOFF' }).context()), {
      message: "'status': expected 'ACTIVE', got 'SHUTOFF'",
    })
  })
})

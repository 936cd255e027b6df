import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { nova } from '../../../src/cloud/nova/index.ts'
import { toldSession } from '../told-session.ts'

const { find } = nova

describe('what templates name in Nova', () => {
  it('is called as the custom constraints are', () => {
    assert.deepEqual(
      Object.values(find)
        .map(({ name }) => name)
        .toSorted(),
      ['nova.flavor', 'nova.host', 'nova.keypair', 'nova.server'],
    )
  })

  it('is a flavor by ID or by name', async () => {
    const listed = {
      'GET /flavors/detail': {
        flavors: [
          { id: 'f1', name: 'small' },
          { id: 'f2', name: 'twin' },
          { id: 'f3', name: 'twin' },
        ],
      },
    }
    assert.equal(
      await find.flavor.lookup(toldSession({ 'GET /flavors/f1': { flavor: { id: 'f1' } } }), 'f1'),
      'f1',
    )
    assert.equal(await find.flavor.lookup(toldSession(listed), 'small'), 'f1')
    await assert.rejects(find.flavor.lookup(toldSession(listed), 'huge'), {
      kind: 'not-found',
      message: "No Flavor matching {'name': 'huge'}. (HTTP 404)",
    })
    await assert.rejects(find.flavor.lookup(toldSession(listed), 'twin'), { kind: 'ambiguous' })
  })

  it('is a server by ID or by name', async () => {
    const listed = { 'GET /servers/detail': { servers: [{ id: 's1', name: 'web', status: 'ACTIVE' }] } }
    assert.equal(await find.server.lookup(toldSession(listed), 'web'), 's1')
    await assert.rejects(find.server.lookup(toldSession(listed), 'db'), {
      message: 'The Server (db) could not be found.',
    })
  })

  it('is a key pair by name, or none', async () => {
    assert.equal(await find.keypair.lookup(toldSession(), ''), '')
    await assert.rejects(find.keypair.lookup(toldSession(), 'k'), {
      message: 'The Key (k) could not be found.',
    })
  })

  it('is a host that Nova knows', async () => {
    assert.equal(
      await find.host.lookup(toldSession({ 'GET /os-hypervisors': { hypervisors: [{}] } }), 'h'),
      'h',
    )
    await assert.rejects(find.host.lookup(toldSession({ 'GET /os-hypervisors': { hypervisors: [] } }), 'h'), {
      kind: 'not-found',
    })
  })
})

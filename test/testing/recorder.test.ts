import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { recorder } from '../../src/testing/recorder.ts'

interface Client {
  readonly things: { get(id: string): Promise<unknown> }
}

describe('a recorder', () => {
  it('remembers what it is asked and answers what it is told', async () => {
    const { client, requests } = recorder<Client>({ 'things.get': (id: string) => ({ id }) })
    assert.deepEqual(await client.things.get('a'), { id: 'a' })
    assert.deepEqual(requests, [['things.get', 'a']])
  })

  it('answers nothing to what it was not told, and throws an error that it was told', async () => {
    assert.equal(await recorder<Client>().client.things.get('a'), undefined)
    const failing = recorder<Client>({ 'things.get': new Error('no') })
    await assert.rejects(failing.client.things.get('a'), /no/)
  })

  it('may be awaited like any client', async () => {
    const { client, requests } = recorder<Client>()
    assert.equal(typeof (await Promise.resolve(client)).things.get, 'function')
    assert.deepEqual(requests, [])
  })
})

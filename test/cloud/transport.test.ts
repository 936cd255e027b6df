import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { Readable } from 'node:stream'
import { describe, it } from 'node:test'
import type { Ask } from '../../src/cloud/index.ts'
import { stage } from './fake-cloud.ts'

const list: Ask = { service: ['network'], method: 'GET', path: '/networks' }
const create: Ask = {
  service: ['network'],
  method: 'POST',
  path: '/networks',
  body: { network: { name: 'n' } },
}
const fine = { body: { networks: [] } }

describe('a transport', () => {
  it('repeats a read until the service is back, with growing pauses', async () => {
    await using on = await stage()
    on.cloud.on('/network', { status: 503 }, { status: 502 }, 'break', { status: 504 }, fine)
    const session = await on.session()
    assert.equal((await session.request(list)).status, 200)
    assert.deepEqual(on.clock.slept, [500, 1000, 2000, 4000])
  })

  it('stops after so many tries', async () => {
    await using on = await stage({ tries: 3 })
    on.cloud.on('/network', { status: 503 })
    const session = await on.session()
    await assert.rejects(session.request(list), { kind: 'unavailable', status: 503, doubtful: false })
    assert.equal(on.cloud.calls().length, 3)
  })

  it('never repeats a create that may have been done, and says that it is in doubt', async () => {
    await using on = await stage()
    const session = await on.session()
    for (const answer of ['break', { status: 500 }, { status: 502 }, { status: 504 }] as const) {
      on.cloud.on('/network', answer)
      await assert.rejects(session.request(create), { kind: 'unavailable', doubtful: true })
    }
    assert.equal(on.cloud.calls().length, 4)
  })

  it('repeats a create that says it may be repeated, and a delete', async () => {
    await using on = await stage()
    const session = await on.session()
    on.cloud.on('/network', 'break', { status: 201, body: { network: {} } })
    assert.equal((await session.request({ ...create, repeatable: true })).status, 201)
    on.cloud.on('/network', 'break', { status: 204 })
    assert.equal((await session.request({ ...list, method: 'DELETE' })).status, 204)
  })

  it('stays in doubt when an earlier try may have been the one that did it', async () => {
    await using on = await stage()
    const session = await on.session()
    on.cloud.on('/network', 'break', {
      status: 409,
      body: { NeutronError: { type: 'X', message: 'there is one' } },
    })
    await assert.rejects(session.request({ ...create, repeatable: true }), {
      kind: 'conflict',
      doubtful: true,
    })
  })

  it('waits as long as a busy service asks, whatever the request', async () => {
    await using on = await stage()
    on.cloud.on(
      '/network',
      { status: 429, headers: { 'retry-after': '7' } },
      { status: 503, headers: { 'retry-after': '3' } },
      { status: 201, body: { network: {} } },
    )
    const session = await on.session()
    await session.request(create)
    assert.deepEqual(on.clock.slept, [7000, 3000])
  })

  it('gives up when a service asks to be left alone for long', async () => {
    await using on = await stage()
    on.cloud.on('/network', {
      status: 429,
      headers: { 'retry-after': '600' },
      body: { overLimit: { message: 'slow' } },
    })
    const session = await on.session()
    await assert.rejects(session.request(create), {
      kind: 'rate-limited',
      retryAfterSeconds: 600,
      doubtful: false,
      message: 'slow',
    })
    assert.equal(on.cloud.calls().length, 1)
  })

  it('tries a service again that refuses connections, even for a create, and says so in the end', async () => {
    await using on = await stage({ tries: 2 })
    const url = `http://127.0.0.1:${await freePort()}`
    on.cloud.token.facts = {
      catalog: [{ type: 'network', endpoints: [{ interface: 'public', region_id: 'here', url }] }],
    }
    const session = await on.session()
    await assert.rejects(session.request(create), {
      kind: 'unavailable',
      doubtful: false,
      message: `The network service can't be reached at ${url}: connection refused.`,
    })
    assert.equal(on.clock.slept.length, 1)
  })

  it('does not wait for ever for an answer', async () => {
    await using on = await stage({ answerSeconds: 0.05, tries: 1 })
    on.cloud.on('/network', 'never')
    const session = await on.session()
    await assert.rejects(session.request(create), {
      kind: 'unavailable',
      doubtful: true,
      message: `The network service at ${on.cloud.url} did not answer: it took too long.`,
    })
  })

  it('never sends a stream twice', async () => {
    await using on = await stage()
    on.cloud.on('/network', { status: 429 })
    const session = await on.session()
    await assert.rejects(
      session.request({ ...create, method: 'PUT', body: Readable.from([Buffer.from('data')]) }),
      {
        kind: 'rate-limited',
      },
    )
    assert.equal(on.cloud.calls().length, 1)
    assert.equal(on.cloud.asked.at(-1)?.body, 'data')
  })

  it('lets only so many requests at once through to a service', async () => {
    let atOnce = 0
    let most = 0
    await using on = await stage({ limits: { network: 3 } })
    on.cloud.on('/network', async () => {
      most = Math.max(most, ++atOnce)
      await new Promise((resolve) => setTimeout(resolve, 4))
      atOnce--
      return fine
    })
    const [one, two] = [await on.session(), await on.session()]
    await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? one : two).request(list)))
    assert.equal(most, 3)
  })

  it('leaves a queue and a pause as soon as the signal is aborted', async () => {
    await using on = await stage({ limits: { network: 1 } })
    on.cloud.on('/network', 'never')
    const session = await on.session()
    const [first, second] = [new AbortController(), new AbortController()]
    const blocked = session.request({ ...list, signal: first.signal })
    const waiting = session.request({ ...list, signal: second.signal })
    second.abort(new Error('second'))
    await assert.rejects(waiting, { message: 'second' })
    first.abort(new Error('first'))
    await assert.rejects(blocked, { message: 'first' })
  })
})

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

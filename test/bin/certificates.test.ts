import assert from 'node:assert/strict'
import { copyFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { after, describe, it } from 'node:test'
import { connect } from 'node:tls'
import { readServerTls, renewCertificates, trustOf } from '../../src/bin/certificates.ts'
import { transport } from '../../src/cloud/index.ts'
import { authority } from '../certificates.ts'

const house = authority()
const stranger = authority()
after(() => {
  house[Symbol.dispose]()
  stranger[Symbol.dispose]()
})

/** A clock whose sleepers wake when the test says so. */
function handClock() {
  let wake: (() => void)[] = []
  return {
    now: () => 0,
    sleep: (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        wake.push(resolve)
        signal?.addEventListener('abort', () => reject(signal.reason))
      }),
    async tick() {
      const sleepers = wake
      wake = []
      for (const rise of sleepers) rise()
      for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

/** Whose certificate a server shows. */
function shownBy(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN))
      socket.destroy()
    })
    socket.on('error', reject)
  })
}

describe('the certificate of a server', () => {
  it('is another soon after its files are, and at once on SIGHUP; spoiled files change nothing', async () => {
    const [first, second, third] = [house.sign('first'), house.sign('second'), house.sign('third')]
    const files = house.sign('present')
    const put = (pair: { cert: string; key: string }) => {
      copyFileSync(pair.cert, files.cert)
      copyFileSync(pair.key, files.key)
    }
    put(first)
    const server = createServer(readServerTls(files), (_request, response) => response.end())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const said: string[] = []
    const note = (_fields: object, message: string) => void said.push(message)
    const log = { debug: note, info: note, warn: note, error: note }
    const clock = handClock()
    const stop = renewCertificates({ server, files, clock, log })
    await clock.tick()
    assert.deepEqual([await shownBy(port), said], ['first', []])
    put(second)
    await clock.tick()
    assert.deepEqual([await shownBy(port), said.length], ['second', 1])
    writeFileSync(files.key, 'spoiled')
    await clock.tick()
    assert.match(said.at(-1) ?? '', /can't be read anew/)
    assert.equal(await shownBy(port), 'second')
    put(third)
    process.emit('SIGHUP')
    assert.equal(await shownBy(port), 'third')
    stop()
    assert.equal(process.listenerCount('SIGHUP'), 0)
    server.close()
  })
})

describe('the way to a cloud', () => {
  const access = {
    authUrl: '',
    credential: { by: 'token', token: '' },
    interface: 'public',
    verify: true,
  } as const

  /** Asks a server that wants to know its clients, over TLS, whatever is said of whom to trust. */
  async function asked(more: object, client = house): Promise<string> {
    const tls = { ...readServerTls({ ...house.sign('cloud'), ca: client.ca }), requestCert: true }
    const server = createServer({ ...tls, rejectUnauthorized: true }, (_request, response) =>
      response.setHeader('content-type', 'application/json').end('{"a": "found"}'),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const carrier = transport({ ...trustOf({ ...access, ...more }), tries: 1 })
    try {
      const url = `https://127.0.0.1:${port}/`
      const { body } = await carrier.send({ service: 'identity', method: 'GET', url, headers: {} } as never)
      return (body as { a: string }).a
    } catch {
      return 'refused'
    } finally {
      await carrier.close()
      server.close()
    }
  }

  it('is safe where the authority is known, and where the cloud knows us', async () => {
    const certificate = house.sign('service')
    assert.equal(await asked({ cacert: house.ca, certificate }), 'found')
    assert.equal(await asked({ cacert: house.ca }), 'refused')
    assert.equal(await asked({ certificate }), 'refused')
    assert.equal(await asked({ cacert: stranger.ca, certificate }), 'refused')
    assert.equal(await asked({ verify: false, certificate }), 'found')
    assert.equal(await asked({ cacert: house.ca, certificate: stranger.sign('service') }), 'refused')
  })
})

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { after, test } from 'node:test'
import { createApi, type ServerTls } from '../../src/api/index.ts'
import { authority } from '../certificates.ts'
import { caller, summary } from './kit.ts'

const house = authority()
const stranger = authority()
after(() => {
  house[Symbol.dispose]()
  stranger[Symbol.dispose]()
})
const own = house.sign('server')
const pair = { cert: readFileSync(own.cert), key: readFileSync(own.key) }

async function serving(tls: ServerTls, use: (port: number) => Promise<void>): Promise<void> {
  const app = createApi({
    engine: { listStacks: async () => [summary] } as never,
    identity: { authenticate: async () => caller },
    policy: { check() {} },
    tls,
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  try {
    await use((app.server.address() as AddressInfo).port)
  } finally {
    await app.close()
  }
}

/** Lists the stacks; trusts the house, and shows a certificate if it has one. */
function list(port: number, shown?: { readonly cert: string; readonly key: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = request({
      ...{ port, host: '127.0.0.1', path: '/v1/p1/stacks', agent: false, ca: readFileSync(house.ca) },
      headers: { 'x-auth-token': 'member' },
      ...(shown && { cert: readFileSync(shown.cert), key: readFileSync(shown.key) }),
    })
    asking.on('error', reject)
    asking.on('response', (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () => resolve(text))
    })
    asking.end()
  })
}

test('the API speaks TLS itself, and its links say so', async () => {
  await serving(pair, async (port) => {
    const { stacks } = JSON.parse(await list(port))
    assert.equal(stacks[0].links[0].href, `https://127.0.0.1:${port}/v1/p1/stacks/web/s1`)
  })
})

test('who does not speak TLS there gets no answer, and keeps nobody from one', async () => {
  await serving(pair, async (port) => {
    const socket = connect(port, '127.0.0.1')
    let said = ''
    socket.on('error', () => {})
    socket.on('data', (chunk) => (said += chunk))
    socket.write('GET /v1/p1/stacks HTTP/1.1\r\nHost: a\r\nX-Auth-Token: member\r\n\r\n')
    await new Promise((resolve) => socket.on('close', resolve))
    assert.doesNotMatch(said, /web/)
    assert.match(await list(port), /web/)
  })
})

test('with an authority only clients are served that have a certificate by it', async () => {
  await serving({ ...pair, ca: readFileSync(house.ca) }, async (port) => {
    assert.match(await list(port, house.sign('ada')), /web/)
    await assert.rejects(list(port))
    await assert.rejects(list(port, stranger.sign('eve')))
  })
})

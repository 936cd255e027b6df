import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import { usualCrossOrigin } from '../../src/api/index.ts'
import { allEndpoints } from '../../src/contract/rest/index.ts'
import { ask, at, type Bench, bench, identity, summary, view } from './kit.ts'

test('the versions are told to anybody, by any method', async () => {
  for (const address of ['GET /', 'GET /versions', 'POST /', 'GET /v3/p1/stacks'] as const) {
    const reply = await ask(bench(), address, { token: '' })
    assert.equal(reply.status, 300)
    assert.deepEqual(reply.json(), {
      versions: [
        { id: 'v1.0', status: 'CURRENT', links: [{ rel: 'self', href: 'http://api.test:8004/v1/' }] },
      ],
    })
  }
})

test('the health check needs no token', async () => {
  const reply = await ask(bench(), 'GET /healthcheck', { token: '' })
  assert.deepEqual([reply.status, reply.text], [200, 'OK'])
})

test('the health check says to ask others as long as a file is there', async () => {
  const there = bench({ options: { disablingFile: 'package.json' } })
  const reply = await ask(there, 'GET /healthcheck', { token: '' })
  assert.deepEqual([reply.status, reply.text], [503, 'DISABLED BY FILE'])
  const notThere = bench({ options: { disablingFile: 'no-such-file' } })
  assert.equal((await ask(notThere, 'GET /healthcheck', { token: '' })).status, 200)
})

test('what there is to ask is told to anybody, as it is published', async () => {
  const reply = await ask(bench(), 'GET /openapi.json', { token: '' })
  assert.equal(reply.status, 200)
  assert.deepEqual(reply.json(), JSON.parse(readFileSync('docs/reference/openapi.json', 'utf8')))
})

test('every reply names its request', async () => {
  const server = bench({ engine: { listStacks: async () => [] } })
  for (const address of [
    'GET /',
    'GET /v1/p1/stacks',
    'GET /nowhere',
    'GET /v1/p1/%zz',
    'DELETE /v1/p1/stacks',
  ] as const) {
    const { headers } = await ask(server, address)
    assert.match(String(headers['x-openstack-request-id']), /^req-[0-9a-f-]{36}$/, address)
  }
})

test('without a good token nothing is told, not even what there is', async () => {
  const server = bench({ options: { keystoneUrl: 'http://keystone/v3' } })
  for (const token of ['', 'stolen']) {
    for (const address of ['GET /v1/p1/stacks', 'OPTIONS /v1/p1/stacks', 'GET /v1/p1/nothing'] as const) {
      const reply = await ask(server, address, { token })
      assert.equal(reply.status, 401, address)
      assert.equal(reply.headers['www-authenticate'], 'Keystone uri="http://keystone/v3"')
      assert.equal(reply.json().error.type, 'Unauthorized')
    }
  }
})

test("another project's path is forbidden, but to administrators", async () => {
  const server = bench({ engine: { showStack: async () => view, listStacks: async () => [] } })
  const reply = await ask(server, 'GET /v1/p2/stacks')
  assert.equal(reply.status, 403)
  assert.deepEqual(reply.json().error, {
    type: 'HTTPForbidden',
    message: 'Access was denied to this resource.',
    traceback: null,
  })
  assert.equal((await ask(server, `GET ${at}`, { token: 'admin' })).status, 200)
  assert.deepEqual(server.asked[0]?.ask, { stack: identity, resolveOutputs: true })
})

test('a password goes on to the engine only where the site wants it', async () => {
  for (const takesPasswords of [true, false]) {
    const server = bench({ engine: { listStacks: async () => [] }, options: { takesPasswords } })
    await ask(server, 'GET /v1/p1/stacks', { headers: { 'x-auth-user': 'ada', 'x-auth-key': 'secret' } })
    assert.equal(server.asked[0]?.caller.password, takesPasswords ? 'secret' : undefined)
  }
})

/** Their rules hang on what is asked. */
const byBody: readonly string[] = [
  'PATCH /v1/{project_id}/stacks/{stack_name}/{stack_id}',
  'POST /v1/{project_id}/stacks/{stack_name}/{stack_id}/actions',
]

test('every endpoint asks its policy rule', async () => {
  for (const { endpoints } of allEndpoints) {
    for (const { endpoint } of endpoints) {
      if (endpoint.policy === null || byBody.includes(endpoint.address)) continue
      const server = bench({ forbidden: [endpoint.policy] })
      const address = endpoint.address.replace('{project_id}', 'p1').replaceAll(/\{\w+\}/g, 'x')
      const reply = await ask(server, address, {
        body: endpoint.address.startsWith('GET') ? undefined : '{}',
      })
      assert.equal(reply.status, 403, endpoint.address)
      assert.equal(reply.json().error.message, `You are not authorized to use ${endpoint.policy}.`)
      assert.deepEqual(server.asked, [])
    }
  }
})

test('addresses that do not exist are not found', async () => {
  const server = bench()
  for (const path of [
    '/v1',
    '/v1/',
    '/v1/p1',
    '/v1/p1/',
    '/v1/p1/stacks/',
    '/v1/p1/stacks/web/',
    `${at}/nothing`,
    '/p1/stacks',
  ]) {
    const reply = await ask(server, `GET ${path}`)
    assert.equal(reply.status, 404, path)
    assert.equal(reply.json().error.type, 'HTTPNotFound')
  }
})

test('a path that is no text is malformed', async () => {
  for (const path of ['/v1/p1/stacks/%ff%fe', '/v1/p1/%zz/x']) {
    assert.equal((await ask(bench(), `GET ${path}`)).status, 400)
  }
})

test('each request is one line in the log, without its token', async () => {
  const server = bench({ engine: { listStacks: async () => [] } })
  await ask(server, 'GET /v1/p1/stacks?name=x')
  assert.equal(server.logged.length, 1)
  const { ms, requestId, ...fields } = { ...server.logged[0]?.fields } as Record<string, unknown>
  assert.deepEqual(fields, { method: 'GET', route: '/v1/:project_id/stacks', status: 200, project: 'p1' })
  assert.equal(typeof ms, 'number')
  assert.match(String(requestId), /^req-/)
  assert.doesNotMatch(JSON.stringify(server.logged), /member/)
})

test('pages of allowed origins may ask', async () => {
  const crossOrigin = { ...usualCrossOrigin, allowedOrigins: ['https://dash'] }
  const server = bench({ options: { crossOrigin } })
  const headers = { origin: 'https://dash', 'access-control-request-method': 'PUT' }
  const asked = await ask(server, 'OPTIONS /v1/p1/stacks', { token: '', headers })
  assert.deepEqual([asked.status, asked.headers['access-control-allow-origin']], [200, 'https://dash'])
  const other = await ask(server, 'OPTIONS /v1/p1/stacks', {
    token: '',
    headers: { ...headers, origin: 'https://evil' },
  })
  assert.deepEqual([other.status, other.headers['access-control-allow-origin']], [401, undefined])
})

async function listening(server: Bench, use: (port: number) => Promise<void>): Promise<void> {
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  try {
    await use((server.app.server.address() as AddressInfo).port)
  } finally {
    await server.app.close()
  }
}

/** Sends so many bytes of a body, counted or in chunks, and answers with what came back. */
function send(port: number, size: number, headers: Readonly<Record<string, string>>) {
  return new Promise<{ status: number; text: string; kept: boolean }>((resolve, reject) => {
    const sending = request({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/v1/p1/stacks',
      headers: { 'x-auth-token': 'member', ...headers },
    })
    sending.on('error', reject)
    sending.on('response', (response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text, kept: response.headers.connection !== 'close' }),
      )
    })
    const chunk = Buffer.alloc(1024 * 1024, 0x7b)
    for (let sent = 0; sent < size; sent += chunk.length) sending.write(chunk)
    sending.end()
  })
}

test('a body of 50 MB is refused in words, announced or not, and the service goes on', async () => {
  const server = bench({ engine: { listStacks: async () => [] } })
  const size = 50 * 1024 * 1024
  await listening(server, async (port) => {
    const before = process.memoryUsage().arrayBuffers
    const announced = await send(port, size, { 'content-length': String(size) })
    assert.equal(announced.status, 400)
    assert.equal(
      JSON.parse(announced.text).error.message,
      `Request limit exceeded: JSON body size (${size} bytes) exceeds maximum allowed size (1048576 bytes).`,
    )
    const chunked = await send(port, size, { 'transfer-encoding': 'chunked' })
    assert.equal(JSON.parse(chunked.text).error.type, 'RequestLimitExceeded')
    assert.ok(process.memoryUsage().arrayBuffers - before < 1024 * 1024 * 1024)
    const after = await fetch(`http://127.0.0.1:${port}/v1/p1/stacks`, {
      headers: { 'x-auth-token': 'member' },
    })
    assert.equal(after.status, 200)
  })
})

test('the size limit is the one that was set', async () => {
  const server = bench({ options: { maxJsonBodySize: 20 } })
  const reply = await ask(server, 'POST /v1/p1/stacks', { body: `{"a":"${'x'.repeat(30)}"}` })
  assert.equal(reply.json().error.type, 'RequestLimitExceeded')
})

test('closing lets a request in flight finish', async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const server = bench({
    engine: {
      listStacks: async () => {
        begin()
        await released
        return [summary]
      },
    },
  })
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.app.server.address() as AddressInfo
  const asking = fetch(`http://127.0.0.1:${port}/v1/p1/stacks`, { headers: { 'x-auth-token': 'member' } })
  await begun
  const closing = server.app.close()
  release()
  const reply = await asking
  assert.equal(reply.status, 200)
  assert.equal(((await reply.json()) as { stacks: object[] }).stacks.length, 1)
  await closing
})

test('what is no HTTP is turned away and does no harm', async () => {
  const server = bench({ engine: { listStacks: async () => [] } })
  await listening(server, async (port) => {
    for (const noise of [
      '\u0000\u0001\u0002\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
    ]) {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {})
      socket.resume()
      socket.write(noise)
      await new Promise((resolve) => socket.on('close', resolve))
    }
    const after = await fetch(`http://127.0.0.1:${port}/v1/p1/stacks`, {
      headers: { 'x-auth-token': 'member' },
    })
    assert.equal(after.status, 200)
  })
})

/** Writes into a connection and answers all that came back until it was closed. */
function talk(port: number, ...parts: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.on('error', () => {})
    socket.on('data', (chunk) => (text += chunk))
    socket.on('close', () => resolve(text))
    for (const part of parts) socket.write(part)
  })
}

test('whoever is slow with a header or a body, or says nothing at all, is not waited for', async () => {
  const server = bench({ engine: { listStacks: async () => [] }, options: { requestTimeoutMs: 50 } })
  await listening(server, async (port) => {
    const head = 'POST /v1/p1/stacks HTTP/1.1\r\nHost: a\r\nX-Auth-Token: member\r\n'
    for (const parts of [[head], [`${head}Content-Length: 100\r\n\r\n`, '{"a":'], []]) {
      const said = await talk(port, ...parts)
      assert.match(said, /^HTTP\/1\.1 408 Request Timeout\r\n/)
      assert.equal(JSON.parse(said.split('\r\n\r\n')[1] ?? '').code, 408)
    }
  })
})

test('an endless header, or one with endless lines, is refused in words', async () => {
  const server = bench()
  await listening(server, async (port) => {
    const start = 'GET /v1/p1/stacks HTTP/1.1\r\nHost: a\r\n'
    for (const rest of [`X-A: ${'a'.repeat(40_000)}\r\n`, 'X-A: a\r\n'.repeat(10_000)]) {
      const said = await talk(port, start + rest)
      assert.match(said, /^HTTP\/1\.1 431 /)
      assert.equal(
        JSON.parse(said.split('\r\n\r\n')[1] ?? '').error.message,
        'The header of the request is too long.',
      )
    }
    const bad = await talk(port, 'nonsense\r\n\r\n')
    assert.match(bad, /^HTTP\/1\.1 400 Bad Request\r\n/)
  })
})

test('two lengths, or a length and chunks, are no request, so that nobody hides one in another', async () => {
  const server = bench({ engine: { listStacks: async () => [] } })
  await listening(server, async (port) => {
    const head = 'POST /v1/p1/stacks HTTP/1.1\r\nHost: a\r\nX-Auth-Token: member\r\n'
    for (const lengths of [
      'Content-Length: 5\r\nContent-Length: 6\r\n',
      'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n',
      'Transfer-Encoding: xchunked\r\n',
    ])
      assert.match(await talk(port, `${head}${lengths}\r\n0\r\n\r\n`), /^HTTP\/1\.1 400 /)
  })
  assert.deepEqual(server.asked, [])
})

test('a body that is nested without end is refused', async () => {
  const server = bench()
  for (const body of [
    `{"template": ${'['.repeat(200_000)}`,
    `{"template": ${'['.repeat(5000)}${']'.repeat(5000)}}`,
  ]) {
    const reply = await ask(server, 'POST /v1/p1/stacks', { body })
    assert.equal(reply.status, 400)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { httpOf } from '../../src/client/http.ts'
import { type Heard, json, quickClock, stub } from './kit.ts'

async function withStub(
  answer: Parameters<typeof stub>[0],
  use: (url: string, heard: readonly Heard[]) => Promise<void>,
) {
  const server = await stub(answer)
  try {
    await use(server.url, server.heard)
  } finally {
    server.close()
  }
}

test('JSON goes out and comes back', async () => {
  await withStub(
    (_heard, response) => json(response, 200, { a: 1 }),
    async (url, heard) => {
      const reply = await httpOf({}).send({ method: 'POST', url: `${url}/x`, token: 't', body: { b: 2 } })
      assert.deepEqual([reply.status, reply.body], [200, { a: 1 }])
      assert.deepEqual(heard, [{ method: 'POST', url: '/x', token: 't', body: { b: 2 } }])
    },
  )
})

test('an empty body is null', async () => {
  await withStub(
    (_heard, response) => response.writeHead(204).end(),
    async (url) => assert.equal((await httpOf({}).send({ method: 'DELETE', url })).body, null),
  )
})

test('what only reads is tried again while the service restarts', async () => {
  const clock = quickClock()
  let times = 0
  await withStub(
    (_heard, response) => {
      times++
      if (times === 1) response.destroy()
      else if (times === 2) response.writeHead(503).end()
      else json(response, 200, 'ok')
    },
    async (url) => {
      assert.equal((await httpOf({ clock }).send({ method: 'GET', url })).body, 'ok')
      assert.deepEqual(clock.slept, [250, 500])
    },
  )
})

test('what came too often is sent again when the service says, whatever it is', async () => {
  const clock = quickClock()
  const rests = ['3', new Date(clock.now() + 40_000).toUTCString(), '0', 'soon']
  await withStub(
    (_heard, response) => {
      const rest = rests.shift()
      if (rest === undefined) json(response, 201, 'made')
      else response.writeHead(429, { 'retry-after': rest }).end()
    },
    async (url, heard) => {
      const reply = await httpOf({ clock }).send({ method: 'POST', url, body: { a: 1 } })
      assert.equal(reply.body, 'made')
      assert.equal(heard.length, 5)
      const [first, second = 0, ...others] = clock.slept
      assert.deepEqual([first, ...others], [3000, 1000, 5000])
      assert.ok(second > 30_000 && second <= 40_000, `${second}`)
    },
  )
})

test('a refusal because of too many requests is told when it would last too long', async () => {
  for (const [rest, times] of [
    ['121', 1],
    ['50', 3],
  ] as const) {
    await withStub(
      (_heard, response) =>
        json(response, 429, { error: { type: 'TooManyRequests', message: 'wait' } }, { 'retry-after': rest }),
      async (url, heard) => {
        await assert.rejects(httpOf({ clock: quickClock() }).send({ method: 'GET', url }), {
          code: 'TooManyRequests',
          status: 429,
        })
        assert.equal(heard.length, times)
      },
    )
  }
})

test('what changes something is sent once', async () => {
  await withStub(
    (_heard, response) => response.destroy(),
    async (url, heard) => {
      await assert.rejects(httpOf({ clock: quickClock() }).send({ method: 'POST', url }), {
        code: 'Unreachable',
        status: 503,
      })
      assert.equal(heard.length, 1)
    },
  )
})

test('nobody there is told with the address and the reason', async () => {
  const clock = quickClock()
  await assert.rejects(httpOf({ clock }).send({ method: 'GET', url: 'http://127.0.0.1:1/x' }), {
    code: 'Unreachable',
    message: /^Unable to establish connection to http:\/\/127\.0\.0\.1:1\/x: /,
  })
  assert.equal(clock.slept.length, 3)
})

test('no answer in time is told', async () => {
  await withStub(
    () => {},
    async (url) => {
      await assert.rejects(httpOf({ timeoutMs: 20 }).send({ method: 'PUT', url }), {
        message: /no answer within 0\.02 s$/,
      })
    },
  )
})

test('whoever does not want to wait any longer is not told about connections', async () => {
  const stop = new AbortController()
  await withStub(
    () => stop.abort(new Error('enough')),
    async (url) => {
      await assert.rejects(httpOf({ signal: stop.signal }).send({ method: 'GET', url }), {
        message: 'enough',
      })
    },
  )
})

test('refusals keep their words in whatever form they come', async () => {
  const forms: readonly (readonly [unknown, object])[] = [
    [
      { error: { type: 'StackExists', message: 'there' }, explanation: 'e' },
      { code: 'StackExists', message: 'there' },
    ],
    [
      { error: { code: 401, message: 'keystone says no', title: 'Unauthorized' } },
      { code: 'HTTP409', message: 'keystone says no' },
    ],
    [
      { explanation: 'only this', error: { type: 'KeyError' } },
      { code: 'KeyError', message: 'only this' },
    ],
    ['text', { code: 'HTTP409', message: /^409 Conflict from http.*: "text"$/ }],
  ]
  for (const [body, wanted] of forms) {
    await withStub(
      (_heard, response) => json(response, 409, body, { 'x-openstack-request-id': 'req-1' }),
      async (url) => {
        await assert.rejects(httpOf({}).send({ method: 'POST', url }), {
          status: 409,
          details: { requestId: 'req-1' },
          ...wanted,
        })
      },
    )
  }
})

test('each request is told to the log without its token', async () => {
  const lines: string[] = []
  const note = (fields: object, message: string) => void lines.push(JSON.stringify([fields, message]))
  await withStub(
    (_heard, response) => json(response, 200, {}),
    async (url) => {
      await httpOf({ log: { debug: note, info: note, warn: note, error: note } }).send({
        method: 'GET',
        url,
        token: 'secret',
      })
    },
  )
  assert.equal(lines.length, 1)
  assert.doesNotMatch(lines.join(), /secret/)
})

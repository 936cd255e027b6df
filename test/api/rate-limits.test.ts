import assert from 'node:assert/strict'
import { test } from 'node:test'
import { noRates } from '../../src/api/rate-limits.ts'
import { Unauthorized, Unavailable } from '../../src/contract/problems.ts'
import { admin, ask, at, bench, caller, willing } from './kit.ts'

function clockAt(ms: number) {
  const clock = { ms, now: () => clock.ms, sleep: async () => {} }
  return clock
}

const one = { perMinute: 60, burst: 1 }

test('a project that asks too much is told when to come again, and does not keep others from asking', async () => {
  const clock = clockAt(0)
  const rates = { ...noRates, changes: { perMinute: 2, burst: 2 }, reads: { perMinute: 60, burst: 3 } }
  const server = bench({ engine: willing, options: { rates }, clock })
  const change = (token = 'member') => ask(server, `DELETE ${at}`, { token })
  const read = () => ask(server, `GET ${at}`)
  assert.deepEqual([(await change()).status, (await change()).status], [204, 204])
  const refused = await change()
  assert.equal(refused.status, 429)
  assert.equal(refused.headers['retry-after'], '30')
  assert.match(String(refused.headers['x-openstack-request-id']), /^req-/)
  assert.deepEqual(refused.json(), {
    code: 429,
    title: 'Too Many Requests',
    explanation: 'The client has sent too many requests in a given amount of time',
    error: {
      type: 'HTTPTooManyRequests',
      message: 'Too many requests: come again in 30 seconds.',
      traceback: null,
    },
  })
  assert.equal((await change('admin')).status, 204)
  assert.deepEqual([(await read()).status, (await read()).status, (await read()).status], [200, 200, 200])
  assert.deepEqual([(await read()).status, server.asked.length], [429, 6])
  clock.ms += 30_000
  assert.deepEqual([(await change()).status, (await read()).status], [204, 200])
})

test('whoever guesses tokens is soon told to wait, and Keystone is not asked about what is not known', async () => {
  const clock = clockAt(0)
  const asked: string[] = []
  const server = bench({
    engine: willing,
    clock,
    options: { rates: { ...noRates, strangers: { perMinute: 6, burst: 2 } } },
    identity: {
      knows: (token) => token === 'known',
      async authenticate(token) {
        asked.push(token)
        if (token === 'known' || token === 'new') return caller
        throw token === 'down' ? Unavailable({ message: 'no Keystone' }) : Unauthorized({})
      },
    },
  })
  const status = async (token: string) => (await ask(server, `GET ${at}`, { token })).status
  assert.deepEqual([await status('down'), await status('down'), await status('down')], [503, 503, 503])
  assert.deepEqual([await status('guess'), await status(''), await status('')], [401, 401, 429])
  asked.length = 0
  assert.deepEqual([await status('guess'), await status('new'), await status('known')], [429, 429, 200])
  assert.deepEqual(asked, ['known'])
  clock.ms += 10_000
  assert.deepEqual([await status('new'), await status('guess'), await status('guess')], [200, 401, 429])
})

test('without limits nobody is refused, and health and versions never are', async () => {
  const free = bench({ engine: willing })
  for (let i = 0; i < 50; i++) assert.equal((await ask(free, `GET ${at}`)).status, 200)
  const server = bench({ options: { rates: { changes: one, reads: one, strangers: one } } })
  for (let i = 0; i < 5; i++) {
    assert.equal((await ask(server, 'GET /healthcheck', { token: '' })).status, 200)
    assert.equal((await ask(server, 'GET /', { token: '' })).status, 300)
  }
})

test('an administrator spends what their own project has, wherever they look', async () => {
  const server = bench({ engine: willing, options: { rates: { ...noRates, reads: one } }, clock: clockAt(0) })
  assert.notEqual(admin.projectId, 'p1')
  assert.equal((await ask(server, `GET ${at}`, { token: 'admin' })).status, 200)
  assert.equal((await ask(server, `GET ${at}`, { token: 'admin' })).status, 429)
  assert.equal((await ask(server, `GET ${at}`)).status, 200)
})

import assert from 'node:assert/strict'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { noRates } from '../../src/api/rate-limits.ts'
import type { JsonMap } from '../../src/base/json.ts'
import { allEndpoints } from '../../src/contract/rest/index.ts'
import { ask, at, type Bench, bench, willing } from './kit.ts'

/** The only event that there is. */
function event({ audited }: Bench) {
  assert.equal(audited.length, 1)
  return audited[0] as JsonMap & Record<'initiator' | 'target' | 'reason', JsonMap>
}

const clock = { now: () => Date.UTC(2026, 0, 31, 9, 30, 0, 250), sleep: async () => {} }

test('a change is told as CADF: who asked what from where, and what came of it', async () => {
  const server = bench({ engine: willing, clock })
  const headers = {
    'user-agent': 'python-heatclient',
    'x-openstack-request-id': 'req-0123abcd-0123-4567-89ab-0123456789ab',
  }
  const body = { stack_name: 'web', template: { heat_template_version: '2018-08-31' } }
  const reply = await ask(server, 'POST /v1/p1/stacks?a=b', { body, headers })
  const { id, tags, ...rest } = event(server)
  const time = '2026-01-31T09:30:00.250000+0000'
  assert.match(String(id), /^[0-9a-f-]{36}$/)
  assert.match(String(tags), /^correlation_id\?value=[0-9a-f-]{36}$/)
  assert.deepEqual(rest, {
    typeURI: 'http://schemas.dmtf.org/cloud/audit/1.0/event',
    eventType: 'activity',
    eventTime: time,
    action: 'create',
    outcome: 'success',
    reason: { reasonType: 'HTTP', reasonCode: '201' },
    initiator: {
      typeURI: 'service/security/account/user',
      id: 'u1',
      name: 'ada',
      credential: { identity_status: 'Confirmed' },
      host: { address: '127.0.0.1', agent: 'python-heatclient' },
      project_id: 'p1',
      request_id: reply.headers['x-openstack-request-id'],
      global_request_id: 'req-0123abcd-0123-4567-89ab-0123456789ab',
    },
    target: { typeURI: 'service/orchestration/stacks', id: 's1', name: 's1' },
    observer: { id: 'target' },
    reporterchain: [{ role: 'modifier', reporterTime: time, reporter: { id: 'target' } }],
    requestPath: '/v1/p1/stacks?a=b',
  })
})

test('what is done and to what is told of every kind of change', async () => {
  for (const [address, action, typeURI, id, body] of [
    [`PUT ${at}`, 'update', 'stacks/stack', 's1', { template: {} }],
    [`PATCH ${at}`, 'update', 'stacks/stack', 's1', {}],
    [`DELETE ${at}`, 'delete', 'stacks/stack', 's1', undefined],
    [`DELETE ${at}/abandon`, 'delete', 'stacks/stack/abandon', 's1', undefined],
    [`POST ${at}/actions`, 'update/suspend', 'stacks/stack/actions', 's1', { suspend: null }],
    [`POST ${at}/snapshots`, 'create', 'stacks/stack/snapshots', 's1', { name: 'x' }],
    [
      `POST ${at}/snapshots/n1/restore`,
      'update/restore',
      'stacks/stack/snapshots/snapshot/restore',
      'n1',
      undefined,
    ],
    [`POST ${at}/resources/r/signal`, 'update/signal', 'stacks/stack/resources/resource/signal', 'r', {}],
    [`PATCH ${at}/resources/r`, 'update', 'stacks/stack/resources/resource', 'r', { mark_unhealthy: true }],
    ['DELETE /v1/p1/software_configs/c1', 'delete', 'software_configs/software_config', 'c1', undefined],
  ] as const) {
    const server = bench({ engine: willing })
    const { status } = await ask(server, address, { body })
    assert.ok(status < 300, `${address}: ${status}`)
    const told = event(server)
    assert.equal(told.action, action, address)
    assert.equal(told.target.typeURI, `service/orchestration/${typeURI}`, address)
    assert.equal(told.target.id, id, address)
    assert.equal(told.outcome, 'success', address)
  }
})

test('what is refused is told too, whoever asked', async () => {
  const rates = { ...noRates, changes: { perMinute: 1, burst: 1 } }
  for (const [token, status, who] of [
    ['', 401, 'unknown'],
    ['stolen', 401, 'unknown'],
    ['member', 403, 'u1'],
  ] as const) {
    const server = bench({ forbidden: ['stacks:delete'], options: { rates } })
    await ask(server, `DELETE ${at}`, { token })
    const { outcome, reason, initiator } = event(server)
    assert.deepEqual([outcome, reason.reasonCode, initiator.id], ['failure', String(status), who])
    const identityStatus = (initiator.credential as JsonMap).identity_status
    assert.equal(identityStatus, who === 'unknown' ? 'Invalid' : 'Confirmed')
  }
  const unread = bench()
  await ask(unread, `POST ${at}/actions`, { token: 'stolen', body: { suspend: null } })
  assert.equal(event(unread).action, 'update')
  const server = bench({ engine: willing, options: { rates } })
  for (let i = 0; i < 2; i++) await ask(server, `DELETE ${at}`)
  assert.deepEqual(
    server.audited.map(({ reason }) => (reason as JsonMap).reasonCode),
    ['204', '429'],
  )
})

test('whoever only looks is not told of', async () => {
  const server = bench({ engine: willing })
  for (const { endpoints } of allEndpoints) {
    for (const { endpoint } of endpoints) {
      const { address, status } = endpoint
      if (!address.startsWith('GET') && status !== 302) continue
      await ask(server, address.replace('{project_id}', 'p1').replaceAll(/\{\w+\}/g, 'x'))
    }
  }
  await ask(server, 'POST /v1/p1/validate', { body: { template: {} } })
  await ask(server, `PUT ${at}/preview`, { body: { template: {} } })
  await ask(server, 'OPTIONS /v1/p1/stacks')
  assert.deepEqual(server.audited, [])
})

test('no secret and no endless text is in it', async () => {
  const server = bench({ engine: willing })
  const query = `?Signature=s3cret&a=1&X-Auth-Token=s3cret&password=s3cret&AWSAccessKeyId=s3cret&temp_url_sig=s3cret&b=${'x'.repeat(5000)}`
  const headers = { 'user-agent': 'z'.repeat(5000) }
  const body = { stack_name: 'web', template: {}, parameters: { password: 's3cret' } }
  await ask(server, `POST /v1/p1/stacks${query}`, { body, headers })
  const text = JSON.stringify(event(server))
  assert.doesNotMatch(text, /s3cret|member/)
  assert.match(text, /Signature=\*{6}&a=1&/)
  assert.ok(text.length < 4000)
})

test('a change whose client is gone before it is answered is told of, without an outcome', async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const { promise: told, resolve: tell } = Promise.withResolvers<void>()
  const server = bench({
    engine: {
      async deleteStack() {
        begin()
        await told
      },
    },
  })
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = server.app.server.address() as AddressInfo
  const asking = request({
    port,
    host: '127.0.0.1',
    path: at,
    method: 'DELETE',
    headers: { 'x-auth-token': 'member' },
  })
  asking.on('error', () => {})
  asking.end()
  await begun
  asking.destroy()
  while (server.audited.length === 0) await new Promise((resolve) => setImmediate(resolve))
  tell()
  const { outcome, reason } = event(server)
  assert.deepEqual([outcome, reason], ['unknown', undefined])
  await server.app.close()
})

test('previews and validations are in the log only where somebody wants to know all, as reads are', async () => {
  const template = { heat_template_version: '2018-08-31' }
  for (const address of ['POST /v1/p1/validate', 'POST /v1/p1/stacks/preview'] as const) {
    const server = bench({ engine: willing, clock })
    const { status } = await ask(server, address, { body: { stack_name: 'web', template } })
    const levels = server.logged
      .filter(({ message }) => message === 'request answered')
      .map(({ level }) => level)
    assert.deepEqual({ status, levels }, { status: 200, levels: ['debug'] }, address)
  }
})

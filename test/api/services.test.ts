import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Unavailable } from '../../src/contract/problems.ts'
import { ask, bench } from './kit.ts'

const startedAt = Date.UTC(2026, 0, 31, 9, 30)
const engine = { id: 'e1', host: 'here', startedAt, seenAt: startedAt + 60_000, reportSeconds: 1, isUp: true }

describe('the list of services', () => {
  it('tells of the engines as Heat does (§2)', async () => {
    const server = bench({ engine: { listServices: async () => [engine, { ...engine, isUp: false }] } })
    const { services } = (await ask(server, 'GET /v1/p1/services')).json() as { services: object[] }
    assert.deepEqual(services, [
      {
        id: 'e1',
        engine_id: 'e1',
        binary: 'heat-engine',
        host: 'here',
        hostname: 'here',
        topic: 'engine',
        report_interval: 1,
        created_at: '2026-01-31T09:30:00.000000',
        updated_at: '2026-01-31T09:31:00.000000',
        deleted_at: null,
        status: 'up',
      },
      { ...services[0], status: 'down' },
    ])
  })

  it('says so when no engine answers (§2)', async () => {
    const server = bench({
      engine: { listServices: async () => Promise.reject(Unavailable({ message: 'No engine answered.' })) },
    })
    const response = await ask(server, 'GET /v1/p1/services')
    assert.equal(response.status, 503)
    assert.match(response.text, /All heat engines are down\./)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createApi } from '../../src/api/index.ts'
import type { Origin, Tracer } from '../../src/base/tracing.ts'

const requestId = 'req-0123abcd-0123-4567-89ab-0123456789ab'
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

/** Asks an API for nothing much; answers whose request it took it for, and what it called it itself. */
async function taken(
  headers: Readonly<Record<string, string>>,
): Promise<{ of: Origin | undefined; own: string }> {
  let of: Origin | undefined
  const tracer: Tracer = {
    origin: () => of,
    span(_name, beginning, work) {
      of = beginning.of
      return work(() => {})
    },
  }
  const nobody = {} as never
  const api = createApi({ engine: nobody, identity: nobody, policy: nobody, tracer })
  const answer = await api.inject({ url: '/healthcheck', headers })
  await api.close()
  return { of, own: String(answer.headers['x-openstack-request-id']) }
}

describe('whose request a request is', () => {
  it('is that of the service that made it, where it says so, and the answer has an ID of its own', async () => {
    const { of, own } = await taken({ 'x-openstack-request-id': requestId, traceparent })
    assert.deepEqual(of, { requestId, traceparent })
    assert.match(own, /^req-/)
    assert.notEqual(own, requestId)
  })

  it('is its own where nobody says anything, or nonsense', async () => {
    for (const headers of [{}, { 'x-openstack-request-id': 'req-1\u0020x', traceparent: '00-0-0-0' }]) {
      const { of, own } = await taken(headers)
      assert.deepEqual(of, { requestId: own })
    }
  })
})

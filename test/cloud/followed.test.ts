import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Facts, Tracer } from '../../src/base/tracing.ts'
import type { Ask } from '../../src/cloud/index.ts'
import { stage } from './fake-cloud.ts'

const list: Ask = { service: ['network'], method: 'GET', path: '/networks' }
const requestId = 'req-0123abcd-0123-4567-89ab-0123456789ab'
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

function noting(origin: ReturnType<Tracer['origin']>): Tracer & { readonly noted: Facts[] } {
  const noted: Facts[] = []
  return {
    noted,
    origin: () => origin,
    span: (_name, _beginning, work) => work((facts) => void noted.push(facts)),
  }
}

describe('a request to a cloud that is followed', () => {
  it('says whose request it is for, and notes the ID that the cloud gave it', async () => {
    const tracer = noting({ requestId, traceparent })
    await using on = await stage({ tracer })
    on.cloud.on('/network', { body: {}, headers: { 'x-openstack-request-id': 'req-theirs' } })
    await (await on.session()).request(list)
    const headers = on.cloud.asked.at(-1)?.headers
    assert.deepEqual([headers?.['x-openstack-request-id'], headers?.traceparent], [requestId, traceparent])
    assert.equal(tracer.noted.at(-1)?.['openstack.request_id'], 'req-theirs')
  })

  it('is counted by what came of it, each try for itself', async () => {
    const said: string[] = []
    const meter = {
      count: (name: string) => void said.push(name),
      observe: (_name: string, { service, outcome }: { service?: string; outcome?: string }) =>
        void (service === 'network' && said.push(String(outcome))),
      set() {},
    }
    await using on = await stage({ meter })
    on.cloud.on('/network', { status: 500 }, { status: 429 }, { status: 404 }, { body: {} })
    const session = await on.session()
    await assert.rejects(session.request(list))
    await assert.rejects(session.request(list))
    await session.request(list)
    assert.deepEqual(said, ['failed', 'throttled', 'hearth_cloud_retries_total', 'refused', 'done'])
  })

  it('says nothing of whom it is for where that is not known', async () => {
    await using on = await stage()
    on.cloud.on('/network', { body: {} })
    await (await on.session()).request(list)
    assert.equal(on.cloud.asked.at(-1)?.headers['x-openstack-request-id'], undefined)
  })
})

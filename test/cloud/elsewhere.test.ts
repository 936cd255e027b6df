import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Ask } from '../../src/cloud/index.ts'
import { stage } from './fake-cloud.ts'

const list: Ask = { service: ['orchestration'], method: 'GET', path: '/stacks' }

const inRegions = (url: string, ...regions: readonly string[]) => ({
  catalog: [
    {
      type: 'orchestration',
      endpoints: regions.map((region) => ({
        interface: 'public',
        region_id: region,
        url: `${url}/${region}/v1/p1`,
      })),
    },
  ],
})

describe('a request for another place', () => {
  it('goes to another region of the same cloud, with the same token', async () => {
    await using on = await stage()
    on.cloud.token.facts = inRegions(on.cloud.url, 'one', 'two')
    on.cloud.on('/one', { body: { stacks: [] } })
    on.cloud.on('/two', { body: { stacks: [] } })
    const session = await on.session({ region: 'one' })
    await session.request(list)
    await session.request({ ...list, elsewhere: { region: 'two' } })
    assert.deepEqual(on.cloud.calls(), ['GET /one/v1/p1/stacks', 'GET /two/v1/p1/stacks'])
    assert.equal(on.cloud.tokens(), 1)
  })

  it('tells of a region that is not there', async () => {
    await using on = await stage()
    const session = await on.session({ region: 'here' })
    await assert.rejects(session.request({ ...list, elsewhere: { region: 'nowhere' } }), {
      message: 'public endpoint for orchestration service in nowhere region not found',
    })
  })

  it('goes to another cloud as somebody else, who authenticates there once', async () => {
    await using here = await stage()
    await using there = await stage()
    there.cloud.token.facts = inRegions(there.cloud.url, 'far')
    there.cloud.on('/far', { body: { stacks: [] } })
    const session = await here.session()
    const credential = { by: 'application', application: { id: 'i' }, secret: 's' } as const
    const ask = { ...list, elsewhere: { cloud: { authUrl: there.cloud.url, credential } } }
    await session.request(ask)
    await session.request(ask)
    assert.deepEqual(there.cloud.calls(), ['GET /far/v1/p1/stacks', 'GET /far/v1/p1/stacks'])
    assert.deepEqual([there.cloud.tokens(), here.cloud.calls()], [1, []])
    assert.deepEqual(there.cloud.asked[0]?.body, {
      auth: {
        identity: { methods: ['application_credential'], application_credential: { id: 'i', secret: 's' } },
      },
    })
  })
})

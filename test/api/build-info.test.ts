import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, bench } from './kit.ts'

test('the revisions of API and engine are told', async () => {
  const server = bench({
    engine: { buildInfo: async () => ({ revision: 'e2' }) },
    options: { revision: 'a1' },
  })
  assert.deepEqual((await ask(server, 'GET /v1/p1/build_info')).json(), {
    api: { revision: 'a1' },
    engine: { revision: 'e2' },
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { run } from '../fakes.ts'

const service = {
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
} as const

test('engines are listed with the columns of OpenStackClient', async () => {
  const { out } = await run(['service', 'list', '-f', 'csv', '--quote', 'none'], {
    listServices: async () => ({ services: [service] }),
  })
  assert.equal(
    out,
    `Hostname,Binary,Engine ID,Host,Topic,Updated At,Status
here,heat-engine,e1,here,engine,2026-01-31T09:31:00.000000,up
`,
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding, Management, ManageOptions, PolicyBook } from '../../../src/cli/index.ts'
import { fakeClock, run } from '../fakes.ts'

const now = fakeClock().now()
const engine = { id: 'e1', host: 'one', seenAt: Date.UTC(2026, 0, 31, 9), isUp: true }

/** A service to manage that notes what it was told. */
function service(answers: Partial<Management> = {}) {
  const told: unknown[] = []
  const management: Management = {
    version: async () => ({ present: 3, newest: 4 }),
    migrate: async () => void told.push('migrate'),
    purgeDeleted: async (query) => {
      told.push(query)
      return 7
    },
    resetStatus: async (id) => (id === 's1' ? ['web', 'inside'] : undefined),
    reencrypt: async (key) => {
      told.push(key)
      return 12
    },
    resourceData: async (id) => (id === 'r1' ? { step: 'attached', password: '******' } : undefined),
    engines: async () => [engine, { ...engine, id: 'e2', isUp: false }],
    forgetEngine: async (id) => void told.push(`forget ${id}`),
    close: async () => void told.push('closed'),
    ...answers,
  }
  const manage = async (options: ManageOptions) => {
    told.push(options)
    return management
  }
  return { told, manage }
}

const place = { stateDirectory: '/state', configFile: '/etc/hearth.conf' }
const at = ['--state-dir', '/state', '--config-file', '/etc/hearth.conf']

test('the database is brought up to date, and its version told, in either spelling', async () => {
  for (const name of ['db-sync', 'db_sync']) {
    const { told, manage } = service()
    assert.equal((await run(['manage', name, ...at], {}, { manage })).code, 0)
    assert.deepEqual(told, [place, 'migrate', 'closed'])
  }
  assert.equal((await run(['manage', 'db_version'], {}, service())).out, '3\n')
})

test('deleted stacks are removed by their age', async () => {
  const day = 86_400_000
  for (const [args, query] of [
    [[], { before: now - 90 * day, batch: 20 }],
    [['2', '-g', 'hours', '-b', '5', '-p', 'p1'], { before: now - 7_200_000, batch: 5, projectId: 'p1' }],
  ] as const) {
    const { told, manage } = service()
    const { out } = await run(['manage', 'purge_deleted', ...args], {}, { manage })
    assert.equal(out, '7 deleted stacks were removed.\n')
    assert.deepEqual(told.slice(1), [query, 'closed'])
  }
  for (const args of [['soon'], ['1', '-g', 'weeks'], ['1', '-b', '0']])
    assert.equal((await run(['manage', 'purge-deleted', ...args], {}, service())).code, 2)
})

test('a stack is reset, with those inside it, when that is agreed to', async () => {
  const reset = ['manage', 'reset_stack_status']
  assert.equal((await run([...reset, 's1', '-y'], {}, service())).out, 'Reset: web, inside\n')
  const unknown = await run([...reset, 's2', '-y'], {}, service())
  assert.deepEqual([unknown.code, unknown.err], [1, 'The Stack (s2) could not be found.\n'])
  const { told, manage } = service()
  await run([...reset, 's1'], {}, { manage, answer: 'n' })
  assert.deepEqual(told, [])
})

test('nothing is encrypted anew while engines are at work, or without the former key', async () => {
  const key = { HEARTH_FORMER_ENCRYPTION_KEY: 'old' }
  const working = service()
  const refused = await run(['manage', 're-encrypt'], {}, { ...working, variables: key })
  assert.deepEqual([refused.code, refused.err], [1, 'Engines are at work on one: stop them before.\n'])
  assert.ok(!working.told.includes('old'))
  const { told, manage } = service({ engines: async () => [] })
  assert.equal((await run(['manage', 're-encrypt'], {}, { manage, variables: {} })).code, 2)
  const { out } = await run(['manage', 're-encrypt'], {}, { manage, variables: key })
  assert.equal(out, '12 values were encrypted anew.\n')
  assert.ok(told.includes('old'))
})

test('engines are listed, and forgotten when they are down', async () => {
  const { out } = await run(['manage', 'service', 'list', '-f', 'json'], {}, service())
  assert.deepEqual(
    JSON.parse(out).map((row: Record<string, string>) => [row.Engine_Id, row.Status, row['Updated At']]),
    [
      ['e1', 'up', '2026-01-31T09:00:00Z'],
      ['e2', 'down', '2026-01-31T09:00:00Z'],
    ],
  )
  const { told, manage } = service()
  assert.equal((await run(['manage', 'service', 'clean'], {}, { manage })).out, 'Dead engines are removed.\n')
  assert.deepEqual(told.slice(1), ['forget e2', 'closed'])
})

test('what a resource keeps for itself is listed', async () => {
  const { out } = await run(['manage', 'resource_data_list', 'r1', '-f', 'value'], {}, service())
  assert.equal(out, 'step attached\npassword ******\n')
  assert.equal((await run(['manage', 'resource-data-list', 'r2'], {}, service())).code, 1)
})

test('the doctor tells what he found, and fails if something does not work', async () => {
  const fine: Finding = { check: 'clock', status: 'warning', finding: 'late', advice: 'hurry' }
  const bad: Finding = { check: 'database', status: 'error', finding: 'gone', advice: 'start it' }
  const doctor = ['manage', 'doctor', '-f', 'json']
  assert.equal((await run(doctor, {}, { examine: async () => [fine] })).code, 0)
  const { code, out } = await run(doctor, {}, { examine: async () => [fine, bad] })
  assert.equal(code, 1)
  assert.deepEqual(JSON.parse(out)[1], {
    ...{ Check: 'database', Status: 'error', Finding: 'gone', 'What To Do': 'start it' },
  })
})

/** Rules of which the site has said two. */
const book: PolicyBook = {
  files: ['/etc/policy.yaml'],
  oddities: ['rule "a" leads back to itself'],
  rules: [
    { name: 'admin', check: 'role:admin', isOwn: false, isRedundant: false },
    { name: 'stacks:create', check: 'role:member', isOwn: true, isRedundant: true },
    { name: 'stacks:index', check: 'role:ann', isOwn: true, isRedundant: false },
  ],
  sample: () => '#"admin": "role:admin"\n',
  allows: (rule, { roles }) => rule === 'stacks:index' && roles.includes('ann'),
}

test('who may do what is listed, with what is odd about it', async () => {
  const readPolicy = async () => book
  const list = ['manage', 'policy', 'list', '-f', 'value']
  const { out, err } = await run(list, {}, { readPolicy })
  assert.equal(out, 'admin role:admin built in\nstacks:create role:member file\nstacks:index role:ann file\n')
  assert.equal(err, 'Warning: rule "a" leads back to itself\n')
  assert.equal(
    (await run([...list, '--redundant'], {}, { readPolicy })).out,
    'stacks:create role:member file\n',
  )
  assert.equal(
    (await run([...list, '--own', '-c', 'Rule'], {}, { readPolicy })).out,
    'stacks:create\nstacks:index\n',
  )
  const sample = await run(['manage', 'policy', 'sample'], {}, { readPolicy })
  assert.equal(sample.out, '#"admin": "role:admin"\n')
})

test('what somebody may do is tried, and by the exit code told of one rule', async () => {
  const readPolicy = async () => book
  const check = ['manage', 'policy', 'check', '-f', 'value']
  const all = await run([...check, '--role', 'ann'], {}, { readPolicy })
  assert.deepEqual([all.code, all.out], [0, 'stacks:create failed\nstacks:index passed\n'])
  const one = await run([...check, 'stacks:index', '--role', 'bob'], {}, { readPolicy })
  assert.deepEqual([one.code, one.out], [1, 'stacks:index failed\n'])
  assert.equal((await run([...check, '--access', '/no/such.json'], {}, { readPolicy })).code, 2)
})

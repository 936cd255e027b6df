import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HearthClient } from '../../../src/client/index.ts'
import { eventRow, run, stackReply, storyOf } from '../fakes.ts'

const template = 'heat_template_version: 2018-08-31\n'

function updating() {
  const asked: unknown[][] = []
  const client: Partial<HearthClient> = {
    findStack: async () => ({ stack_name: 'web', stack_id: 'stack-1' }),
    updateStack: async (...question) => void asked.push(question),
    showStack: async () => ({ stack: stackReply() }),
  }
  return { asked, client }
}

const address = { stack_name: 'web', stack_id: 'stack-1' }

test('an update sends the whole of what is wanted, and leaves rollback as it is', async () => {
  const { asked, client } = updating()
  const { code } = await run(['stack', 'update', 'web', '-t', '-'], client, { stdin: template })
  assert.equal(code, 0)
  assert.deepEqual(asked, [[address, { template, files: {}, parameters: {} }, { existing: false }]])
})

test('with --existing only what is given is sent', async () => {
  const { asked, client } = updating()
  const args = [
    '--existing',
    '--parameter',
    'size=5',
    '--clear-parameter',
    'name',
    '--rollback',
    'enabled',
    '--converge',
  ]
  const { code } = await run(['stack', 'update', 'web', ...args], client)
  assert.equal(code, 0)
  const body = {
    files: {},
    parameters: { size: '5' },
    disable_rollback: false,
    clear_parameters: ['name'],
    converge: true,
  }
  assert.deepEqual(asked, [[address, body, { existing: true }]])
})

test('it must be said what the update is to', async () => {
  assert.equal((await run(['stack', 'update', 'web'], {})).code, 2)
  assert.equal((await run(['stack', 'update', 'web', '-t', '-', '--clear-parameter', 'x'], {})).code, 2)
})

test('with --wait it takes its bearings before it asks, and watches from there', async () => {
  const { client } = updating()
  const old = eventRow('e0', 'web', 'UPDATE_COMPLETE', { reason: 'an earlier update' })
  const story = storyOf([
    [old, eventRow('e1', 'web', 'UPDATE_IN_PROGRESS')],
    [eventRow('e2', 'web', 'UPDATE_COMPLETE')],
  ])
  const listEvents: HearthClient['listEvents'] = async (stack, query) =>
    query?.sort_dir === 'desc' ? { events: [old] } : (story.listEvents?.(stack, query) ?? { events: [] })
  const { code, err } = await run(
    ['stack', 'update', 'web', '-t', '-', '--wait'],
    { ...story, ...client, listEvents },
    { stdin: template },
  )
  assert.equal(code, 0)
  assert.ok(!err.includes('an earlier update'))
  assert.match(err, /Stack web UPDATE_COMPLETE/)
})

const resource = (resource_name: string, resource_type: string, more: object = {}) => ({
  resource_name,
  resource_type,
  change_reason: '',
  property_changes: [],
  change_uncertain: false,
  ...more,
})

const changes = {
  added: [resource('volume', 'OS::Cinder::Volume')],
  updated: [
    resource('server', 'OS::Nova::Server', {
      property_changes: [
        { path: 'flavor', before: 'm1.small', after: 'm1.large', replaces: false },
        { path: 'metadata.role', after: 'db', replaces: false },
        { path: 'networks', before: [{ port: 'p' }], replaces: false },
      ],
      change_uncertain: true,
    }),
  ],
  replaced: [
    resource('port', 'OS::Neutron::Port', {
      change_reason: 'network cannot change in place',
      property_changes: [{ path: 'network', before: 'a', after: 'b', replaces: true }],
    }),
  ],
  deleted: [resource('old', 'OS::Heat::Value', { change_reason: 'it is no longer in the template' })],
  unchanged: [resource('net', 'OS::Neutron::Net')],
}

test('--dry-run tells what would change, and why', async () => {
  const asked: unknown[][] = []
  const client = {
    ...updating().client,
    previewUpdate: async (...question: unknown[]) => {
      asked.push(question)
      return { resource_changes: changes }
    },
  } as unknown as Partial<HearthClient>
  const { code, out } = await run(
    ['stack', 'update', 'web', '-t', '-', '--dry-run', '--show-nested'],
    client,
    { stdin: template },
  )
  assert.equal(code, 0)
  assert.deepEqual(asked[0]?.[2], { existing: false, showNested: true })
  assert.equal(
    out,
    `  + volume  OS::Cinder::Volume
  ~ server  OS::Nova::Server  (perhaps: some values are known only later)
        flavor: "m1.small" → "m1.large"
        metadata.role: (none) → "db"
        networks: [{"port": "p"}] → (known later)
-/+ port    OS::Neutron::Port
        network: "a" → "b"  (replaces)
        because network cannot change in place
  - old     OS::Heat::Value
        because it is no longer in the template

Plan for web: 1 to create, 1 to change, 1 to replace, 1 to delete, 1 unchanged.
`,
  )
})

test('a plan without changes says so', async () => {
  const nothing = { added: [], updated: [], replaced: [], deleted: [], unchanged: changes.unchanged }
  const client = {
    ...updating().client,
    previewUpdate: async () => ({ resource_changes: nothing }),
  } as unknown as Partial<HearthClient>
  const { out } = await run(['stack', 'update', 'web', '-t', '-', '--dry-run'], client, { stdin: template })
  assert.equal(out, 'Nothing would change in web (1 resource).\n')
})

test('resources may be named that are to wait before they are updated', async () => {
  const { asked, client } = updating()
  await run(['stack', 'update', 'web', '--existing', '--pre-update', 'server'], client)
  const file = 'command-line:hooks'
  const text = '{"resource_registry":{"resources":{"server":{"hooks":"pre-update"}}}}'
  const body = { files: { [file]: text }, environment_files: [file], parameters: {} }
  assert.deepEqual(asked, [[address, body, { existing: true }]])
})

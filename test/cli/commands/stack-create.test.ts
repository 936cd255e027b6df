import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CreateBody, HearthClient } from '../../../src/client/index.ts'
import { StackExists, ValidationFailed } from '../../../src/contract/problems.ts'
import { directoryWith, eventRow, run, stackReply, storyOf } from '../fakes.ts'

const template = 'heat_template_version: 2018-08-31\nparameters: {size: {type: number}}\n'

function creating() {
  const asked: CreateBody[] = []
  const client: Partial<HearthClient> = {
    async createStack(body) {
      asked.push(body)
      return { stack: { id: 'stack-1', links: [] } }
    },
    showStack: async () => ({ stack: stackReply({ stack_status: 'CREATE_IN_PROGRESS' }) }),
  }
  return { asked, client }
}

test('a stack is created from template, environments and parameters, and shown in brief', async (t) => {
  const directory = directoryWith(t, {
    'web.yaml': template,
    'prod.yaml': 'parameters: {size: 3}\n',
    key: 'SECRET',
  })
  const { asked, client } = creating()
  const { code, out, err } = await run(
    [
      'stack',
      'create',
      'web',
      '-t',
      'web.yaml',
      '-e',
      'prod.yaml',
      '--parameter',
      'name=x',
      '--parameter-file',
      'key=key',
      '--timeout',
      '60',
      '--tags',
      'a,b',
      '--enable-rollback',
    ],
    client,
    { directory },
  )
  assert.deepEqual([code, err], [0, ''])
  assert.deepEqual(asked, [
    {
      stack_name: 'web',
      template,
      files: { [`file://${directory}/prod.yaml`]: 'parameters: {size: 3}\n' },
      environment_files: [`file://${directory}/prod.yaml`],
      parameters: { name: 'x', key: 'SECRET' },
      disable_rollback: false,
      timeout_mins: 60,
      tags: ['a', 'b'],
    },
  ])
  assert.equal(
    out,
    `+---------------------+-------------------------------------+
| Field               | Value                               |
+---------------------+-------------------------------------+
| id                  | stack-1                             |
| stack_name          | web                                 |
| description         | No description                      |
| creation_time       | 2026-01-31T09:30:00Z                |
| updated_time        | None                                |
| stack_status        | CREATE_IN_PROGRESS                  |
| stack_status_reason | Stack CREATE completed successfully |
+---------------------+-------------------------------------+
`,
  )
})

test('with a container only the template is read here, and sent as it is written', async (t) => {
  const nested = `${template}resources: {a: {type: child.yaml, properties: {x: {get_file: init.sh}}}}\n`
  const directory = directoryWith(t, { 'web.yaml': nested })
  const { asked, client } = creating()
  const { code, err } = await run(
    ['stack', 'create', 'web', '-t', 'web.yaml', '-e', 'env/prod.yaml', '-s', 'box', '--parameter', 'a=1'],
    client,
    { directory },
  )
  assert.deepEqual([code, err], [0, ''])
  const expected = {
    ...{ stack_name: 'web', template: nested, files: {}, files_container: 'box', parameters: { a: '1' } },
    ...{ environment_files: ['env/prod.yaml'], disable_rollback: true },
  }
  assert.deepEqual(asked, [expected])
})

test('a template may come from the input, and the answer be JSON for programs', async () => {
  const { asked, client } = creating()
  const { code, out } = await run(
    ['stack', 'create', 'web', '-t', '-', '-f', 'json', '-c', 'stack_status'],
    client,
    { stdin: template },
  )
  assert.equal(code, 0)
  assert.deepEqual([asked[0]?.template, asked[0]?.disable_rollback], [template, true])
  assert.deepEqual(JSON.parse(out), { stack_status: 'CREATE_IN_PROGRESS' })
})

test('with --wait the log goes beside the answer, so that the answer stays readable for programs', async () => {
  const { client } = creating()
  const story = storyOf([
    [eventRow('e1', 'web', 'CREATE_IN_PROGRESS'), eventRow('e2', 'web', 'CREATE_COMPLETE')],
  ])
  const { code, out, err } = await run(
    ['stack', 'create', 'web', '-t', '-', '--wait', '-f', 'json'],
    { ...client, ...story },
    { stdin: template },
  )
  assert.equal(code, 0)
  assert.equal(JSON.parse(out).stack_status, 'CREATE_COMPLETE')
  assert.match(err, /\[web\]: CREATE_COMPLETE/)
})

test('with --wait a failure is exit code 1 and no table', async () => {
  const { client } = creating()
  const story = storyOf([
    [eventRow('e2', 'web', 'CREATE_FAILED', { reason: 'Resource CREATE failed: nope' })],
  ])
  const { code, out, err } = await run(
    ['stack', 'create', 'web', '-t', '-', '--wait'],
    { ...client, ...story },
    { stdin: template },
  )
  assert.deepEqual([code, out], [1, ''])
  assert.match(err, /Stack web CREATE_FAILED: Resource CREATE failed: nope/)
})

const refusing: Partial<HearthClient> = {
  createStack: async () => {
    const problems = [
      {
        code: 'UnknownProperty',
        message: 'Unknown Property sise',
        path: [],
        line: 2,
        column: 14,
        meant: 'size',
      },
    ]
    throw ValidationFailed({ message: 'Property error: Unknown Property sise', problems })
  },
}

test('what the service finds wrong in a template is shown in it', async (t) => {
  const directory = directoryWith(t, { 'web.yaml': template })
  const { code, out, err } = await run(['stack', 'create', 'web', '-t', 'web.yaml'], refusing, { directory })
  assert.deepEqual([code, out], [1, ''])
  assert.equal(
    err,
    `web.yaml:2:14: error: Unknown Property sise [UnknownProperty]
    2 | parameters: {size: {type: number}}
      |              ^~~~
        Did you mean "size"?
1 problem
`,
  )
})

test('programs get the problems as JSON', async (t) => {
  const directory = directoryWith(t, { 'web.yaml': template })
  const { code, out, err } = await run(
    ['stack', 'create', 'web', '-t', 'web.yaml', '--format=json'],
    refusing,
    { directory },
  )
  assert.deepEqual([code, err], [1, ''])
  assert.deepEqual(JSON.parse(out).problems[0], {
    code: 'UnknownProperty',
    message: 'Unknown Property sise',
    path: [],
    severity: 'error',
    line: 2,
    column: 14,
    meant: 'size',
    file: 'web.yaml',
  })
})

test('a refusal without problems is told in the words of the service, with advice', async () => {
  const client: Partial<HearthClient> = {
    createStack: async () => {
      throw StackExists({ stack: 'web' })
    },
  }
  const { code, err } = await run(['stack', 'create', 'web', '-t', '-'], client, { stdin: template })
  assert.deepEqual(
    [code, err],
    [1, 'ERROR: The Stack (web) already exists.\nTo change it: hearth stack update\n'],
  )
})

test('--dry-run asks for a preview, creates nothing and shows the plan', async () => {
  const preview = {
    resources: [
      { resource_name: 'net', resource_type: 'OS::Neutron::Net' },
      [{ resource_name: '0', resource_type: 'OS::Nova::Server', parent_resource: 'group' }],
    ],
  }
  const client = { previewStack: async () => ({ stack: preview }) } as unknown as Partial<HearthClient>
  const text = await run(['stack', 'create', 'web', '-t', '-', '--dry-run'], client, { stdin: template })
  assert.equal(
    text.out,
    `  + net      OS::Neutron::Net
  + group.0  OS::Nova::Server

Plan for web: 2 to create, 0 to change, 0 to replace, 0 to delete, 0 unchanged.
`,
  )
  const json = await run(['stack', 'create', 'web', '-t', '-', '--dry-run', '-f', 'json'], client, {
    stdin: template,
  })
  assert.deepEqual(
    JSON.parse(json.out).changes.map((change: { does: string; resource: string }) => [
      change.does,
      change.resource,
    ]),
    [
      ['create', 'net'],
      ['create', 'group.0'],
    ],
  )
})

test('without a template it is a mistake in the command line', async () => {
  const { code, err } = await run(['stack', 'create', 'web'], {})
  assert.deepEqual([code, err], [2, "error: required option '-t, --template <file>' not specified\n"])
})

test('resources may be named that are to wait before they are created, beside an environment', async (t) => {
  const directory = directoryWith(t, { 'web.yaml': template, 'prod.yaml': 'parameters: {size: 3}\n' })
  const { asked, client } = creating()
  const args = ['-t', 'web.yaml', '-e', 'prod.yaml', '--pre-create', 'server', '--pre-create', 'group/*']
  assert.equal((await run(['stack', 'create', 'web', ...args], client, { directory })).code, 0)
  const [body] = asked
  const last = body?.environment_files?.at(-1) ?? ''
  assert.deepEqual(
    [body?.environment_files?.length, JSON.parse(String(body?.files?.[last]))],
    [
      2,
      {
        resource_registry: {
          resources: { server: { hooks: 'pre-create' }, group: { '*': { hooks: 'pre-create' } } },
        },
      },
    ],
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { HearthClient } from '../../../src/client/index.ts'
import { eventRow, fakeTerminal, resourceReply, run, stackReply } from '../fakes.ts'

test('stacks are listed with the columns of OpenStackClient, and those that options add', async () => {
  const asked: unknown[] = []
  const client: Partial<HearthClient> = {
    async listStacks(query) {
      asked.push(query)
      return { stacks: [stackReply({ stack_name: 'b' }), stackReply({ stack_name: 'a' })] }
    },
  }
  const plain = await run(['stack', 'list', '--sort', 'stack_name', '-f', 'csv'], client)
  assert.equal(
    plain.out,
    `"ID","Stack Name","Stack Status","Creation Time","Updated Time"
"stack-1","a","CREATE_COMPLETE","2026-01-31T09:30:00Z",""
"stack-1","b","CREATE_COMPLETE","2026-01-31T09:30:00Z",""
`,
  )
  const columns = async (...args: string[]) =>
    (await run(['stack', 'list', '-f', 'csv', '--quote', 'none', ...args], client)).out.split('\n')[0]
  assert.equal(await columns('--short'), 'ID,Stack Name,Stack Status')
  assert.equal(
    await columns('--long', '--nested', '--deleted'),
    'ID,Stack Name,Stack Owner,Stack Status,Creation Time,Updated Time,Parent,Deletion Time',
  )
  await columns(
    '--property',
    'status=FAILED',
    '--tags',
    'a,b',
    '--tag-mode',
    'not-any',
    '--hidden',
    '--all-projects',
  )
  assert.deepEqual(asked, [
    {},
    {},
    { global_tenant: true, show_nested: true, show_deleted: true },
    { status: ['FAILED'], not_tags_any: ['a', 'b'], show_hidden: true, global_tenant: true },
  ])
})

test('projects are shown where the service tells them', async () => {
  const { out } = await run(['stack', 'list', '-f', 'value', '-c', 'Project'], {
    listStacks: async () => ({ stacks: [{ ...stackReply(), project: 'p1' }] }),
  })
  assert.equal(out, 'p1\n')
})

test('a stack is shown whole: parameters as YAML in tables, outputs if they are wanted', async () => {
  const asked: unknown[] = []
  const client: Partial<HearthClient> = {
    async showStack(_stack, options) {
      asked.push(options)
      return {
        stack: stackReply({
          outputs: [{ output_key: 'address', description: 'where', output_value: '10.0.0.1' }],
        }),
      }
    },
  }
  const whole = await run(['stack', 'show', 'web'], client)
  assert.match(
    whole.out,
    /\| parameters {12}\| size: '3' {2,}\|\n\| outputs {15}\| - description: where +\|\n\| {23}\| {3}output_key: address/,
  )
  assert.ok(!whole.out.includes('template_description'))
  const json = JSON.parse(
    (await run(['stack', 'show', 'web', '--no-resolve-outputs', '-f', 'json'], client)).out,
  )
  assert.deepEqual([json.parameters, json.outputs], [{ size: '3' }, undefined])
  assert.deepEqual(asked, [{ resolveOutputs: true }, { resolveOutputs: false }])
})

test('templates and environments come as YAML that can be used again', async () => {
  const template = { resources: { a: { type: 'OS::Heat::None' } }, heat_template_version: '2018-08-31' }
  const shown = await run(['stack', 'template', 'show', 'web'], { showTemplate: async () => template })
  assert.equal(shown.out, "heat_template_version: '2018-08-31'\nresources:\n  a:\n    type: OS::Heat::None\n")
  const environment = { parameter_defaults: {}, event_sinks: [], parameters: { size: '3' } }
  const env = await run(['stack', 'environment', 'show', 'web'], { showEnvironment: async () => environment })
  assert.equal(env.out, "parameters:\n  size: '3'\nparameter_defaults: {}\n")
})

test('resources are listed, with their stacks where there are several', async () => {
  const asked: unknown[] = []
  const client: Partial<HearthClient> = {
    async listResources(_stack, query) {
      asked.push(query)
      return {
        resources: [
          resourceReply('group', { nested: 'web-group/s2' }),
          resourceReply('0', { stack: 'web-group/s2' }),
        ],
      }
    },
  }
  const flat = await run(
    ['stack', 'resource', 'list', 'web', '-f', 'value', '--filter', 'status=COMPLETE'],
    client,
  )
  assert.equal(
    flat.out.split('\n')[0],
    'group id-of-group OS::Heat::Value CREATE_COMPLETE 2026-01-31T09:30:00Z',
  )
  const deep = await run(
    ['stack', 'resource', 'list', 'web', '-n', '5', '-f', 'value', '-c', 'stack_name', '-c', 'resource_name'],
    client,
  )
  assert.equal(deep.out, 'group web\n0 web-group\n')
  assert.deepEqual(asked, [{ status: ['COMPLETE'] }, { nested_depth: 5 }])
})

test('resources and what they need are drawn for Graphviz', async () => {
  const resources = [
    resourceReply('net', { required_by: ['server', 'elsewhere'] }),
    resourceReply('server', { resource_status: 'CREATE_FAILED', nested: 'web-server/s2' }),
    resourceReply('inner', { stack: 'web-server/s2' }),
  ]
  const { out } = await run(['stack', 'resource', 'list', 'web', '-f', 'dot'], {
    listResources: async () => ({ resources }),
  })
  assert.match(out, /^digraph G \{\n/)
  assert.match(
    out,
    /(r_[0-9a-f]{20}) \[label="net\\nOS::Heat::Value"\];\n {2}(r_[0-9a-f]{20}) \[label="server\\nOS::Heat::Value" style=filled color=red\];[\s\S]*\n {2}\1 -> \2;\n/,
  )
  assert.match(out, /subgraph cluster_stack_[0-9a-f]{20} \{\n {4}label="web-server";/)
  assert.equal(out.match(/ -> /g)?.length, 2)
})

test('one resource is shown with its keys sorted, and attributes are asked for by name', async () => {
  const asked: unknown[] = []
  const client: Partial<HearthClient> = {
    async showResource(...question) {
      asked.push(question)
      return { resource: resourceReply('server', { attributes: { addresses: {} } }) }
    },
  }
  const { out } = await run(
    ['stack', 'resource', 'show', 'web', 'server', '--with-attr', 'console_urls', '-f', 'json'],
    client,
  )
  const keys = Object.keys(JSON.parse(out))
  assert.deepEqual(keys, keys.toSorted())
  assert.deepEqual(asked, [['web', 'server', { withAttributes: ['console_urls'] }]])
})

test('events are a log unless another format is wanted', async () => {
  const events = [
    eventRow('e1', 'web', 'CREATE_IN_PROGRESS', { reason: 'Stack CREATE started' }),
    eventRow('e2', 'net', 'CREATE_COMPLETE', { physical: 'n' }),
  ]
  const client: Partial<HearthClient> = { listEvents: async () => ({ events }) }
  const log = await run(['stack', 'event', 'list', 'web'], client)
  assert.equal(
    log.out,
    '2026-01-31 09:30:00Z [web]: CREATE_IN_PROGRESS  Stack CREATE started\n2026-01-31 09:30:00Z [web.net]: CREATE_COMPLETE  state changed\n',
  )
  const csv = await run(
    [
      'stack',
      'event',
      'list',
      'web',
      '-f',
      'csv',
      '--quote',
      'none',
      '--nested-depth',
      '2',
      '--sort',
      ':desc',
    ],
    client,
  )
  assert.equal(
    csv.out.split('\n')[0],
    'resource_name,id,resource_status,resource_status_reason,event_time,physical_resource_id,stack_name,logical_resource_id',
  )
  const follow = await run(['stack', 'event', 'list', 'web', '--follow', '-f', 'json'], client)
  assert.equal(follow.code, 2)
})

test('events are followed from where one is, until Ctrl-C', async () => {
  const fake = fakeTerminal()
  const events = ['e1', 'e2', 'e3'].map((id) => eventRow(id, id, 'CREATE_COMPLETE', { physical: id }))
  const markers: unknown[] = []
  const client: Partial<HearthClient> = {
    findStack: async () => ({ stack_name: 'web', stack_id: 'stack-1' }),
    async listEvents(_stack, query) {
      markers.push(query?.marker)
      if (markers.length > events.length) fake.interrupt()
      return { events: events.slice(markers.length - 1, markers.length) }
    },
  }
  const { code } = await run(['stack', 'event', 'list', 'web', '--follow'], client, {
    terminal: fake.terminal,
  })
  assert.equal(code, 0)
  assert.deepEqual(fake.out.text().match(/web\.e\d/g), ['web.e1', 'web.e2', 'web.e3'])
  assert.deepEqual(markers, [undefined, 'e1', 'e2', 'e3'])
  assert.equal(fake.interrupted.size, 0)
})

test('outputs are listed and shown, alone or all', async () => {
  const client: Partial<HearthClient> = {
    listOutputs: async () => ({ outputs: [{ output_key: 'address', description: 'where' }] }),
    showOutput: async (_stack, key) => ({
      output:
        key === 'bad'
          ? { output_key: key, description: '', output_error: 'no such attribute' }
          : { output_key: key, description: 'where', output_value: { a: 1 } },
    }),
    showStack: async () => ({
      stack: stackReply({ outputs: [{ output_key: 'address', description: 'where', output_value: 1 }] }),
    }),
  }
  assert.equal((await run(['stack', 'output', 'list', 'web', '-f', 'value'], client)).out, 'address where\n')
  assert.equal(
    (await run(['stack', 'output', 'show', 'web', 'address', '-f', 'value', '-c', 'output_value'], client))
      .out,
    '{"a": 1}\n',
  )
  const all = await run(['stack', 'output', 'show', 'web', '--all', '-f', 'json'], client)
  assert.deepEqual(JSON.parse(JSON.parse(all.out).address), {
    output_key: 'address',
    description: 'where',
    output_value: 1,
  })
  assert.deepEqual(await run(['stack', 'output', 'show', 'web', 'bad'], client), {
    code: 1,
    out: '',
    err: 'ERROR: Output error: no such attribute\n',
  })
  assert.equal((await run(['stack', 'output', 'show', 'web'], client)).code, 2)
  assert.equal((await run(['stack', 'output', 'show', 'web', 'a', '--all'], client)).code, 2)
})

test('failures are told by what failed innermost, long reasons by their ends', async () => {
  const long = Array.from({ length: 12 }, (_, i) => `line ${i}`).join('\n')
  const client: Partial<HearthClient> = {
    showStack: async () => ({ stack: stackReply({ stack_status: 'CREATE_FAILED' }) }),
    async listResources(stack) {
      const isInside = typeof stack === 'object' && stack.stack_id === 's2'
      return {
        resources: isInside
          ? [resourceReply('0', { resource_status: 'CREATE_FAILED', resource_status_reason: long })]
          : [
              resourceReply('group', { nested: 'web-group/s2', resource_status: 'CREATE_FAILED' }),
              resourceReply('net'),
            ],
      }
    },
  }
  const { out } = await run(['stack', 'failures', 'list', 'web'], client)
  assert.equal(
    out,
    `web.group.0:
  resource_type: OS::Heat::Value
  physical_resource_id: id-of-0
  status: CREATE_FAILED
  status_reason: |
    ...
${Array.from({ length: 10 }, (_, i) => `    line ${i + 2}\n`).join('')}`,
  )
  assert.match((await run(['stack', 'failures', 'list', 'web', '--long'], client)).out, /\n {4}line 0\n/)
  assert.equal(
    JSON.parse((await run(['stack', 'failures', 'list', 'web', '-f', 'json'], client)).out)[0].path,
    'web.group.0',
  )
  const fine = await run(['stack', 'failures', 'list', 'web'], {
    showStack: async () => ({ stack: stackReply() }),
  })
  assert.equal(fine.out, '')
})

test('resource types, template versions and functions are listed', async () => {
  const client: Partial<HearthClient> = {
    listResourceTypes: async (query) => ({
      resource_types: query?.with_description ? [{ resource_type: 'B', description: 'bee' }] : ['B', 'A'],
    }),
    showResourceType: async () => ({ resource_type: 'A', properties: {} }),
    showResourceTypeTemplate: async (_type, form) => ({
      heat_template_version: '2016-10-14',
      form: form ?? '',
    }),
    listTemplateVersions: async () => ({
      template_versions: [{ version: 'heat_template_version.2018-08-31', type: 'hot', aliases: ['rocky'] }],
    }),
    listTemplateFunctions: async () => ({
      template_functions: [{ functions: 'get_file', description: 'A file.' }],
    }),
  }
  assert.equal((await run(['resource', 'type', 'list', '-f', 'value'], client)).out, 'A\nB\n')
  assert.equal((await run(['resource', 'type', 'list', '--long', '-f', 'value'], client)).out, 'B bee\n')
  assert.equal(
    (await run(['resource', 'type', 'show', 'A'], client)).out,
    'resource_type: A\nproperties: {}\n',
  )
  assert.match(
    (await run(['resource', 'type', 'show', 'A', '--template-type', 'hot'], client)).out,
    /form: hot/,
  )
  assert.equal(
    (await run(['resource', 'type', 'show', 'A', '--template-type', 'hot', '--long'], client)).code,
    2,
  )
  assert.equal(
    (await run(['template', 'version', 'list', '-f', 'value'], client)).out,
    'heat_template_version.2018-08-31 hot rocky\n',
  )
  assert.equal(
    (await run(['template', 'function', 'list', 'heat_template_version.2018-08-31', '-f', 'value'], client))
      .out,
    'get_file A file.\n',
  )
})

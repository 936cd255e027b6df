import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectClient, type HearthClient } from '../../src/client/index.ts'
import type { EngineCalls } from '../../src/contract/engine.ts'
import { StackNotFound, ValidationFailed } from '../../src/contract/problems.ts'
import { event, identity, resource, shownType, summary, validated, view } from '../api/kit.ts'
import { withWorld } from './kit.ts'

const template = { heat_template_version: '2013-05-23' }
const web = { stack_name: 'web', stack_id: 's1' }

const engine: Partial<EngineCalls> = {
  lookupStack: async (_caller, { nameOrId }) => {
    if (nameOrId === 'nope') throw StackNotFound({ stack: nameOrId })
    return identity
  },
  createStack: async () => identity,
  previewStack: async () => ({ stack: view, resources: [resource] }),
  updateStack: async () => {},
  previewUpdate: async () => [],
  deleteStack: async () => {},
  showStack: async () => view,
  listStacks: async () => [summary],
  countStacks: async () => 1,
  showTemplate: async () => template,
  showEnvironment: async () => ({ parameters: {} }),
  showFiles: async () => ({ a: 'b' }),
  listOutputs: async () => [{ output_key: 'url', description: '' }],
  showOutput: async () => ({ output_key: 'url', description: '', output_value: 1 }),
  listResources: async () => [resource],
  showResource: async () => resource,
  showMetadata: async () => ({ a: 1 }),
  signalResource: async () => {},
  listEvents: async () => [event],
  showEvent: async () => event,
  validateTemplate: async () => validated,
  listResourceTypes: async () => [{ type: 'OS::A', description: 'a' }],
  showResourceType: async () => shownType,
  resourceTypeTemplate: async () => ({ outputs: {} }),
  listTemplateVersions: async () => [],
  listTemplateFunctions: async () => [],
  buildInfo: async () => ({ revision: 'e' }),
  listServices: async () => [],
}

/** What the engine was asked last, after the client was used. */
async function asked(
  use: (client: HearthClient) => Promise<unknown>,
): Promise<{ call: string; ask: unknown; answer: unknown }> {
  let last: { call: string; ask: unknown; answer: unknown } | undefined
  await withWorld(engine, async ({ api, settings }) => {
    const answer = await use(await connectClient(settings))
    const { call, ask } = api.asked.at(-1) ?? { call: '', ask: undefined }
    last = { call, ask, answer: JSON.parse(JSON.stringify(answer ?? null)) }
  })
  assert.ok(last)
  return last
}

test('the service is found in the catalog', async () => {
  await withWorld(engine, async ({ settings, api }) => {
    const client = await connectClient(settings)
    assert.equal(client.projectId, 'p1')
    assert.match(client.endpoint, /^http:\/\/127\.0\.0\.1:\d+\/v1\/p1$/)
    assert.equal((await client.listStacks()).stacks.length, 1)
    assert.equal(api.asked[0]?.caller.userName, 'ada')
  })
})

test('an address of the service wins over the catalog, however much of it is given', async () => {
  await withWorld(engine, async ({ settings }) => {
    const { endpoint } = await connectClient(settings)
    for (const given of [
      endpoint,
      `${endpoint}/`,
      endpoint.replace('/p1', ''),
      endpoint.replace('/v1/p1', ''),
    ]) {
      const client = await connectClient({ ...settings, region: 'nowhere', endpoint: given })
      assert.equal(client.endpoint, endpoint)
    }
  })
})

test('a region without the service is told', async () => {
  await withWorld(engine, async ({ settings }) => {
    await assert.rejects(connectClient({ ...settings, region: 'three' }), {
      message: 'public endpoint for orchestration service in three region not found',
    })
  })
})

const calls: readonly (readonly [string, (client: HearthClient) => Promise<unknown>, string, unknown])[] = [
  [
    'createStack',
    (client) => client.createStack({ stack_name: 'web', template, tags: ['a', 'b'] }),
    'createStack',
    { disableRollback: true, name: 'web', template, tags: ['a', 'b'] },
  ],
  [
    'previewStack',
    (client) => client.previewStack({ stack_name: 'web', template }),
    'previewStack',
    { disableRollback: true, name: 'web', template },
  ],
  [
    'updateStack by name',
    (client) => client.updateStack('web', { template }),
    'updateStack',
    { stack: identity, existing: false, template },
  ],
  [
    'updateStack in part',
    (client) => client.updateStack(web, { clear_parameters: ['a'] }, { existing: true }),
    'updateStack',
    { stack: identity, existing: true, clearParameters: ['a'] },
  ],
  [
    'previewUpdate',
    (client) => client.previewUpdate('web', { template }, { showNested: true }),
    'previewUpdate',
    { stack: identity, existing: false, showNested: true, template },
  ],
  [
    'previewUpdate in part',
    (client) => client.previewUpdate(web, {}, { existing: true }),
    'previewUpdate',
    { stack: identity, existing: true, showNested: false },
  ],
  ['deleteStack', (client) => client.deleteStack('web'), 'deleteStack', { stack: identity }],
  ['showStack', (client) => client.showStack('web'), 'showStack', { stack: identity, resolveOutputs: true }],
  [
    'showStack without outputs',
    (client) => client.showStack('web/s1', { resolveOutputs: false }),
    'showStack',
    { stack: identity, resolveOutputs: false },
  ],
  [
    'listStacks',
    (client) => client.listStacks({ limit: 5, tags: ['a', 'b'], name: ['x', 'y'], show_nested: true }),
    'listStacks',
    { limit: 5, tags: ['a', 'b'], filters: { name: ['x', 'y'] }, showNested: true },
  ],
  ['showTemplate', (client) => client.showTemplate('web'), 'showTemplate', { stack: identity }],
  ['showEnvironment', (client) => client.showEnvironment('web'), 'showEnvironment', { stack: identity }],
  ['showFiles', (client) => client.showFiles('web'), 'showFiles', { stack: identity }],
  ['listOutputs', (client) => client.listOutputs('web'), 'listOutputs', { stack: identity }],
  [
    'showOutput',
    (client) => client.showOutput('web', 'u/rl'),
    'showOutput',
    { stack: identity, key: 'u/rl' },
  ],
  [
    'listResources',
    (client) => client.listResources('web', { nested_depth: 2, status: ['FAILED'] }),
    'listResources',
    { stack: identity, nestedDepth: 2, filters: { status: ['FAILED'] } },
  ],
  [
    'showResource',
    (client) => client.showResource('web', 'a b', { withAttributes: ['x', 'y'] }),
    'showResource',
    { stack: identity, resource: 'a b', withAttributes: ['x', 'y'] },
  ],
  [
    'showMetadata',
    (client) => client.showMetadata('web', 'r'),
    'showMetadata',
    { stack: identity, resource: 'r' },
  ],
  [
    'signalResource',
    (client) => client.signalResource('web', 'r', { status: 'SUCCESS' }),
    'signalResource',
    { stack: identity, resource: 'r', details: { status: 'SUCCESS' } },
  ],
  [
    'listEvents',
    (client) => client.listEvents('web', { limit: 1, sort_dir: 'desc' }),
    'listEvents',
    { stack: identity, limit: 1, sortDir: 'desc' },
  ],
  [
    'listEvents of a resource',
    (client) => client.listEvents('web', {}, { resource: 'r' }),
    'listEvents',
    { stack: identity, resource: 'r' },
  ],
  [
    'showEvent',
    (client) => client.showEvent('web', 'r', 'e'),
    'showEvent',
    { stack: identity, resource: 'r', event: 'e' },
  ],
  [
    'validateTemplate',
    (client) => client.validateTemplate({ template }, { showNested: true, ignoreErrors: ['99001'] }),
    'validateTemplate',
    { template, showNested: true, ignoreErrors: ['99001'] },
  ],
  [
    'listResourceTypes',
    (client) => client.listResourceTypes({ name: 'OS', with_description: true }),
    'listResourceTypes',
    { name: 'OS' },
  ],
  [
    'showResourceType',
    (client) => client.showResourceType('OS::A', { withDescription: true }),
    'showResourceType',
    { type: 'OS::A', withDescription: true },
  ],
  [
    'showResourceTypeTemplate',
    (client) => client.showResourceTypeTemplate('OS::A', 'hot'),
    'resourceTypeTemplate',
    { type: 'OS::A', form: 'hot' },
  ],
  ['listTemplateVersions', (client) => client.listTemplateVersions(), 'listTemplateVersions', {}],
  [
    'listTemplateFunctions',
    (client) => client.listTemplateFunctions('v', { withConditions: true }),
    'listTemplateFunctions',
    { version: 'v', withConditions: true },
  ],
  ['buildInfo', (client) => client.buildInfo(), 'buildInfo', {}],
  ['listServices', (client) => client.listServices(), 'listServices', {}],
]

for (const [says, use, call, ask] of calls) {
  test(`${says} reaches the engine as it was meant`, async () => {
    const last = await asked(use)
    assert.deepEqual({ call: last.call, ask: last.ask }, { call, ask })
  })
}

test('replies are what the API sends', async () => {
  const { answer } = await asked((client) => client.showOutput('web', 'url'))
  assert.deepEqual(answer, { output: { output_key: 'url', description: '', output_value: 1 } })
})

test('a stack is found by its name', async () => {
  const { answer } = await asked((client) => client.findStack('web'))
  assert.deepEqual(answer, web)
})

test('a refusal comes with its words, its problems and the id of its request', async () => {
  const problems = [{ code: 'UnknownKey', message: 'm', path: ['a'], line: 1, column: 2 }]
  const refusing = {
    ...engine,
    createStack: async () => {
      throw ValidationFailed({ message: 'no', problems })
    },
  }
  await withWorld(refusing, async ({ settings }) => {
    const client = await connectClient(settings)
    await assert.rejects(
      client.createStack({ stack_name: 'web', template }),
      (error: Error & { details: { requestId: string } }) => {
        assert.match(error.details.requestId, /^req-/)
        assert.deepEqual({ ...error.details, requestId: '' }, { requestId: '', problems })
        assert.deepEqual(
          { ...error },
          {
            code: 'StackValidationFailed',
            status: 400,
            details: error.details,
            name: 'StackValidationFailed',
          },
        )
        assert.equal(error.message, 'no')
        return true
      },
    )
    await assert.rejects(client.showStack('nope'), {
      status: 404,
      message: 'The Stack (nope) could not be found.',
    })
  })
})

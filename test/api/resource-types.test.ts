import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EntityNotFound } from '../../src/contract/problems.ts'
import { ask, bench, shownType } from './kit.ts'

const types = [
  { type: 'OS::A', description: 'a' },
  { type: 'OS::B', description: 'b' },
]

test('types are listed, with descriptions if asked', async () => {
  const server = bench({ engine: { listResourceTypes: async () => types } })
  assert.deepEqual(
    (await ask(server, 'GET /v1/p1/resource_types?name=OS&support_status=SUPPORTED&version=5')).json(),
    {
      resource_types: ['OS::A', 'OS::B'],
    },
  )
  assert.deepEqual(server.asked[0]?.ask, { name: 'OS', supportStatus: 'SUPPORTED', version: '5' })
  assert.deepEqual(
    (await ask(server, 'GET /v1/p1/resource_types?with_description=true')).json().resource_types[0],
    {
      resource_type: 'OS::A',
      description: 'a',
    },
  )
})

test('a type is shown', async () => {
  const server = bench({ engine: { showResourceType: async () => shownType } })
  assert.deepEqual((await ask(server, 'GET /v1/p1/resource_types/OS%3A%3AA')).json(), shownType)
  assert.deepEqual(server.asked[0]?.ask, { type: 'OS::A', withDescription: false })
})

test('an unknown type is not found', async () => {
  const server = bench({
    engine: {
      showResourceType: async (_caller, { type }) => {
        throw EntityNotFound({ entity: 'Resource Type', name: type })
      },
    },
  })
  const reply = await ask(server, 'GET /v1/p1/resource_types/OS::X')
  assert.deepEqual(
    [reply.status, reply.json().error.message],
    [404, 'The Resource Type (OS::X) could not be found.'],
  )
})

test('the template of a type is in either form', async () => {
  const server = bench({ engine: { resourceTypeTemplate: async () => ({}) } })
  await ask(server, 'GET /v1/p1/resource_types/OS::A/template')
  await ask(server, 'GET /v1/p1/resource_types/OS::A/template?template_type=HOT')
  assert.deepEqual(
    server.asked.map(({ ask: asked }) => asked),
    [
      { type: 'OS::A', form: 'cfn' },
      { type: 'OS::A', form: 'hot' },
    ],
  )
  const reply = await ask(server, 'GET /v1/p1/resource_types/OS::A/template?template_type=tosca')
  assert.equal(
    reply.json().error.message,
    'Template type is not supported: Invalid template type "tosca", valid types are: cfn, hot.',
  )
})

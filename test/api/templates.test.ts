import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, bench, validated } from './kit.ts'

test('a template is validated', async () => {
  const server = bench({ engine: { validateTemplate: async () => validated } })
  const body = { template: 'heat_template_version: rocky', files: { a: 'b' } }
  const reply = await ask(server, 'POST /v1/p1/validate?show_nested=true&ignore_errors=99001,5', { body })
  assert.deepEqual(reply.json(), validated)
  assert.deepEqual(server.asked[0]?.ask, { ...body, showNested: true, ignoreErrors: ['99001', '5'] })
})

test('validation needs a template', async () => {
  const reply = await ask(bench(), 'POST /v1/p1/validate', { body: {} })
  assert.deepEqual([reply.status, reply.json().error.message], [400, 'No template specified'])
})

test('versions of the language and their functions are listed', async () => {
  const version = { version: 'heat_template_version.2013-05-23', type: 'hot', aliases: [] } as const
  const server = bench({
    engine: {
      listTemplateVersions: async () => [version],
      listTemplateFunctions: async () => [{ functions: 'get_param', description: 'd' }],
    },
  })
  assert.deepEqual((await ask(server, 'GET /v1/p1/template_versions')).json(), {
    template_versions: [version],
  })
  const reply = await ask(
    server,
    'GET /v1/p1/template_versions/heat_template_version.rocky/functions?with_condition_func=true',
  )
  assert.deepEqual(reply.json(), { template_functions: [{ functions: 'get_param', description: 'd' }] })
  assert.deepEqual(server.asked[1]?.ask, { version: 'heat_template_version.rocky', withConditions: true })
})

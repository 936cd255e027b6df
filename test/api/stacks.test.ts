import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StackExists, StackNotFound, ValidationFailed } from '../../src/contract/problems.ts'
import { ask, at, bench, identity, resource, summary, view } from './kit.ts'

const template = { heat_template_version: '2013-05-23' }

test('stacks are listed', async () => {
  const server = bench({ engine: { listStacks: async () => [summary] } })
  const reply = await ask(server, 'GET /v1/p1/stacks')
  assert.equal(reply.status, 200)
  assert.deepEqual(Object.keys(reply.json()), ['stacks'])
  assert.equal(reply.json().stacks[0].links[0].href, 'http://api.test:8004/v1/p1/stacks/web/s1')
  assert.equal('project' in reply.json().stacks[0], false)
  assert.deepEqual(server.asked[0]?.ask, {})
})

test('all that a list can be asked for reaches the engine in its words', async () => {
  const server = bench({ engine: { listStacks: async () => [] } })
  const query =
    'limit=5&marker=m&sort_keys=stack_name&sort_keys=creation_time&sort_dir=DESC&show_deleted=True&show_nested=true&show_hidden=true' +
    '&tags=a,b&tags_any=c&not_tags=d&not_tags_any=e&id=1&id=2&stack_name=web&name=other&stack_owner=ada&username=bob&parent=o' +
    '&stack_status=CREATE_FAILED&action=UPDATE&tenant=t&timeout_mins=5&disable_rollback=true&stack_status_reason=r&stack_user_project_id=u&unknown=x'
  assert.equal((await ask(server, `GET /v1/p1/stacks?${query}`)).status, 200)
  assert.deepEqual(server.asked[0]?.ask, {
    limit: 5,
    marker: 'm',
    sortKeys: ['stack_name', 'creation_time'],
    sortDir: 'desc',
    showDeleted: true,
    showNested: true,
    showHidden: true,
    tags: ['a', 'b'],
    tagsAny: ['c'],
    notTags: ['d'],
    notTagsAny: ['e'],
    filters: {
      id: ['1', '2'],
      name: ['other', 'web'],
      username: ['bob', 'ada'],
      owner_id: ['o'],
      status: ['CREATE_FAILED'],
      action: ['UPDATE'],
      tenant: ['t'],
      timeout_mins: ['5'],
      disable_rollback: ['true'],
      stack_status_reason: ['r'],
      stack_user_project_id: ['u'],
    },
  })
})

test('a direction that is none is refused', async () => {
  const reply = await ask(bench(), 'GET /v1/p1/stacks?sort_dir=up')
  assert.deepEqual([reply.status, reply.json().error.type], [400, 'ValueError'])
})

test('a full page says where the list goes on, an unfilled one does not', async () => {
  const server = bench({ engine: { listStacks: async () => [summary] } })
  const full = await ask(server, 'GET /v1/p1/stacks?limit=1&tags=a%20b&marker=old')
  const [next] = full.json().links
  assert.equal(next.rel, 'next')
  const url = new URL(next.href)
  assert.equal(url.origin + url.pathname, 'http://api.test:8004/v1/p1/stacks')
  assert.deepEqual(Object.fromEntries(url.searchParams), { limit: '1', tags: 'a b', marker: 's1' })
  assert.equal('links' in (await ask(server, 'GET /v1/p1/stacks?limit=2')).json(), false)
  assert.equal('links' in (await ask(server, 'GET /v1/p1/stacks?limit=0')).json(), false)
})

test('stacks are counted if asked', async () => {
  const server = bench({ engine: { listStacks: async () => [summary], countStacks: async () => 7 } })
  assert.equal((await ask(server, 'GET /v1/p1/stacks?with_count=true&stack_status=COMPLETE')).json().count, 7)
  assert.deepEqual(server.asked[1]?.ask, { filters: { status: ['COMPLETE'] } })
})

test('administrators are told whose a stack is', async () => {
  const server = bench({ engine: { listStacks: async () => [summary] } })
  const reply = await ask(server, 'GET /v1/p0/stacks', { token: 'admin' })
  assert.equal(reply.json().stacks[0].project, 'p1')
})

test("other projects' stacks are listed only for those who may", async () => {
  const engine = { listStacks: async () => [summary] }
  const server = bench({ engine })
  const reply = await ask(server, 'GET /v1/p1/stacks?global_tenant=true')
  assert.equal(reply.json().stacks[0].project, 'p1')
  assert.deepEqual(server.asked[0]?.ask, { globalTenant: true })
  const strict = await ask(
    bench({ engine, forbidden: ['stacks:global_index'] }),
    'GET /v1/p1/stacks?global_tenant=true',
  )
  assert.equal(strict.status, 403)
  assert.equal(strict.json().error.message, 'You are not authorized to use stacks:global_index.')
})

test('bad values in a query are refused in the known words', async () => {
  const server = bench()
  const said = async (query: string) => {
    const reply = await ask(server, `GET /v1/p1/stacks?${query}`)
    assert.equal(reply.status, 400)
    return reply.json().error.message
  }
  assert.equal(await said('limit=x'), "Only integer is acceptable by 'limit'.")
  assert.match(await said('limit=-1'), /only accepts non-negative integer/)
  assert.match(await said('show_deleted=1'), /^Unrecognized value "1" for "show_deleted"/)
  assert.match(await said(`tags=${'x'.repeat(81)}`), /longer than 80 characters/)
})

test('the detailed list has no paging', async () => {
  const server = bench({ engine: { listStacks: async () => [summary] } })
  const reply = await ask(server, 'GET /v1/p1/stacks/detail?limit=1')
  assert.deepEqual(Object.keys(reply.json()), ['stacks'])
  assert.deepEqual(server.asked[0]?.ask, {})
})

test('a stack is created, and its address told', async () => {
  const server = bench({ engine: { createStack: async () => identity } })
  const reply = await ask(server, 'POST /v1/p1/stacks', {
    body: { stack_name: 'web', template, parameters: { a: 1 } },
  })
  assert.equal(reply.status, 201)
  assert.equal(reply.headers.location, 'http://api.test:8004/v1/p1/stacks/web/s1')
  assert.deepEqual(reply.json(), {
    stack: { id: 's1', links: [{ href: 'http://api.test:8004/v1/p1/stacks/web/s1', rel: 'self' }] },
  })
  assert.deepEqual(server.asked[0]?.ask, {
    disableRollback: true,
    name: 'web',
    template,
    parameters: { a: 1 },
  })
  assert.equal(server.asked[0]?.caller.userName, 'ada')
})

test('a new stack is rolled back only if asked', async () => {
  const server = bench({ engine: { createStack: async () => identity } })
  await ask(server, 'POST /v1/p1/stacks', { body: { stack_name: 'web', template, disable_rollback: false } })
  assert.equal((server.asked[0]?.ask as { disableRollback: boolean } | undefined)?.disableRollback, false)
})

test('creation without name, template or body is refused', async () => {
  const server = bench()
  const said = async (body?: unknown) => {
    const reply = await ask(server, 'POST /v1/p1/stacks', { body })
    assert.equal(reply.status, 400)
    return reply.json().error.message
  }
  assert.equal(await said({ template }), 'No stack name specified')
  assert.equal(await said({ stack_name: 'web' }), 'No template specified')
  for (const body of [undefined, '', '[]', '"x"', 'name: web'])
    assert.match(await said(body), /malformed or otherwise incorrect/)
  assert.match(await said('{"stack_name":'), /JSON/)
  assert.deepEqual(server.asked, [])
})

test("the engine's refusals keep their status, their name and their words", async () => {
  const server = bench({
    engine: {
      createStack: async () => {
        throw StackExists({ stack: 'web' })
      },
    },
  })
  const reply = await ask(server, 'POST /v1/p1/stacks', { body: { stack_name: 'web', template } })
  assert.equal(reply.status, 409)
  assert.deepEqual(reply.json(), {
    code: 409,
    title: 'Conflict',
    explanation: 'There was a conflict when trying to complete your request.',
    error: { type: 'StackExists', message: 'The Stack (web) already exists.', traceback: null },
  })
})

test('a refused template tells all its problems', async () => {
  const problems = [
    {
      code: 'UnknownKey',
      message: 'no such key',
      path: ['resorces'],
      line: 2,
      column: 1,
      meant: 'resources',
    },
  ]
  const server = bench({
    engine: {
      createStack: async () => {
        throw ValidationFailed({ message: 'no such key', problems })
      },
    },
  })
  const reply = await ask(server, 'POST /v1/p1/stacks', {
    body: { stack_name: 'web', template: 'resorces:' },
  })
  assert.equal(reply.status, 400)
  assert.equal(reply.json().error.type, 'StackValidationFailed')
  assert.deepEqual(reply.json().error.problems, problems)
})

test('a stack is previewed', async () => {
  const server = bench({ engine: { previewStack: async () => ({ stack: view, resources: [resource] }) } })
  const reply = await ask(server, 'POST /v1/p1/stacks/preview', { body: { stack_name: 'web', template } })
  assert.equal(reply.status, 200)
  assert.equal(reply.json().stack.resources[0].resource_action, 'CREATE')
  assert.equal('stack_status' in reply.json().stack, false)
})

test('a stack is shown, with its outputs unless they are not wanted', async () => {
  const server = bench({ engine: { showStack: async () => view } })
  const reply = await ask(server, `GET ${at}`)
  assert.equal(reply.status, 200)
  assert.equal(reply.json().stack.outputs[0].output_value, 'http://a/')
  assert.deepEqual(server.asked[0]?.ask, { stack: identity, resolveOutputs: true })
  await ask(server, `GET ${at}?resolve_outputs=False`)
  assert.deepEqual(server.asked[1]?.ask, { stack: identity, resolveOutputs: false })
  assert.equal((await ask(server, `GET ${at}?resolve_outputs=0`)).status, 400)
})

test('a stack that is not there is not found', async () => {
  const server = bench({
    engine: {
      showStack: async () => {
        throw StackNotFound({ stack: 'web' })
      },
    },
  })
  const reply = await ask(server, `GET ${at}`)
  assert.equal(reply.status, 404)
  assert.equal(reply.json().error.type, 'EntityNotFound')
})

test('an update is accepted, whole or in part', async () => {
  const server = bench({ engine: { updateStack: async () => {} } })
  const put = await ask(server, `PUT ${at}`, { body: { template, tags: 'a' } })
  assert.deepEqual([put.status, put.text], [202, ''])
  assert.deepEqual(server.asked[0]?.ask, { stack: identity, existing: false, template, tags: ['a'] })
  const patch = await ask(server, `PATCH ${at}`, { body: { parameters: { a: 2 }, clear_parameters: ['b'] } })
  assert.deepEqual([patch.status, patch.text], [202, ''])
  assert.deepEqual(server.asked[1]?.ask, {
    stack: identity,
    existing: true,
    parameters: { a: 2 },
    clearParameters: ['b'],
  })
  assert.equal((await ask(server, `PUT ${at}`, { body: { parameters: {} } })).status, 400)
})

test('a PATCH that changes nothing has a rule of its own', async () => {
  const engine = { updateStack: async () => {} }
  const noChange = bench({ engine, forbidden: ['stacks:update_no_change'] })
  const words = async (server: typeof noChange, body: object) =>
    (await ask(server, `PATCH ${at}`, { body })).status
  assert.deepEqual([await words(noChange, {}), await words(noChange, { parameters: { a: 1 } })], [403, 202])
  const noPatch = bench({ engine, forbidden: ['stacks:update_patch'] })
  assert.deepEqual([await words(noPatch, {}), await words(noPatch, { parameters: { a: 1 } })], [202, 403])
})

test('an update is previewed, whole or in part', async () => {
  const change = {
    resource,
    does: 'replace',
    because: 'flavor changed',
    properties: [{ path: 'flavor', replaces: true }],
    perhaps: false,
  } as const
  const server = bench({ engine: { previewUpdate: async () => [change] } })
  const put = await ask(server, `PUT ${at}/preview?show_nested=true`, { body: { template } })
  assert.equal(put.status, 200)
  const changes = put.json().resource_changes
  assert.deepEqual(Object.keys(changes).sort(), ['added', 'deleted', 'replaced', 'unchanged', 'updated'])
  assert.equal(changes.replaced[0].resource_name, 'server')
  assert.equal(changes.replaced[0].change_reason, 'flavor changed')
  assert.deepEqual(server.asked[0]?.ask, { stack: identity, existing: false, showNested: true, template })
  await ask(server, `PATCH ${at}/preview`, { body: {} })
  assert.deepEqual(server.asked[1]?.ask, { stack: identity, existing: true, showNested: false })
})

test('a stack is deleted', async () => {
  const server = bench({ engine: { deleteStack: async () => {} } })
  const reply = await ask(server, `DELETE ${at}`)
  assert.deepEqual([reply.status, reply.text], [204, ''])
  assert.deepEqual(server.asked[0]?.ask, { stack: identity })
})

test('a deletion with the type of a body but none is a deletion', async () => {
  const server = bench({ engine: { deleteStack: async () => {} } })
  const reply = await ask(server, `DELETE ${at}`, { headers: { 'content-type': 'application/octet-stream' } })
  assert.equal(reply.status, 204)
})

test('a stack is adopted from what another one left', async () => {
  const server = bench({ engine: { createStack: async () => identity } })
  const body = { stack_name: 'web', adopt_stack_data: '{"template": {}}', parameters: { size: 3 } }
  const reply = await ask(server, 'POST /v1/p1/stacks', { body })
  assert.equal(reply.status, 201)
  const said = { name: 'web', adopt: '{"template": {}}', parameters: { size: 3 }, disableRollback: true }
  assert.deepEqual(server.asked[0]?.ask, said)
})

test('what a stack is exported or abandoned as is shown as it is', async () => {
  const document = { name: 'web', resources: { a: { resource_id: 'x' } } }
  const server = bench({
    engine: { exportStack: async () => document, abandonStack: async () => document },
  })
  for (const address of [`GET ${at}/export`, `DELETE ${at}/abandon`] as const) {
    const reply = await ask(server, address)
    assert.deepEqual([reply.status, reply.json()], [200, document])
  }
  assert.deepEqual(
    server.asked.map(({ call, ask }) => [call, ask]),
    [
      ['exportStack', { stack: identity }],
      ['abandonStack', { stack: identity }],
    ],
  )
})

test('template, environment and files are shown as they are', async () => {
  const server = bench({
    engine: {
      showTemplate: async () => template,
      showEnvironment: async () => ({ parameters: { secret: '******' } }),
      showFiles: async () => ({ 'a.sh': 'echo' }),
    },
  })
  assert.deepEqual((await ask(server, `GET ${at}/template`)).json(), template)
  assert.deepEqual((await ask(server, `GET ${at}/environment`)).json(), { parameters: { secret: '******' } })
  assert.deepEqual((await ask(server, `GET ${at}/files`)).json(), { 'a.sh': 'echo' })
})

test('outputs are listed without values and shown with them', async () => {
  const output = { output_key: 'url', description: 'd', output_value: [1] }
  const server = bench({ engine: { listOutputs: async () => [output], showOutput: async () => output } })
  assert.deepEqual((await ask(server, `GET ${at}/outputs`)).json(), {
    outputs: [{ output_key: 'url', description: 'd' }],
  })
  assert.deepEqual((await ask(server, `GET ${at}/outputs/url`)).json(), { output })
  assert.deepEqual(server.asked[1]?.ask, { stack: identity, key: 'url' })
})

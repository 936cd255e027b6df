import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StackNotFound } from '../../src/contract/problems.ts'
import { ask, bench, identity } from './kit.ts'

const server = bench({ engine: { lookupStack: async () => identity } })
const home = 'http://api.test:8004/v1/p1/stacks/web/s1'

test('every method is led from a name to the address', async () => {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    const reply = await ask(server, `${method} /v1/p1/stacks/web`)
    assert.deepEqual([reply.status, reply.headers.location, reply.text], [302, home, ''], method)
  }
})

test('what came after the name, and the query, come along', async () => {
  for (const after of ['resources', 'events', 'template', 'actions', 'environment', 'files']) {
    const reply = await ask(server, `GET /v1/p1/stacks/web/${after}?a=1&b=x%20y&a=2`)
    assert.equal(reply.headers.location, `${home}/${after}?a=1&b=x+y&a=2`)
  }
  assert.equal((await ask(server, 'POST /v1/p1/stacks/web/resources')).headers.location, `${home}/resources`)
})

test('not everything below a name is led on', async () => {
  assert.equal((await ask(server, 'POST /v1/p1/stacks/web/files')).status, 405)
  assert.equal((await ask(server, 'PUT /v1/p1/stacks/web/template')).status, 405)
})

test('a body does not get in the way', async () => {
  const reply = await ask(server, 'PUT /v1/p1/stacks/web', { body: '{"template":{}}' })
  assert.equal(reply.status, 302)
})

test('the engine is asked for the name as it was meant', async () => {
  const fresh = bench({ engine: { lookupStack: async () => identity } })
  await ask(fresh, 'GET /v1/p1/stacks/a%20b%2Fc')
  assert.deepEqual(fresh.asked[0]?.ask, { nameOrId: 'a b/c' })
})

test('an ARN, encoded or not, leads to the address it names', async () => {
  const arn = 'arn:openstack:heat::p1:stacks/web/s1'
  for (const text of [arn, encodeURIComponent(arn), arn.replaceAll(':', '%3A')]) {
    const reply = await ask(server, `GET /v1/p1/stacks/${text}?x=1`)
    assert.deepEqual([reply.status, reply.headers.location], [302, `${home}?x=1`], text)
  }
  const below = await ask(server, `GET /v1/p1/stacks/${arn}/resources/a%20b`)
  assert.equal(below.headers.location, `${home}/resources/a%20b`)
})

test('something that only begins like an ARN is not found', async () => {
  assert.equal((await ask(server, 'GET /v1/p1/stacks/arn:openstack:heat::p1:nothing')).status, 404)
})

test('an unknown name is not found', async () => {
  const empty = bench({
    engine: {
      lookupStack: async (_caller, { nameOrId }) => {
        throw StackNotFound({ stack: nameOrId })
      },
    },
  })
  const reply = await ask(empty, 'DELETE /v1/p1/stacks/nope')
  assert.equal(reply.status, 404)
  assert.equal(reply.json().error.message, 'The Stack (nope) could not be found.')
})

test('an administrator is led into the project of the stack', async () => {
  const reply = await ask(server, 'GET /v1/p0/stacks/s1', { token: 'admin' })
  assert.equal(reply.headers.location, home)
})

test('looking up has a rule', async () => {
  const reply = await ask(bench({ forbidden: ['stacks:lookup'] }), 'GET /v1/p1/stacks/web')
  assert.equal(reply.status, 403)
})

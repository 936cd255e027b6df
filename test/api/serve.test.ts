import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ask, at, bench, summary } from './kit.ts'

test('a method that an address does not have is refused, and those it has are named', async () => {
  const server = bench()
  const reply = await ask(server, `POST ${at}`)
  assert.deepEqual([reply.status, reply.headers.allow], [405, 'GET,PUT,PATCH,DELETE'])
  assert.equal(reply.json().error.type, 'HTTPMethodNotAllowed')
  assert.equal((await ask(server, 'HEAD /v1/p1/stacks')).status, 405)
  const options = await ask(server, 'OPTIONS /v1/p1/stacks')
  assert.deepEqual([options.status, options.headers.allow, options.text], [204, 'GET,POST', ''])
})

test('a failure that nobody expected is kept from the caller and told to the log', async () => {
  const server = bench({
    engine: {
      showStack: async () => {
        throw new TypeError('the password is tiger')
      },
    },
  })
  const reply = await ask(server, `GET ${at}`)
  assert.equal(reply.status, 500)
  assert.deepEqual(reply.json().error, { type: 'TypeError', traceback: null })
  const failure = server.logged.find(({ level }) => level === 'error')
  assert.equal(
    (failure?.fields as { requestId: string } | undefined)?.requestId,
    reply.headers['x-openstack-request-id'],
  )
  assert.match(JSON.stringify(failure), /tiger/)
})

test('links can be told where the API is', async () => {
  const server = bench({
    engine: { listStacks: async () => [summary] },
    options: { apiRoot: 'https://cloud/heat/v1' },
  })
  const reply = await ask(server, 'GET /v1/p1/stacks')
  assert.equal(reply.json().stacks[0].links[0].href, 'https://cloud/heat/v1/p1/stacks/web/s1')
})

test('an answer says that it is JSON, without a charset, as clients compare it', async () => {
  const server = bench({ engine: { listStacks: async () => [summary] } })
  for (const path of ['/v1/p1/stacks', '/', `${at}/none/such`])
    assert.equal((await ask(server, `GET ${path}`)).headers['content-type'], 'application/json')
})

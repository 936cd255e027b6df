import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Connection } from '../../src/client/connection.ts'
import { stacks } from '../../src/contract/rest/index.ts'
import { credentials, json, keystone, quickClock, stub } from './kit.ts'

test('a redirect is followed with method and body, at the address we know', async () => {
  const api = await stub(({ url }, response) => {
    if (url.endsWith('/s1')) response.writeHead(202).end()
    else response.writeHead(302, { location: 'http://inner.example:1/v1/p9/stacks/web/s1' }).end()
  })
  const identity = await stub(keystone(() => api.url))
  try {
    const connection = await Connection.open({ authUrl: identity.url, credentials, region: 'one' })
    const path = { stack_name: 'web', stack_id: 'moved' }
    await connection.ask(stacks.updateStack, { path, body: { template: 'x' } })
    assert.deepEqual(api.heard, [
      { method: 'PUT', url: '/v1/p1/stacks/web/moved', token: 'member', body: { template: 'x' } },
      { method: 'PUT', url: '/v1/p9/stacks/web/s1', token: 'member', body: { template: 'x' } },
    ])
  } finally {
    api.close()
    identity.close()
  }
})

test('a redirect to nowhere is told', async () => {
  const api = await stub((_heard, response) => response.writeHead(302).end())
  const identity = await stub(keystone(() => api.url))
  try {
    const connection = await Connection.open({ authUrl: identity.url, credentials, region: 'one' })
    await assert.rejects(connection.ask(stacks.listStacks), { code: 'StrangeRedirect' })
  } finally {
    api.close()
    identity.close()
  }
})

test('when the token has run out a new one is got, once', async () => {
  const api = await stub(({ token }, response) =>
    token === 'member2'
      ? json(response, 200, { stacks: [] })
      : json(response, 401, { error: { message: 'old' } }),
  )
  const identity = await stub(keystone(() => api.url))
  try {
    const connection = await Connection.open({ authUrl: identity.url, credentials, region: 'one' })
    assert.deepEqual(await connection.ask(stacks.listStacks), { stacks: [] })
    assert.equal(identity.heard.length, 2)
    assert.equal(api.heard.length, 2)
  } finally {
    api.close()
    identity.close()
  }
})

test('with nothing but a token there is no new one to get', async () => {
  const api = await stub((_heard, response) => json(response, 401, { error: { message: 'old' } }))
  const identity = await stub(keystone(() => api.url))
  try {
    const settings = {
      authUrl: identity.url,
      credentials: { is: 'token', token: 't' },
      region: 'one',
      clock: quickClock(),
    } as const
    const connection = await Connection.open(settings)
    await assert.rejects(connection.ask(stacks.listStacks), { status: 401, message: 'old' })
    assert.equal(identity.heard.length, 1)
  } finally {
    api.close()
    identity.close()
  }
})

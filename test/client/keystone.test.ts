import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Http, HttpAsk } from '../../src/client/http.ts'
import type { Credentials } from '../../src/client/index.ts'
import { endpointIn, ticketFrom } from '../../src/client/keystone.ts'

function answering(body: unknown, token = 't'): Http & { readonly asked: HttpAsk[] } {
  const asked: HttpAsk[] = []
  const headers = new Headers(token ? { 'x-subject-token': token } : {})
  return {
    asked,
    async send(ask) {
      asked.push(ask)
      return { status: 201, headers, body }
    },
  }
}

const good = { token: { project: { id: 'p1' }, catalog: [] } }

async function proof(credentials: Credentials): Promise<unknown> {
  const http = answering(good)
  await ticketFrom(http, { authUrl: 'http://k', credentials })
  return (http.asked[0]?.body as { auth: unknown } | undefined)?.auth
}

test('a password is given with user and project, by name or ID', async () => {
  assert.deepEqual(
    await proof({
      is: 'password',
      username: 'ada',
      userDomainName: 'D',
      password: 'x',
      projectName: 'p',
      projectDomainId: 'd',
    }),
    {
      identity: {
        methods: ['password'],
        password: { user: { name: 'ada', domain: { name: 'D' }, password: 'x' } },
      },
      scope: { project: { name: 'p', domain: { id: 'd' } } },
    },
  )
  assert.deepEqual(await proof({ is: 'password', userId: 'u', password: 'x', projectId: 'p' }), {
    identity: { methods: ['password'], password: { user: { id: 'u', password: 'x' } } },
    scope: { project: { id: 'p' } },
  })
})

test('without a domain the default one is meant', async () => {
  const auth = (await proof({ is: 'password', username: 'ada', password: 'x' })) as {
    identity: { password: { user: object } }
  }
  assert.deepEqual(auth.identity.password.user, { name: 'ada', domain: { id: 'default' }, password: 'x' })
})

test('a token is exchanged', async () => {
  assert.deepEqual(await proof({ is: 'token', token: 'old' }), {
    identity: { methods: ['token'], token: { id: 'old' } },
  })
})

test('an application credential is given by ID, or by name and user', async () => {
  assert.deepEqual(await proof({ is: 'application-credential', id: 'a', secret: 's' }), {
    identity: { methods: ['application_credential'], application_credential: { id: 'a', secret: 's' } },
  })
  assert.deepEqual(
    await proof({ is: 'application-credential', name: 'n', username: 'ada', userDomainId: 'd', secret: 's' }),
    {
      identity: {
        methods: ['application_credential'],
        application_credential: { name: 'n', user: { name: 'ada', domain: { id: 'd' } }, secret: 's' },
      },
    },
  )
})

test('Keystone is found with or without its version', async () => {
  for (const authUrl of [
    'http://k/identity',
    'http://k/identity/',
    'http://k/identity/v3',
    'http://k/identity/v2.0/',
  ]) {
    const http = answering(good)
    await ticketFrom(http, { authUrl, credentials: { is: 'token', token: 't' } })
    assert.equal(http.asked[0]?.url, 'http://k/identity/v3/auth/tokens')
  }
})

test('answers that no Keystone gives, and tokens for no project, are told', async () => {
  const settings = { authUrl: 'http://k', credentials: { is: 'token', token: 't' } } as const
  await assert.rejects(ticketFrom(answering(good, ''), settings), { code: 'NotKeystone' })
  await assert.rejects(ticketFrom(answering('hello'), settings), { code: 'NotKeystone' })
  await assert.rejects(ticketFrom(answering({ token: {} }), settings), { code: 'NoProject' })
})

test('the endpoint is of the region and the side asked for', () => {
  const endpoints = [
    { interface: 'public', region_id: 'one', url: 'a' },
    { interface: 'public', region: 'two', url: 'b' },
    { interface: 'admin', region_id: 'two', url: 'c' },
  ]
  const ticket = { token: 't', projectId: 'p', catalog: [{ type: 'orchestration', endpoints }] }
  assert.equal(endpointIn(ticket, {}), 'a')
  assert.equal(endpointIn(ticket, { region: 'two' }), 'b')
  assert.equal(endpointIn(ticket, { region: 'two', interface: 'admin' }), 'c')
  assert.throws(() => endpointIn(ticket, { interface: 'internal' }), { code: 'EndpointNotFound' })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { httpOf } from '../../src/client/http.ts'
import { type Credentials, type OpenIdGrant, settingsOf } from '../../src/client/index.ts'
import { ticketFrom } from '../../src/client/keystone.ts'
import { type Heard, json, stub } from './kit.ts'

/** A Keystone and a provider in one; the provider knows ada and the client `cli`. */
async function federation() {
  const server = await stub((heard, response) => {
    const { url } = heard
    if (url === '/.well-known/openid-configuration')
      return json(response, 200, { token_endpoint: `${server.url}/token` })
    if (url === '/token') return answerGrant(heard, response)
    if (url.startsWith('/v3/OS-FEDERATION/'))
      return json(response, 201, { token: {} }, { 'x-subject-token': 'unscoped' })
    return json(
      response,
      201,
      { token: { project: { id: 'p1' }, catalog: [] } },
      { 'x-subject-token': 'scoped' },
    )
  })
  return server
}

function answerGrant({ body }: Heard, response: Parameters<typeof json>[0]): void {
  const grant = new URLSearchParams(String(body))
  if (grant.get('grant_type') === 'password' && grant.get('password') !== 'x')
    json(response, 401, { error: 'invalid_grant', error_description: 'Invalid user credentials' })
  else json(response, 200, { access_token: 'from-provider', id_token: 'identity' })
}

const provider = { identityProvider: 'my idp', protocol: 'openid' }
const client = { clientId: 'cli', clientSecret: 's:1', scope: 'openid profile', tokenKey: 'access_token' }

const ask = (authUrl: string, credentials: Credentials) => ticketFrom(httpOf({}), { authUrl, credentials })

const scoped = (grant: OpenIdGrant): Credentials => ({
  ...{ is: 'openid-connect', ...provider, grant },
  ...{ projectName: 'demo', projectDomainName: 'Default' },
})

test('an access token is shown to Keystone, and what that gives becomes a token for the project', async (t) => {
  const server = await federation()
  t.after(() => server.close())
  const ticket = await ask(`${server.url}/v3`, scoped({ by: 'access-token', accessToken: 'mine' }))
  assert.deepEqual([ticket.token, ticket.projectId], ['scoped', 'p1'])
  const [federated, token] = server.heard
  assert.equal(federated?.url, '/v3/OS-FEDERATION/identity_providers/my%20idp/protocols/openid/auth')
  assert.equal(federated?.authorization, 'Bearer mine')
  assert.deepEqual(token?.body, {
    auth: {
      identity: { methods: ['token'], token: { id: 'unscoped' } },
      scope: { project: { name: 'demo', domain: { name: 'Default' } } },
    },
  })
})

test('a password is shown only to the provider, which a discovery document may say where to find', async (t) => {
  const server = await federation()
  t.after(() => server.close())
  const discoveryEndpoint = `${server.url}/.well-known/openid-configuration`
  await ask(
    server.url,
    scoped({ by: 'password', username: 'ada', password: 'x', ...client, discoveryEndpoint }),
  )
  const [, grant, federated] = server.heard
  assert.deepEqual(
    [grant?.url, grant?.body, grant?.authorization],
    [
      '/token',
      'grant_type=password&username=ada&password=x&scope=openid+profile',
      `Basic ${Buffer.from('cli:s:1').toString('base64')}`,
    ],
  )
  assert.equal(federated?.authorization, 'Bearer from-provider')
})

test('a program may come in its own name, and with the identity token', async (t) => {
  const server = await federation()
  t.after(() => server.close())
  const tokenEndpoint = `${server.url}/token`
  await ask(server.url, scoped({ by: 'client-credentials', ...client, tokenKey: 'id_token', tokenEndpoint }))
  assert.equal(server.heard[0]?.body, 'grant_type=client_credentials&scope=openid+profile')
  assert.equal(server.heard[1]?.authorization, 'Bearer identity')
})

test('a refusal of the provider is told in its own words, without the password', async (t) => {
  const server = await federation()
  t.after(() => server.close())
  const grant = { by: 'password', username: 'ada', password: 'wrong-one', ...client } as const
  await assert.rejects(
    ask(server.url, scoped({ ...grant, tokenEndpoint: `${server.url}/token` })),
    (error) => {
      assert.ok(error instanceof Error)
      assert.equal(error.message, 'Invalid user credentials')
      return true
    },
  )
})

test('a provider that answers nothing of use is told of', async (t) => {
  const server = await stub((_heard, response) => json(response, 200, {}))
  t.after(() => server.close())
  const grant = { by: 'client-credentials', ...client } as const
  const told = async (more: object) =>
    await ask(server.url, scoped({ ...grant, ...more })).catch((error: Error) => error.message)
  assert.match(String(await told({ tokenEndpoint: `${server.url}/t` })), /\/t answers without access_token/)
  assert.match(String(await told({ discoveryEndpoint: `${server.url}/d` })), /\/d names no token_endpoint/)
})

test('a trust is asked for in place of a project', async (t) => {
  const server = await federation()
  t.after(() => server.close())
  await ask(server.url, { is: 'password', userId: 'u', password: 'x', trustId: 't1' })
  assert.deepEqual(server.heard[0]?.body, {
    auth: {
      identity: { methods: ['password'], password: { user: { id: 'u', password: 'x' } } },
      scope: { 'OS-TRUST:trust': { id: 't1' } },
    },
  })
})

test('the words of OpenStack say which grant is meant, and what of it is missing', () => {
  const from = (words: Record<string, string>) =>
    settingsOf([
      { auth_url: 'http://k', identity_provider: 'idp', protocol: 'openid', project_id: 'p', ...words },
    ]).credentials
  const of = { is: 'openid-connect', identityProvider: 'idp', protocol: 'openid', projectId: 'p' }
  assert.deepEqual(from({ access_token: 'a' }), { ...of, grant: { by: 'access-token', accessToken: 'a' } })
  assert.deepEqual(
    from({
      ...{ auth_type: 'v3oidcclientcredentials', client_id: 'c', client_secret: 's' },
      ...{ access_token_endpoint: 'http://p/t', openid_scope: 'openid', access_token_type: 'id_token' },
    }),
    {
      ...of,
      grant: {
        ...{ by: 'client-credentials', clientId: 'c', clientSecret: 's', scope: 'openid' },
        ...{ tokenKey: 'id_token', tokenEndpoint: 'http://p/t' },
      },
    },
  )
  assert.throws(() => from({ auth_type: 'v3oidcpassword' }), /no access-token-endpoint or discovery-endpoint/)
  assert.throws(
    () =>
      from({ auth_type: 'v3oidcpassword', discovery_endpoint: 'http://p', client_id: 'c', username: 'u' }),
    /no password is known/,
  )
})

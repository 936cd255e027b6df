import { isMap } from '../base/json.ts'
import { Problem } from '../base/problem.ts'
import type { Http } from './http.ts'
import type { OpenIdCredentials, OpenIdGrant } from './settings.ts'

/**
 * A token of Keystone for somebody whom an OpenID Connect provider knows: the provider says who it is, and Keystone
 * believes the provider. It is for no project yet.
 */
export async function federatedToken(
  http: Http,
  { url, credentials }: { readonly url: string; readonly credentials: OpenIdCredentials },
): Promise<string> {
  const { identityProvider, protocol, grant } = credentials
  const accessToken = await accessTokenFrom(http, grant)
  const provider = encodeURIComponent(identityProvider)
  const { headers } = await http.send({
    method: 'POST',
    url: `${url}/OS-FEDERATION/identity_providers/${provider}/protocols/${encodeURIComponent(protocol)}/auth`,
    headers: { authorization: `Bearer ${accessToken}` },
  })
  const token = headers.get('x-subject-token')
  if (token !== null) return token
  throw new Problem('NotKeystone', `${url} gives no token to those who come from ${identityProvider}.`, {
    status: 503,
  })
}

async function accessTokenFrom(http: Http, grant: OpenIdGrant): Promise<string> {
  if (grant.by === 'access-token') return grant.accessToken
  const { clientId, clientSecret, scope, tokenKey } = grant
  const asked =
    grant.by === 'password'
      ? { grant_type: 'password', username: grant.username, password: grant.password, scope }
      : { grant_type: 'client_credentials', scope }
  const endpoint = await tokenEndpointOf(http, grant)
  const client = Buffer.from(`${clientId}:${clientSecret}`).toString('base64')
  const { body } = await http.send({
    method: 'POST',
    url: endpoint,
    headers: { authorization: `Basic ${client}` },
    form: asked,
  })
  const token = isMap(body) ? body[tokenKey] : undefined
  if (typeof token === 'string') return token
  throw new Problem('NoAccessToken', `${endpoint} answers without ${tokenKey}.`, { status: 503 })
}

/** Where the provider gives tokens: told, or to be read in its discovery document. */
async function tokenEndpointOf(
  http: Http,
  { tokenEndpoint, discoveryEndpoint }: Exclude<OpenIdGrant, { by: 'access-token' }>,
): Promise<string> {
  if (tokenEndpoint !== undefined) return tokenEndpoint
  const { body } = await http.send({ method: 'GET', url: discoveryEndpoint ?? '' })
  const told = isMap(body) ? body.token_endpoint : undefined
  if (typeof told === 'string') return told
  throw new Problem('NoAccessToken', `${discoveryEndpoint} names no token_endpoint.`, { status: 503 })
}

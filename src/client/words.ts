import type { ClientSettings, Credentials, OpenIdGrant, ProjectScope } from './settings.ts'

/**
 * How to reach a cloud, in OpenStack's own words without `OS_`: `auth_url`, `username`, `project_domain_name`,
 * `application_credential_id`, `region_name`, `interface`, `cacert`, `insecure`, …
 */
export type ConnectionWords = Readonly<Record<string, string | undefined>>

/** It is not known which cloud is meant, or who asks. */
export class Unconnectable extends Error {}

/** The connection that the OS_* variables speak of. */
export function wordsOfVariables(variables: Readonly<Record<string, string | undefined>>): ConnectionWords {
  const entries = Object.entries(variables).filter(([name, value]) => name.startsWith('OS_') && value)
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(3).toLowerCase(), value]))
}

/** How to connect, from words that earlier sources win over later ones with; refuses what can't lead anywhere. */
export function settingsOf(sources: readonly ConnectionWords[]): ClientSettings {
  const word: Ask = (...names) => {
    for (const source of sources) for (const name of names) if (source[name]) return source[name]
    return undefined
  }
  const authUrl = word('auth_url')
  if (authUrl === undefined) throw new Unconnectable('no address of Keystone is known (auth-url)')
  const endpoint = word('endpoint_override', 'orchestration_endpoint_override')
  const region = word('region_name')
  return {
    authUrl,
    credentials: credentialsOf(word),
    interface: interfaceOf(word('interface', 'endpoint_type')),
    ...(endpoint !== undefined && { endpoint }),
    ...(region !== undefined && { region }),
  }
}

type Ask = (...names: readonly string[]) => string | undefined

function credentialsOf(word: Ask): Credentials {
  const type = word('auth_type')?.replace(/^v[23]/, '') ?? guessType(word)
  switch (type) {
    case 'applicationcredential':
      return applicationCredentialOf(word)
    case 'token':
      return { is: 'token', token: needed(word('token', 'auth_token'), 'token'), ...scopeOf(word) }
    case 'password':
      return {
        is: 'password',
        ...userOf(word),
        password: needed(word('password'), 'password'),
        ...scopeOf(word),
      }
    case 'oidcaccesstoken':
    case 'oidcpassword':
    case 'oidcclientcredentials':
      return {
        is: 'openid-connect',
        identityProvider: needed(word('identity_provider'), 'identity-provider'),
        protocol: needed(word('protocol'), 'protocol'),
        grant: grantOf(type, word),
        ...scopeOf(word),
      }
    default:
      throw new Unconnectable(
        `authentication of type '${type}' is not known here; use password, token, v3applicationcredential, v3oidcaccesstoken, v3oidcpassword or v3oidcclientcredentials`,
      )
  }
}

function guessType(word: Ask): string {
  if (word('application_credential_secret') !== undefined) return 'applicationcredential'
  if (word('identity_provider') !== undefined && word('access_token') !== undefined) return 'oidcaccesstoken'
  return word('token', 'auth_token') !== undefined && word('password') === undefined ? 'token' : 'password'
}

function grantOf(type: 'oidcaccesstoken' | 'oidcpassword' | 'oidcclientcredentials', word: Ask): OpenIdGrant {
  if (type === 'oidcaccesstoken')
    return { by: 'access-token', accessToken: needed(word('access_token'), 'access-token') }
  const tokenEndpoint = word('access_token_endpoint')
  const discoveryEndpoint = word('discovery_endpoint')
  if (tokenEndpoint === undefined && discoveryEndpoint === undefined)
    throw new Unconnectable('no access-token-endpoint or discovery-endpoint of the provider is known')
  const client = {
    clientId: needed(word('client_id'), 'client-id'),
    clientSecret: word('client_secret') ?? '',
    scope: word('openid_scope', 'scope') ?? 'openid profile',
    tokenKey: word('access_token_type') ?? 'access_token',
    ...(tokenEndpoint !== undefined && { tokenEndpoint }),
    ...(discoveryEndpoint !== undefined && { discoveryEndpoint }),
  }
  if (type === 'oidcclientcredentials') return { by: 'client-credentials', ...client }
  return {
    by: 'password',
    username: needed(word('username'), 'username'),
    password: needed(word('password'), 'password'),
    ...client,
  }
}

function applicationCredentialOf(word: Ask): Credentials {
  const secret = needed(word('application_credential_secret'), 'application-credential-secret')
  const id = word('application_credential_id')
  if (id !== undefined) return { is: 'application-credential', id, secret }
  const name = needed(word('application_credential_name'), 'application-credential-id')
  return { is: 'application-credential', name, ...userOf(word), secret }
}

function userOf(word: Ask) {
  const userId = word('user_id')
  if (userId !== undefined) return { userId }
  const domainId = word('user_domain_id')
  return {
    username: needed(word('username'), 'username'),
    ...(domainId !== undefined
      ? { userDomainId: domainId }
      : { userDomainName: word('user_domain_name', 'default_domain_name', 'default_domain') ?? 'Default' }),
  }
}

function scopeOf(word: Ask): ProjectScope {
  const trustId = word('trust_id')
  if (trustId !== undefined) return { trustId }
  const projectId = word('project_id', 'tenant_id')
  if (projectId !== undefined) return { projectId }
  const projectName = word('project_name', 'tenant_name')
  if (projectName === undefined) return {}
  const domainId = word('project_domain_id')
  return {
    projectName,
    ...(domainId !== undefined
      ? { projectDomainId: domainId }
      : {
          projectDomainName:
            word('project_domain_name', 'default_domain_name', 'default_domain') ?? 'Default',
        }),
  }
}

function interfaceOf(name: string | undefined): 'public' | 'internal' | 'admin' {
  const plain = name?.replace(/URL$/i, '').toLowerCase() ?? 'public'
  if (plain === 'public' || plain === 'internal' || plain === 'admin') return plain
  throw new Unconnectable(`there is no interface '${name}'; use public, internal or admin`)
}

function needed(value: string | undefined, option: string): string {
  if (value === undefined) throw new Unconnectable(`no ${option.replaceAll('-', ' ')} is known`)
  return value
}

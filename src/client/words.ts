import type { ClientSettings, Credentials, ProjectScope } from '../client/index.ts'
import { Unconnectable } from './kit/failure.ts'
import type { ConnectionWords } from './parts.ts'

/** The global options that say which cloud, and who asks; each is also read from OS_*. */
export const connectionOptions = {
  'auth-url': "Keystone's address",
  'auth-type': 'password, token or v3applicationcredential; most often the rest says it',
  username: 'who asks',
  'user-id': 'the same, by ID',
  'user-domain-name': 'the domain of the user',
  'user-domain-id': 'the same, by ID',
  password: "the user's password",
  'project-name': 'the project to work in',
  'project-id': 'the same, by ID',
  'project-domain-name': 'the domain of the project',
  'project-domain-id': 'the same, by ID',
  token: 'a token, in place of a password',
  'application-credential-id': 'an application credential, in place of user and project',
  'application-credential-name': 'the same, by name and user',
  'application-credential-secret': 'its secret',
  'region-name': 'the region whose service to use',
  interface: 'public, internal or admin',
  'endpoint-override': 'the address of the service, in place of the one in the catalog',
  cacert: 'a file with the certificates of authorities to trust',
} as const

/** `auth_url` for `auth-url`. */
export const wordOf = (option: string): string => option.replaceAll('-', '_')

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
    default:
      throw new Unconnectable(
        `authentication of type '${type}' is not known here; use password, token or v3applicationcredential`,
      )
  }
}

function guessType(word: Ask): string {
  if (word('application_credential_secret') !== undefined) return 'applicationcredential'
  return word('token', 'auth_token') !== undefined && word('password') === undefined ? 'token' : 'password'
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

import { problem } from '../base/problem.ts'
import type { Credential, DomainReference, Interface, Reference, Scope } from '../cloud/index.ts'

/** What must be known to reach a cloud as somebody. Holds secrets. */
export interface CloudAccess {
  readonly authUrl: string
  readonly credential: Credential
  readonly region?: string
  readonly interface: Interface
  /** `false`: any certificate will do. */
  readonly verify: boolean
  /** The path of certificates to trust besides the machine's. */
  readonly cacert?: string
  /** The paths of a certificate of our own and its key, for a cloud that asks for one. */
  readonly certificate?: { readonly cert: string; readonly key: string }
}

/** The settings by which a cloud is to be reached can't be used. */
export const CloudSettingsInvalid = problem(
  'CloudSettingsInvalid',
  { status: 400 },
  ({ where, reason }: { where: string; reason: string }) => `${where}: ${reason}.`,
)

/** The settings of one cloud, flat, by their names in clouds.yaml; in OS_* variables they are the same in capitals. */
export type CloudSettings = Readonly<Record<string, string | undefined>>

/** Makes sense of settings; `where` they come from stands in the problems, with what is missing. */
export function accessFrom(settings: CloudSettings, where: string): CloudAccess {
  const authUrl = settings.auth_url
  if (authUrl === undefined) throw missing(where, ['auth_url'])
  if (!URL.canParse(authUrl))
    throw CloudSettingsInvalid({ where, reason: `auth_url "${authUrl}" is not a URL` })
  return {
    authUrl,
    credential: credentialFrom(settings, where),
    interface: interfaceFrom(settings, where),
    verify: !isTrue(settings.insecure) && !isFalse(settings.verify),
    ...(settings.region_name !== undefined && { region: settings.region_name }),
    ...(settings.cacert !== undefined && { cacert: settings.cacert }),
    // Both may be in one file.
    ...(settings.cert !== undefined && {
      certificate: { cert: settings.cert, key: settings.key ?? settings.cert },
    }),
  }
}

type Way = 'password' | 'token' | 'application'

function credentialFrom(settings: CloudSettings, where: string): Credential {
  switch (wayOf(settings, where)) {
    case 'application':
      return applicationFrom(settings, where)
    case 'token':
      return { by: 'token', token: needed(settings, 'token', where), ...scopeFrom(settings, where) }
    case 'password': {
      const user = referenceFrom(settings, 'user', where)
      const password = needed(settings, 'password', where)
      const trustId = settings.trust_id
      if (trustId !== undefined) return { by: 'trust', user, password, trustId }
      return { by: 'password', user, password, ...scopeFrom(settings, where) }
    }
  }
}

const ways: Readonly<Record<string, Way>> = {
  password: 'password',
  v3password: 'password',
  token: 'token',
  v3token: 'token',
  v3applicationcredential: 'application',
}

/** By `auth_type`, or else by what there is. */
function wayOf(settings: CloudSettings, where: string): Way {
  const type = settings.auth_type
  if (type !== undefined) {
    const way = ways[type]
    if (way !== undefined) return way
    throw CloudSettingsInvalid({
      where,
      reason: `auth_type "${type}" is not one of ${Object.keys(ways).join(', ')}`,
    })
  }
  if (settings.application_credential_secret !== undefined) return 'application'
  return settings.token !== undefined && settings.password === undefined ? 'token' : 'password'
}

function applicationFrom(settings: CloudSettings, where: string): Credential {
  const secret = needed(settings, 'application_credential_secret', where)
  const id = settings.application_credential_id
  if (id !== undefined) return { by: 'application', application: { id }, secret }
  const name = settings.application_credential_name
  if (name === undefined) throw missing(where, ['application_credential_id'])
  return { by: 'application', application: { name, user: referenceFrom(settings, 'user', where) }, secret }
}

/** A user or project: by ID, or by name with its domain. */
function referenceFrom(settings: CloudSettings, what: 'user' | 'project', where: string): Reference {
  const id = settings[`${what}_id`]
  if (id !== undefined) return { id }
  const name = what === 'user' ? settings.username : settings.project_name
  if (name === undefined) throw missing(where, [what === 'user' ? 'username' : 'project_name'])
  const domain = domainFrom(settings, what)
  return domain === undefined ? { name } : { name, domain }
}

function domainFrom(settings: CloudSettings, what: 'user' | 'project'): DomainReference | undefined {
  const id = settings[`${what}_domain_id`]
  if (id !== undefined) return { id }
  const name = settings[`${what}_domain_name`]
  if (name !== undefined) return { name }
  // `default_domain` is by tradition an ID or a name; only the ID `default` is the same everywhere.
  const either = settings.default_domain_id ?? settings.default_domain
  if (either !== undefined)
    return either === 'default' || settings.default_domain_id ? { id: either } : { name: either }
  return settings.default_domain_name === undefined ? undefined : { name: settings.default_domain_name }
}

function scopeFrom(settings: CloudSettings, where: string): { readonly scope?: Scope } {
  if (settings.project_id !== undefined || settings.project_name !== undefined) {
    return { scope: { project: referenceFrom(settings, 'project', where) } }
  }
  if (settings.domain_id !== undefined) return { scope: { domain: { id: settings.domain_id } } }
  if (settings.domain_name !== undefined) return { scope: { domain: { name: settings.domain_name } } }
  return settings.system_scope === 'all' ? { scope: { system: true } } : {}
}

const interfaces: readonly Interface[] = ['public', 'internal', 'admin']

function interfaceFrom(settings: CloudSettings, where: string): Interface {
  const said = settings.interface ?? settings.endpoint_type
  if (said === undefined) return 'public'
  const found = interfaces.find((one) => one === said.replace(/URL$/, ''))
  if (found !== undefined) return found
  throw CloudSettingsInvalid({ where, reason: `interface "${said}" is not one of ${interfaces.join(', ')}` })
}

function needed(settings: CloudSettings, name: string, where: string): string {
  const value = settings[name]
  if (value === undefined) throw missing(where, [name])
  return value
}

const missing = (where: string, names: readonly string[]) =>
  CloudSettingsInvalid({ where, reason: `${names.join(', ')} is missing` })

const isTrue = (text: string | undefined): boolean => /^(true|yes|on|1)$/i.test(text ?? '')
const isFalse = (text: string | undefined): boolean => /^(false|no|off|0)$/i.test(text ?? '')

import { isMap } from '../../base/json.ts'
import type { Credential, DomainReference, Reference, Scope } from '../auth.ts'
import type { Elsewhere } from '../elsewhere.ts'

/** The payload of a secret can't be used; the message is for the tenant, and holds nothing of it. */
export class CredentialRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'ValueError'
  }
}

/** Reads who one is in another cloud, as keystoneauth writes it down: `{"auth_type": …, "auth": {"auth_url": …, …}}`. */
export function credentialIn(payload: unknown): NonNullable<Elsewhere['cloud']> {
  const document = parsed(payload)
  if (!isMap(document) || typeof document.auth_type !== 'string' || !isMap(document.auth))
    throw new CredentialRefused(
      "Missing key in auth information, the correct format contains ['auth_type', 'auth'].",
    )
  const said = (key: string): string | undefined => {
    const value = (document.auth as Readonly<Record<string, unknown>>)[key]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const authUrl = needed(said, 'auth_url')
  const { protocol = '' } = URL.parse(authUrl) ?? {}
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new CredentialRefused('The auth_url of the credential is no http or https address.')
  return { authUrl, credential: credentialOf(document.auth_type, said) }
}

type Said = (key: string) => string | undefined

function parsed(payload: unknown): unknown {
  // What says that it is JSON was read already.
  if (typeof payload !== 'string') return payload
  try {
    return JSON.parse(payload)
  } catch {
    throw new CredentialRefused('Failed to parse credential, please check your Stack Credential format.')
  }
}

function credentialOf(type: string, said: Said): Credential {
  const scope = scopeOf(said)
  switch (type) {
    case 'password':
    case 'v3password': {
      const password = needed(said, 'password')
      const trustId = said('trust_id')
      if (trustId !== undefined) return { by: 'trust', user: userOf(said), password, trustId }
      return { by: 'password', user: userOf(said), password, ...scope }
    }
    case 'token':
    case 'v3token':
      return { by: 'token', token: needed(said, 'token'), ...scope }
    case 'v3applicationcredential': {
      const id = said('application_credential_id')
      const application =
        id === undefined ? { name: needed(said, 'application_credential_name'), user: userOf(said) } : { id }
      return { by: 'application', application, secret: needed(said, 'application_credential_secret') }
    }
    default:
      throw new CredentialRefused(
        'The auth_type of the credential is not known here: password, token and v3applicationcredential are.',
      )
  }
}

function needed(said: Said, key: string): string {
  const value = said(key)
  if (value === undefined) throw new CredentialRefused(`The credential has no ${key}.`)
  return value
}

const userOf = (said: Said): Reference =>
  referenceOf(said, 'user', said('username')) ?? { name: needed(said, 'username') }

function scopeOf(said: Said): { readonly scope?: Scope } {
  const project = referenceOf(said, 'project', said('project_name') ?? said('tenant_name'))
  const domain = domainOf(said, '')
  if (project !== undefined) return { scope: { project } }
  return domain === undefined ? {} : { scope: { domain } }
}

function referenceOf(said: Said, what: 'user' | 'project', name: string | undefined): Reference | undefined {
  const id = said(`${what}_id`) ?? (what === 'project' ? said('tenant_id') : undefined)
  if (id !== undefined) return { id }
  if (name === undefined) return undefined
  const domain = domainOf(said, `${what}_`) ?? domainOf(said, 'default_')
  return { name, ...(domain && { domain }) }
}

function domainOf(said: Said, prefix: string): DomainReference | undefined {
  const id = said(`${prefix}domain_id`)
  const name = said(`${prefix}domain_name`)
  if (id !== undefined) return { id }
  return name === undefined ? undefined : { name }
}

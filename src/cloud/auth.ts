import { CloudError } from './error.ts'
import type { Reply } from './service.ts'
import { readToken, type Token } from './token.ts'
import type { Transport } from './transport.ts'

/** Something known by its ID, or by its name within a domain. */
export type Reference = { readonly id: string } | { readonly name: string; readonly domain?: DomainReference }
export type DomainReference = { readonly id: string } | { readonly name: string }

/** What a token is to be good for; nothing means unscoped, or the user's default project if it has one. */
export interface Scope {
  readonly project?: Reference
  readonly domain?: DomainReference
  /** The whole cloud, for its operators. */
  readonly system?: true
}

/** How to prove who one is. Holds secrets: it goes into no log and no message. */
export type Credential =
  | { readonly by: 'password'; readonly user: Reference; readonly password: string; readonly scope?: Scope }
  /** Without a scope the token is used as it is. It can't be renewed. */
  | { readonly by: 'token'; readonly token: string; readonly scope?: Scope }
  /** By ID, or by name together with its user. It carries its own scope. */
  | {
      readonly by: 'application'
      readonly application: { readonly id: string } | { readonly name: string; readonly user: Reference }
      readonly secret: string
    }
  /** Acts for the trustor of the trust. A trust is itself the scope. */
  | { readonly by: 'trust'; readonly user: Reference; readonly password: string; readonly trustId: string }

/** Whether a new token can be had with it when the present one ends. */
export const isRenewable = (credential: Credential): boolean => credential.by !== 'token'

/** The address of Keystone's API version 3, given with or without a version. */
export function identityUrl(authUrl: string): string {
  return `${authUrl.replace(/\/+$/, '').replace(/\/v(2\.0|3)$/, '')}/v3`
}

/** Gets a token; a `CloudError` of kind `unauthorized` if Keystone does not know who this is. */
export async function authenticate(
  transport: Transport,
  authUrl: string,
  credential: Credential,
): Promise<Token> {
  const url = `${identityUrl(authUrl)}/auth/tokens`
  const asItIs = credential.by === 'token' && credential.scope === undefined ? credential.token : undefined
  const reply = await transport.send({
    service: 'identity',
    method: asItIs === undefined ? 'POST' : 'GET',
    url,
    headers:
      asItIs === undefined
        ? { accept: 'application/json', 'content-type': 'application/json' }
        : { accept: 'application/json', 'x-auth-token': asItIs, 'x-subject-token': asItIs },
    body: asItIs === undefined ? JSON.stringify({ auth: authBody(credential) }) : undefined,
    repeatable: true,
    signal: undefined,
  })
  const token = readToken(asItIs ?? subjectToken(reply), reply.body)
  if (token === undefined || token.id === '') throw notKeystone(url)
  return token
}

function subjectToken({ headers }: Reply): string {
  const token = headers['x-subject-token']
  return typeof token === 'string' ? token : ''
}

const notKeystone = (url: string): CloudError =>
  new CloudError(`What answers at ${url} is not Keystone's API version 3.`, {
    kind: 'unavailable',
    service: 'identity',
  })

function authBody(credential: Credential): object {
  const scope = scopeBody(credential)
  return { identity: identityBody(credential), ...(scope !== undefined && { scope }) }
}

function identityBody(credential: Credential): object {
  switch (credential.by) {
    case 'password':
    case 'trust':
      return {
        methods: ['password'],
        password: { user: { ...referenceBody(credential.user), password: credential.password } },
      }
    case 'token':
      return { methods: ['token'], token: { id: credential.token } }
    case 'application': {
      const { application, secret } = credential
      const who =
        'id' in application ? application : { name: application.name, user: referenceBody(application.user) }
      return { methods: ['application_credential'], application_credential: { ...who, secret } }
    }
  }
}

function scopeBody(credential: Credential): object | undefined {
  if (credential.by === 'trust') return { 'OS-TRUST:trust': { id: credential.trustId } }
  if (credential.by === 'application' || credential.scope === undefined) return undefined
  const { project, domain, system } = credential.scope
  if (project !== undefined) return { project: referenceBody(project) }
  if (domain !== undefined) return { domain }
  return system ? { system: { all: true } } : undefined
}

function referenceBody(reference: Reference): object {
  if ('id' in reference) return { id: reference.id }
  return { name: reference.name, domain: reference.domain ?? { id: 'default' } }
}

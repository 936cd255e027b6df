import { isMap } from '../base/json.ts'
import { Problem } from '../base/problem.ts'
import type { Http } from './http.ts'
import { federatedToken } from './openid.ts'
import type { ClientSettings, Credentials, OpenIdCredentials, ProjectScope } from './settings.ts'

/** What Keystone says about who asks. */
export interface Ticket {
  readonly token: string
  readonly projectId: string
  readonly catalog: readonly CatalogEntry[]
}

interface CatalogEntry {
  readonly type: string
  readonly endpoints: readonly {
    readonly interface: string
    readonly region_id?: string | null
    readonly region?: string | null
    readonly url: string
  }[]
}

/** Proves to Keystone who is asking. */
export async function ticketFrom(http: Http, { authUrl, credentials }: ClientSettings): Promise<Ticket> {
  const url = versionThree(authUrl)
  const proof =
    credentials.is === 'openid-connect' ? await federated(http, { url, credentials }) : credentials
  const { headers, body } = await http.send({
    ...{ method: 'POST', url: `${url}/auth/tokens`, body: { auth: proofOf(proof) } },
  })
  const token = headers.get('x-subject-token')
  const said = isMap(body) && isMap(body.token) ? body.token : undefined
  if (token === null || said === undefined) {
    throw new Problem('NotKeystone', `${authUrl} does not answer as Keystone would.`, { status: 503 })
  }
  const projectId = isMap(said.project) ? said.project.id : undefined
  if (typeof projectId !== 'string') {
    throw new Problem('NoProject', 'The token is for no project: say which one to work in.', { status: 400 })
  }
  return { token, projectId, catalog: Array.isArray(said.catalog) ? said.catalog : [] }
}

/** Keystone's address, up to the version of its API. */
export const versionThree = (authUrl: string): string =>
  `${authUrl.replace(/\/+$/, '').replace(/\/v[23](\.0)?$/, '')}/v3`

type Proof = Exclude<Credentials, OpenIdCredentials>

async function federated(
  http: Http,
  { url, credentials }: { readonly url: string; readonly credentials: OpenIdCredentials },
): Promise<Proof> {
  return { ...credentials, is: 'token', token: await federatedToken(http, { url, credentials }) }
}

function proofOf(credentials: Proof): object {
  switch (credentials.is) {
    case 'password': {
      const { password } = credentials
      return {
        identity: { methods: ['password'], password: { user: { ...userOf(credentials), password } } },
        ...scopeOf(credentials),
      }
    }
    case 'token':
      return { identity: { methods: ['token'], token: { id: credentials.token } }, ...scopeOf(credentials) }
    case 'application-credential': {
      const { id, name, secret } = credentials
      const credential = id === undefined ? { name, user: userOf(credentials), secret } : { id, secret }
      return { identity: { methods: ['application_credential'], application_credential: credential } }
    }
  }
}

interface UserName {
  readonly userId?: string
  readonly username?: string
  readonly userDomainId?: string
  readonly userDomainName?: string
}

function userOf({ userId, username, userDomainId, userDomainName }: UserName): object {
  if (userId !== undefined) return { id: userId }
  return { name: username, domain: domainOf(userDomainId, userDomainName) }
}

function scopeOf(scope: ProjectScope): object {
  const { trustId, projectId, projectName, projectDomainId, projectDomainName } = scope
  if (trustId !== undefined) return { scope: { 'OS-TRUST:trust': { id: trustId } } }
  if (projectId !== undefined) return { scope: { project: { id: projectId } } }
  if (projectName === undefined) return {}
  return { scope: { project: { name: projectName, domain: domainOf(projectDomainId, projectDomainName) } } }
}

const domainOf = (id: string | undefined, name: string | undefined): object =>
  id !== undefined ? { id } : name !== undefined ? { name } : { id: 'default' }

/** The address of a service, from the catalog. */
export function endpointIn(
  { catalog }: Ticket,
  settings: Pick<ClientSettings, 'region' | 'interface'>,
  wanted = 'orchestration',
): string {
  const { region, interface: side = 'public' } = settings
  for (const { type, endpoints } of catalog) {
    if (type !== wanted) continue
    const found = endpoints.find(
      (endpoint) =>
        endpoint.interface === side &&
        (region === undefined || (endpoint.region_id ?? endpoint.region) === region),
    )
    if (found) return found.url
  }
  const where = region === undefined ? '' : ` in ${region} region`
  throw new Problem('EndpointNotFound', `${side} endpoint for ${wanted} service${where} not found`, {
    status: 400,
  })
}

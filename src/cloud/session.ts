import { type Credential, identityUrl } from './auth.ts'
import { endpointOf, type Interface } from './catalog.ts'
import type { Elsewhere } from './elsewhere.ts'
import { CloudError, isCloudError } from './error.ts'
import { callFor, isStream } from './request-form.ts'
import type { Ask, Reply, Session } from './service.ts'
import { officialType } from './service-types.ts'
import type { Token } from './token.ts'
import { supplyTokens, type TokenSupply } from './token-supply.ts'
import type { Transport } from './transport.ts'

/** Which cloud to reach. */
export interface CloudPlace {
  readonly transport: Transport
  /** Keystone's address, with or without `/v3`. */
  readonly authUrl: string
  /** The region whose endpoints are used; any, if not said. */
  readonly region?: string
  /** `public`, if not said. */
  readonly interface?: Interface
}

/** Which cloud to reach, and as whom. */
export interface Connection extends CloudPlace {
  readonly credential: Credential
}

/** A session that also tells about itself, for whoever must hand on an address or a token. */
export interface CloudSession extends Session {
  readonly cloud: object
  readonly userName: string
  readonly userDomainId: string | undefined
  readonly projectName: string
  /** The names of the roles its user has in its project. */
  readonly roles: readonly string[]
  readonly trustId: string | undefined
  /** A token that is still good for a while. A secret. */
  token(signal?: AbortSignal): Promise<Token>
  /** Where a service is; a `CloudError` of kind `no-endpoint` if the catalog has it not. */
  endpoint(serviceTypes: readonly string[]): Promise<string>
}

/**
 * Authenticates and opens a session. It renews its token when that is about to end, and once when a service refuses it
 * half-way; then it repeats the request, for a refused one was not carried out. Without a project `projectId` is empty.
 */
export async function connect(connection: Connection): Promise<CloudSession> {
  const { transport, authUrl, credential } = connection
  return sessionOver(connection, await supplyTokens(transport, authUrl, credential))
}

/** Opens a session with a token that Keystone was asked about already. It lasts as long as the token. */
export function sessionWith(place: CloudPlace, token: Token): CloudSession {
  return sessionOver(place, { current: token, token: async () => token, instead: async () => undefined })
}

/** Sessions to other places are opened once, unless that fails. */
function kept(open: (where: Elsewhere) => Promise<Session>): (where: Elsewhere) => Promise<Session> {
  const opened = new Map<string, Promise<Session>>()
  return (where) => {
    const key = JSON.stringify(where)
    const known = opened.get(key)
    if (known !== undefined) return known
    const opening = open(where)
    opened.set(key, opening)
    opening.catch(() => opened.delete(key))
    return opening
  }
}

/** Other clouds get connections of their own, so that a slow one takes nobody's place but its own. */
async function openElsewhere(
  { transport, ...place }: CloudPlace,
  supply: TokenSupply,
  { region, cloud, certificates, verify }: Elsewhere,
): Promise<Session> {
  const trust = {
    ...(certificates !== undefined && { certificates }),
    ...(verify !== undefined && { verify }),
  }
  const isOwn = cloud === undefined && Object.keys(trust).length === 0
  const carrier = isOwn ? transport : transport.apart(cloud?.authUrl ?? place.authUrl, trust)
  const there = { ...(region !== undefined && { region }), transport: carrier }
  return cloud === undefined
    ? sessionOver({ ...place, ...there }, supply)
    : await connect({ ...there, ...cloud })
}

function sessionOver(place: CloudPlace, supply: TokenSupply): CloudSession {
  const { transport, authUrl, region, interface: side = 'public' } = place
  const { user, project, roles, trustId } = supply.current
  const projectId = project?.id ?? ''

  /** Keystone is where it was found at first, even if its own catalog leaves it out. */
  function find(types: readonly string[], { catalog }: Token): string | undefined {
    const listed = endpointOf(catalog, { types, region, interface: side, projectId })
    return listed ?? (officialType(types) === 'identity' ? identityUrl(authUrl) : undefined)
  }

  function placeOf(types: readonly string[], token: Token): string {
    const found = find(types, token)
    if (found !== undefined) return found
    const place = region === undefined ? '' : ` in ${region} region`
    throw new CloudError(`${side} endpoint for ${types.join(' or ')} service${place} not found`, {
      kind: 'no-endpoint',
      service: officialType(types),
    })
  }

  async function request({ elsewhere, ...ask }: Ask): Promise<Reply> {
    if (elsewhere !== undefined) return await (await others(elsewhere)).request(ask)
    const token = await supply.token(ask.signal)
    try {
      return await transport.send(callFor(ask, placeOf(ask.service, token), token.id))
    } catch (error) {
      if (!isCloudError(error, 'unauthorized') || isStream(ask.body)) throw error
      const fresh = await supply.instead(token, ask.signal)
      if (fresh === undefined) throw error
      return transport.send(callFor(ask, placeOf(ask.service, fresh), fresh.id))
    }
  }

  const others = kept((where) => openElsewhere(place, supply, where))

  return Object.freeze({
    userId: user.id,
    userName: user.name,
    userDomainId: user.domainId,
    projectId,
    projectName: project?.name ?? '',
    roles,
    trustId,
    cloud: transport.cloudOf(`${identityUrl(authUrl)} ${region ?? ''} ${side}`),
    request,
    token: supply.token,
    endpoint: async (types: readonly string[]) => placeOf(types, await supply.token()),
    offers: async (types: readonly string[]) => find(types, await supply.token()) !== undefined,
  })
}

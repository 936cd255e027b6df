import { collection } from '../collection.ts'
import { unlessGone } from '../error.ts'
import { lookUp } from '../lookup.ts'
import type { Collection, Found, Session } from '../service.ts'

interface OfDomain extends Found {
  readonly name: string
  readonly domain_id: string | null
}

export interface Project extends OfDomain {
  readonly description: string
  readonly enabled: boolean
  readonly parent_id: string | null
  readonly is_domain: boolean
  readonly tags: readonly string[]
}

export interface User extends OfDomain {
  readonly enabled: boolean
  readonly default_project_id?: string
  readonly email?: string
  readonly description?: string
}

export interface Role extends OfDomain {
  readonly description: string | null
}

export interface Group extends OfDomain {
  readonly description: string
}

export interface Domain extends Found {
  readonly name: string
  readonly description: string
  readonly enabled: boolean
}

export interface Region extends Found {
  readonly description: string
  readonly parent_region_id: string | null
}

export interface KeystoneService extends Found {
  readonly name: string
  readonly type: string
  readonly description?: string
  readonly enabled: boolean
}

/** What templates name in Keystone. Users, projects, roles and groups may be given as `name{domain}`. */
export const find = {
  /** One's own project is known without asking, for a plain user may not ask for much. */
  project: async (session: Session, nameOrId: string): Promise<string> =>
    nameOrId !== '' && nameOrId === session.projectId
      ? nameOrId
      : inDomain(session, nameOrId, places.project),
  user: async (session: Session, nameOrId: string): Promise<string> =>
    nameOrId === session.userId ? nameOrId : inDomain(session, nameOrId, places.user),
  role: (session: Session, nameOrId: string): Promise<string> => inDomain(session, nameOrId, places.role),
  group: (session: Session, nameOrId: string): Promise<string> => inDomain(session, nameOrId, places.group),
  domain: (session: Session, nameOrId: string): Promise<string> => anywhere(session, nameOrId, places.domain),
  service: (session: Session, nameOrId: string): Promise<string> =>
    anywhere(session, nameOrId, places.service),
  /** A region has only an ID. */
  region: async (session: Session, id: string): Promise<string> => {
    const regions = open<Region>(session, places.region)
    const byName = async () => []
    return (await lookUp(id, { entity: 'KeystoneRegion', service: 'identity', byId: regions.get, byName })).id
  },
}

interface Place {
  readonly entity: string
  readonly one: string
}

const places = {
  project: { entity: 'KeystoneProject', one: 'project' },
  user: { entity: 'KeystoneUser', one: 'user' },
  role: { entity: 'KeystoneRole', one: 'role' },
  group: { entity: 'KeystoneGroup', one: 'group' },
  domain: { entity: 'KeystoneDomain', one: 'domain' },
  service: { entity: 'KeystoneService', one: 'service' },
  region: { entity: 'KeystoneRegion', one: 'region' },
} as const satisfies Record<string, Place>

async function inDomain(session: Session, nameOrId: string, place: Place): Promise<string> {
  const objects = open<OfDomain>(session, place)
  const whole = await unlessGone(objects.get(nameOrId))
  if (whole !== undefined) return whole.id
  const { name, domain } = splitDomain(nameOrId)
  const domainId = domain === undefined ? undefined : await anywhere(session, domain, places.domain)
  const ways = {
    entity: place.entity,
    service: 'identity',
    byName: (wanted: string) => objects.list({ name: wanted, domain_id: domainId }),
  }
  return (await lookUp(name, ways)).id
}

async function anywhere(session: Session, nameOrId: string, place: Place): Promise<string> {
  const objects = open<Found>(session, place)
  const ways = {
    entity: place.entity,
    service: 'identity',
    byId: objects.get,
    byName: (name: string) => objects.list({ name }),
  }
  return (await lookUp(nameOrId, ways)).id
}

function open<Live extends Found>(session: Session, { one }: Place): Collection<Live> {
  return collection<Live>(session, {
    service: ['identity'],
    path: `/${one}s`,
    one,
    many: `${one}s`,
    update: 'PATCH',
  })
}

function splitDomain(text: string): { readonly name: string; readonly domain: string | undefined } {
  const parts = /^(.+)\{(.+)\}$/.exec(text)
  return { name: parts?.[1] ?? text, domain: parts?.[2] }
}

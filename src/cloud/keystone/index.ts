import { collection } from '../collection.ts'
import { type Collection, type Session, service } from '../service.ts'
import {
  type Domain,
  find,
  type Group,
  type KeystoneService,
  type Project,
  type Region,
  type Role,
  type User,
} from './find.ts'
import { type Endpoint, type Registration, registerEndpoint } from './register.ts'

export type { Domain, Group, KeystoneService, Project, Region, Role, User } from './find.ts'
export type { Endpoint, Registration } from './register.ts'

/** What one user lets another do in their name. */
export interface Trust {
  readonly id: string
  readonly trustor_user_id: string
  readonly trustee_user_id: string
  readonly project_id: string | null
  readonly impersonation: boolean
  readonly expires_at: string | null
  /** The trust that it was made of, if it was passed on. */
  readonly redelegated_trust_id?: string | null
  readonly roles?: readonly { readonly id: string; readonly name: string }[]
}

/** Who may do what, and where. */
export interface Grant {
  readonly projectId: string
  readonly userId: string
  readonly roleId: string
}

/** What is asked of Keystone. */
export interface KeystoneClient {
  readonly projects: Collection<Project>
  readonly users: Collection<User>
  readonly roles: Collection<Role>
  readonly domains: Collection<Domain>
  readonly groups: Collection<Group>
  readonly regions: Collection<Region>
  readonly services: Collection<KeystoneService>
  readonly endpoints: Collection<Endpoint>
  /** Trusts are never changed: `update` of one is refused. */
  readonly trusts: Collection<Trust>
  /** Gives a user a role in a project; one who has it keeps it. */
  grantRole(grant: Grant): Promise<void>
  /** Sees to it that the catalog leads to this address, on all interfaces; what is there already is changed. */
  registerEndpoint(registration: Registration): Promise<KeystoneService>
}

/** The identity service. */
export const keystone = service('keystone', ['identity'], { connect, find })

function connect(session: Session): KeystoneClient {
  const at = <Live extends { readonly id: string }>(path: string, one: string): Collection<Live> =>
    collection<Live>(session, { service: ['identity'], path, one, many: `${one}s`, update: 'PATCH' })

  const catalog = {
    regions: at<Region>('/regions', 'region'),
    services: at<KeystoneService>('/services', 'service'),
    endpoints: at<Endpoint>('/endpoints', 'endpoint'),
  }
  return {
    projects: at('/projects', 'project'),
    users: at('/users', 'user'),
    roles: at('/roles', 'role'),
    domains: at('/domains', 'domain'),
    groups: at('/groups', 'group'),
    trusts: at('/OS-TRUST/trusts', 'trust'),
    ...catalog,
    async grantRole({ projectId, userId, roleId }) {
      const path = ['projects', projectId, 'users', userId, 'roles', roleId].map(encodeURIComponent)
      await session.request({ service: ['identity'], method: 'PUT', path: `/${path.join('/')}` })
    },
    registerEndpoint: (registration) => registerEndpoint(catalog, registration),
  }
}

import { kind, type Row } from '../world/table.ts'

/** Whatever else a caller sends with an object of Keystone is kept and shown again. */
interface Open extends Row {
  readonly [extra: string]: unknown
}

export interface Domain extends Open {
  readonly name: string
  readonly enabled: boolean
  readonly description: string
}

export interface Project extends Open {
  readonly name: string
  readonly domain_id: string
  readonly parent_id: string
  readonly enabled: boolean
  readonly is_domain: boolean
  readonly description: string
  readonly tags: readonly string[]
}

export interface User extends Open {
  readonly name: string
  readonly domain_id: string
  readonly enabled: boolean
  readonly default_project_id?: string
  readonly password_digest?: string
  readonly password_changed_at?: number
}

export interface Group extends Open {
  readonly name: string
  readonly domain_id: string
  readonly members: readonly string[]
}

export interface Role extends Open {
  readonly name: string
  readonly domain_id: string | null
}

export interface Assignment extends Row {
  readonly role_id: string
  readonly user_id?: string
  readonly group_id?: string
  readonly project_id?: string
  readonly domain_id?: string
  readonly system?: boolean
  readonly inherited: boolean
}

export interface Region extends Open {
  readonly description: string
  readonly parent_region_id: string | null
}

export interface CatalogService extends Open {
  readonly type: string
  readonly name?: string
  readonly enabled: boolean
}

export interface Endpoint extends Open {
  readonly service_id: string
  readonly interface: string
  readonly url: string
  readonly region_id: string | null
  readonly enabled: boolean
}

export interface Trust extends Row {
  readonly trustor_user_id: string
  readonly trustee_user_id: string
  readonly project_id: string | null
  readonly impersonation: boolean
  readonly roles: readonly string[]
  readonly expires_at: string | null
  readonly remaining_uses: number | null
  readonly deleted_at: null
  readonly redelegated_trust_id: string | null
  readonly redelegation_count: number
}

export interface ApplicationCredential extends Row {
  readonly name: string
  readonly description: string | null
  readonly user_id: string
  readonly project_id: string
  readonly roles: readonly string[]
  readonly expires_at: string | null
  readonly unrestricted: boolean | null
  readonly secret_digest: string
  readonly access_rules?: readonly object[]
}

/** What a token stands for. Its ID is the token itself. */
export interface Token extends Row {
  readonly methods: readonly string[]
  readonly user_id: string
  readonly project_id?: string
  readonly domain_id?: string
  readonly system?: boolean
  readonly trust_id?: string
  readonly application_credential_id?: string
  readonly audit_ids: readonly string[]
  readonly issued_at: number
  readonly expires_at: number
}

export const domains = kind<Domain>('domains')
export const projects = kind<Project>('projects')
export const users = kind<User>('users')
export const groups = kind<Group>('groups')
export const roles = kind<Role>('roles')
export const assignments = kind<Assignment>('role_assignments', ['user_id', 'group_id'], { hidden: true })
export const regions = kind<Region>('regions')
export const services = kind<CatalogService>('services')
export const endpoints = kind<Endpoint>('endpoints', ['service_id'])
export const trusts = kind<Trust>('trusts')
export const applicationCredentials = kind<ApplicationCredential>('application_credentials', ['user_id'])
export const tokens = kind<Token>('tokens', [], { hidden: true })

export const keystoneKinds = [
  domains,
  projects,
  users,
  groups,
  roles,
  assignments,
  regions,
  services,
  endpoints,
  trusts,
  applicationCredentials,
  tokens,
]

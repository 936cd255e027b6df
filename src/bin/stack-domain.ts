import { type Configuration, ConfigurationInvalid } from '../base/config.ts'
import type { CloudAccess } from '../identity/index.ts'
import type { Settings } from './settings.ts'

type StackDomain = Pick<Settings, 'stackDomainAdmin' | 'stackUserRole'> & {
  readonly warnings: readonly string[]
}

const halfSaid =
  'stack_user_domain_id or stack_user_domain_name is set, and not both stack_domain_admin and stack_domain_admin_password'

const noDomain =
  "stack_user_domain_id and stack_user_domain_name are not set: users that stacks make are in their owners' projects"

/** Where stacks have users, and who may make them there. Keystone is reached as the service's own user reaches it. */
export function stackDomainOf({ DEFAULT }: Configuration, own: CloudAccess): StackDomain {
  const {
    stack_user_domain_id: id,
    stack_user_domain_name: name,
    stack_domain_admin: admin,
    stack_domain_admin_password: password,
    heat_stack_user_role: stackUserRole,
  } = DEFAULT
  const domain = id !== undefined ? { id } : name !== undefined ? { name } : undefined
  if (domain === undefined) return { stackUserRole, warnings: [noDomain] }
  if (admin === undefined || password === undefined) throw ConfigurationInvalid({ problems: [halfSaid] })
  return {
    stackUserRole,
    warnings: [],
    stackDomainAdmin: domainAdmin(own, { domain, name: admin, password }),
  }
}

interface Admin {
  readonly domain: { readonly id: string } | { readonly name: string }
  readonly name: string
  readonly password: string
}

/** The administrator of a domain, with a token for it, in the cloud that another user reaches. */
export function domainAdmin(own: CloudAccess, { domain, name, password }: Admin): CloudAccess {
  return { ...own, credential: { by: 'password', user: { name, domain }, password, scope: { domain } } }
}

import { once } from '../base/once.ts'
import {
  type CloudSession,
  connect,
  identityUrl,
  isCloudError,
  type Session,
  unlessGone,
} from '../cloud/index.ts'
import { type KeystoneClient, keystone, type User } from '../cloud/keystone/index.ts'
import type { OwnSession } from './own-session.ts'

/** A user that a stack is to have, and its project. */
export interface NewUser {
  readonly name: string
  /** A secret. */
  readonly password: string
  readonly projectId: string
  /** Called right before it is asked for; what it throws keeps that from being sent. */
  readonly beforeSending?: () => void
}

/** What those who act as such a user have to know of the cloud. */
export interface UserWorld {
  readonly authUrl: string
  readonly region: string | undefined
  /** The domain of the users, if they have one of their own. */
  readonly domainId: string | undefined
  /** Where the orchestration service is, up to and including its version. */
  readonly orchestrationUrl: string
  /** Whether any certificate will do. */
  readonly insecure: boolean
}

/**
 * The users that stacks make for those who signal them, servers most of all. They may do next to nothing, and are in a domain of
 * their own, in a project for each tree of stacks. Without such a domain they are in their owner's project, made with the
 * owner's own rights. Everything may be repeated.
 */
export interface StackUsers {
  readonly hasDomain: boolean
  /** The ID of the project of this name in the domain; it is made if it is not there. */
  ensureProject(name: string): Promise<string>
  removeProject(id: string): Promise<void>
  /** The ID of a user; it is made if it is not there, and has its role. `owner`: in the name of the stack's owner. */
  ensureUser(user: NewUser, owner: Session): Promise<string>
  setEnabled(userId: string, isEnabled: boolean, owner: Session): Promise<void>
  /** By ID or, where nobody knows whether there is one, by name. */
  removeUser(user: { readonly id: string } | { readonly name: string }, owner: Session): Promise<void>
  /** A token of a user for its project. A secret. */
  token(user: { readonly id: string; readonly password: string; readonly projectId: string }): Promise<string>
  world(): Promise<UserWorld>
}

export interface StackUsersOptions {
  /** The service's own user, by whose catalog it is known where the service is. */
  readonly own: OwnSession
  /** The administrator of the users' domain, with a token for that domain. */
  readonly admin?: OwnSession
  /** `heat_stack_user_role` */
  readonly role: string
  /** Where the REST API is, if not where the catalog says. */
  readonly apiRoot?: string
  readonly insecure?: boolean
}

/** Rules of sites for people's passwords are no use for users that only machines know. */
const userOptions = {
  ignore_change_password_upon_first_use: true,
  ignore_password_expiry: true,
  ignore_lockout_failure_attempts: true,
}

const noDomain =
  'Cannot get stack domain user token, no stack domain id configured, please fix your heat.conf'

/** Makes users for stacks in Keystone. */
export function stackUsers({ own, admin, role, apiRoot, insecure = false }: StackUsersOptions): StackUsers {
  const clientFor = async (owner: Session): Promise<KeystoneClient> =>
    keystone.connect(admin === undefined ? owner : await admin.open())
  /** The administrator is a user of the very domain. */
  const domainId = async (): Promise<string | undefined> => (await admin?.open())?.userDomainId
  const roleFor = once((client: KeystoneClient) => findRole(client, role))

  async function userNamed(client: KeystoneClient, name: string): Promise<User | undefined> {
    const domain = await domainId()
    const found = await client.users.list({ name, ...(domain !== undefined && { domain_id: domain }) })
    return found.find((user) => user.name === name)
  }

  async function domainProject(name: string): Promise<string> {
    if (admin === undefined) throw new Error('there is no domain for the users of stacks')
    const { projects } = keystone.connect(await admin.open())
    const domain = await domainId()
    const find = async () => (await projects.list({ name, domain_id: domain }))[0]?.id
    const make = async () =>
      (await projects.create({ name, domain_id: domain, description: 'Heat stack user project' })).id
    return (await find()) ?? (await unlessThere(make, find))
  }

  return {
    hasDomain: admin !== undefined,
    ensureProject: domainProject,
    async removeProject(id) {
      if (admin !== undefined) await unlessGone(keystone.connect(await admin.open()).projects.delete(id))
    },
    async ensureUser({ name, password, projectId, beforeSending }, owner) {
      const session = admin === undefined ? owner : await admin.open()
      const client = keystone.connect(beforeSending === undefined ? session : guarded(session, beforeSending))
      const domain = await domainId()
      const grant = { projectId, roleId: await roleFor(client) }
      const make = async () => {
        const place = { default_project_id: projectId, ...(domain !== undefined && { domain_id: domain }) }
        return (await client.users.create({ name, password, ...place, options: userOptions })).id
      }
      const userId = await unlessThere(make, async () => (await userNamed(client, name))?.id)
      await client.grantRole({ ...grant, userId })
      return userId
    },
    async setEnabled(userId, isEnabled, owner) {
      await (await clientFor(owner)).users.update(userId, { enabled: isEnabled })
    },
    async removeUser(user, owner) {
      const client = await clientFor(owner)
      const id = 'id' in user ? user.id : (await userNamed(client, user.name))?.id
      if (id !== undefined) await unlessGone(client.users.delete(id))
    },
    async token({ id, password, projectId }) {
      if (admin === undefined) throw new Error(noDomain)
      const scope = { project: { id: projectId } }
      const session = await connect({
        ...admin.connection,
        credential: { by: 'password', user: { id }, password, scope },
      })
      return (await session.token()).id
    },
    async world() {
      const { authUrl, region } = own.connection
      return {
        ...{ authUrl: identityUrl(authUrl), region, insecure, domainId: await domainId() },
        orchestrationUrl: apiRoot ?? (await orchestrationFrom(own)),
      }
    },
  }
}

const guarded = (session: Session, beforeSending: () => void): Session => ({
  ...session,
  request: (ask) => session.request(ask.method === 'GET' ? ask : { ...ask, beforeSending }),
})

async function findRole({ roles }: KeystoneClient, name: string): Promise<string> {
  const found = await roles.list({ name })
  const [only] = found
  if (only === undefined || found.length > 1) throw new Error(`Can't find role ${name}`)
  return only.id
}

/** Makes something of a unique name. That it is there already says that an earlier attempt made it, or another engine. */
async function unlessThere(
  make: () => Promise<string>,
  find: () => Promise<string | undefined>,
): Promise<string> {
  try {
    return await make()
  } catch (error) {
    const found = isCloudError(error, 'conflict') ? await find() : undefined
    if (found === undefined) throw error
    return found
  }
}

/** A catalog is as old as its token, which may be from before the service was listed. */
async function orchestrationFrom(own: OwnSession): Promise<string> {
  try {
    return await addressOf(await own.open())
  } catch (error) {
    if (!isCloudError(error, 'no-endpoint')) throw error
    return await addressOf(await connect(own.connection))
  }
}

/** The catalog names the service with the project of whoever asks at the end. */
async function addressOf(session: CloudSession): Promise<string> {
  const endpoint = (await session.endpoint(['orchestration'])).replace(/\/+$/, '')
  return endpoint.endsWith(`/${session.projectId}`)
    ? endpoint.slice(0, -session.projectId.length - 1)
    : endpoint
}

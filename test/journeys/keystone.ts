import { randomUUID } from 'node:crypto'
import type { Variables } from './openstack.ts'

/** A user as they prove who they are, for one project. */
export interface Scoped {
  readonly id: string
  readonly password: string
  readonly project: string
}

type Headers = Readonly<Record<string, string>>

interface Identified {
  readonly id: string
}

interface Endpoint extends Identified {
  readonly service_id: string
  readonly interface: string
  readonly url: string
}

interface Trust extends Identified {
  readonly expires_at: string | null
}

interface Made {
  readonly domain: Identified
  readonly endpoint: Identified
  readonly project: Identified
  readonly role: Identified
  readonly user: Identified
  readonly trust: Identified
}

interface Token {
  readonly token: string
  readonly userId: string
}

/** Keystone asked directly by an administrator, who makes people and places and takes them all away again. */
export class Keystone {
  readonly #url: string
  readonly #admin: object
  readonly #made: string[] = []
  readonly #roles = new Map<string, string>()
  #own: Token | undefined

  constructor({ OS_AUTH_URL = '', OS_USERNAME: name, OS_PASSWORD: password, OS_PROJECT_NAME }: Variables) {
    const domain = { name: 'Default' }
    this.#url = OS_AUTH_URL
    this.#admin = {
      identity: { methods: ['password'], password: { user: { name, password, domain } } },
      scope: { project: { name: OS_PROJECT_NAME, domain } },
    }
  }

  /** A domain with an administrator `keeper`, in which a service may make users for stacks. */
  async newDomain(name: string): Promise<{ readonly password: string }> {
    const password = randomUUID()
    const { domain } = await this.#ask('POST', '/domains', { domain: { name } })
    this.#made.push(`/domains/${domain.id}`)
    const { user } = await this.#ask('POST', '/users', {
      user: { name: 'keeper', password, domain_id: domain.id },
    })
    await this.#ask('PUT', `/domains/${domain.id}/users/${user.id}/roles/${await this.#roleId('admin')}`)
    return { password }
  }

  /** A region with all that RegionOne has, but the service at this address for orchestration. */
  async newRegion(name: string, orchestration: string): Promise<void> {
    const { services } = await this.#ask<{ services: readonly (Identified & { readonly type: string })[] }>(
      'GET',
      '/services',
    )
    const here = '/endpoints?region_id=RegionOne'
    const { endpoints } = await this.#ask<{ endpoints: readonly Endpoint[] }>('GET', here)
    const ours = services.find(({ type }) => type === 'orchestration')?.id
    await this.#ask('PUT', `/regions/${name}`, { region: {} })
    this.#made.push(`/regions/${name}`)
    const others = endpoints.filter(({ service_id }) => service_id !== ours)
    const own = { service_id: ours, interface: 'public', url: `${orchestration}/%(project_id)s` }
    for (const { service_id, interface: side, url } of [...others, own]) {
      const said = { service_id, interface: side, url, region_id: name }
      const { endpoint } = await this.#ask('POST', '/endpoints', { endpoint: said })
      this.#made.push(`/endpoints/${endpoint.id}`)
    }
  }

  async newProject(name: string): Promise<string> {
    const { project } = await this.#ask('POST', '/projects', { project: { name, domain_id: 'default' } })
    this.#made.push(`/projects/${project.id}`)
    return project.id
  }

  async newRole(name: string): Promise<void> {
    const { role } = await this.#ask('POST', '/roles', { role: { name } })
    this.#made.push(`/roles/${role.id}`)
  }

  async newUser(name: string, project: string, role: string): Promise<Scoped> {
    const password = randomUUID()
    const { user } = await this.#ask('POST', '/users', { user: { name, password, domain_id: 'default' } })
    this.#made.push(`/users/${user.id}`)
    await this.#ask('PUT', `/projects/${project}/users/${user.id}/roles/${await this.#roleId(role)}`)
    return { id: user.id, password, project }
  }

  tokenFor({ id, password, project }: Scoped): Promise<Token> {
    const identity = { methods: ['password'], password: { user: { id, password } } }
    return this.#token({ identity, scope: { project: { id: project } } })
  }

  /** The administrator's token by way of somebody's trust. */
  tokenByTrust(id: string): Promise<Token> {
    return this.#token({ ...this.#admin, scope: { 'OS-TRUST:trust': { id } } })
  }

  async revoke(token: string): Promise<void> {
    await this.#ask('DELETE', '/auth/tokens', undefined, { 'x-subject-token': token })
  }

  /** A trust of a member's to the administrator; it may end at a moment. */
  async newTrust(trustor: Scoped, project: string, endsAt?: number): Promise<string> {
    const { token } = await this.tokenFor(trustor)
    const { trust } = await this.#ask(
      'POST',
      '/OS-TRUST/trusts',
      {
        trust: {
          ...{ trustor_user_id: trustor.id, trustee_user_id: (await this.#administrator()).userId },
          ...{ project_id: project, impersonation: true, roles: [{ name: 'member' }] },
          ...(endsAt !== undefined && { expires_at: new Date(endsAt).toISOString() }),
        },
      },
      { 'x-auth-token': token },
    )
    return trust.id
  }

  async removeTrust(trustor: Scoped, id: string): Promise<void> {
    const { token } = await this.tokenFor(trustor)
    await this.#ask('DELETE', `/OS-TRUST/trusts/${id}`, undefined, { 'x-auth-token': token })
  }

  /** The IDs of the trusts that somebody gave, and that have not run out. */
  async trustsOf({ id }: Scoped): Promise<readonly string[]> {
    const path = `/OS-TRUST/trusts?trustor_user_id=${id}`
    const { trusts } = await this.#ask<{ trusts: readonly Trust[] }>('GET', path)
    const lasting = trusts.filter(({ expires_at: end }) => end === null || Date.parse(end) > Date.now())
    return lasting.map((trust) => trust.id)
  }

  /** Takes all away that was made, the latest first. */
  async removeAll(): Promise<void> {
    for (const path of this.#made.toReversed()) {
      if (path.startsWith('/domains/')) await this.#ask('PATCH', path, { domain: { enabled: false } })
      await this.#ask('DELETE', path)
    }
  }

  async #administrator(): Promise<Token> {
    this.#own ??= await this.#token(this.#admin)
    return this.#own
  }

  async #roleId(name: string): Promise<string> {
    const known = this.#roles.get(name)
    if (known !== undefined) return known
    const { roles } = await this.#ask<{ roles: readonly Identified[] }>('GET', `/roles?name=${name}`)
    const id = roles[0]?.id ?? ''
    this.#roles.set(name, id)
    return id
  }

  async #token(auth: object): Promise<Token> {
    const response = await this.#send('POST', '/auth/tokens', { auth })
    const { token } = JSON.parse(await response.text())
    return { token: response.headers.get('x-subject-token') ?? '', userId: token.user.id }
  }

  /** What is asked answers; whoever asks knows what that is. */
  async #ask<T = Made>(method: string, path: string, body?: object, headers: Headers = {}): Promise<T> {
    const { token } = await this.#administrator()
    const response = await this.#send(method, path, body, { 'x-auth-token': token, ...headers })
    const text = await response.text()
    return (text === '' ? {} : JSON.parse(text)) as T
  }

  async #send(method: string, path: string, body?: object, headers: Headers = {}) {
    const response = await fetch(this.#url + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response
  }
}

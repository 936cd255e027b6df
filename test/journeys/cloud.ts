import type { Variables } from './openstack.ts'

/** A cloud asked directly over its APIs, as one user: what is really there. */
export class Cloud {
  readonly token: string
  readonly projectId: string
  readonly #catalog: ReadonlyMap<string, string>

  private constructor(token: string, projectId: string, catalog: ReadonlyMap<string, string>) {
    this.token = token
    this.projectId = projectId
    this.#catalog = catalog
  }

  static async open(variables: Variables): Promise<Cloud> {
    const {
      OS_AUTH_URL = '',
      OS_USERNAME: name,
      OS_PASSWORD: password,
      OS_PROJECT_NAME: project,
      OS_REGION_NAME: region,
    } = variables
    const domain = { name: 'Default' }
    const response = await fetch(`${OS_AUTH_URL}/auth/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        auth: {
          identity: { methods: ['password'], password: { user: { name, password, domain } } },
          scope: { project: { name: project, domain } },
        },
      }),
    })
    const { token } = (await response.json()) as { token: Token }
    const urls = token.catalog.map(({ type, endpoints }) => {
      const found = endpoints.find(
        (one) => one.interface === 'public' && (region === undefined || one.region === region),
      )
      return [type, found?.url ?? ''] as const
    })
    return new Cloud(response.headers.get('x-subject-token') ?? '', token.project.id, new Map(urls))
  }

  /** Whether the catalog has a service. */
  offers(type: string): boolean {
    return this.#catalog.has(type)
  }

  /** What is at a path of a service, as JSON. */
  async get<T>(type: string, path: string, headers: Readonly<Record<string, string>> = {}): Promise<T> {
    const url = `${this.#catalog.get(type) ?? ''}${path}`
    const response = await fetch(url, { headers: { 'x-auth-token': this.token, ...headers } })
    if (!response.ok) throw new Error(`GET ${url}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }

  /** Puts a JSON body at a path of a service. */
  async put(type: string, path: string, body: object): Promise<void> {
    await this.ask(type, path, { method: 'PUT', content: JSON.stringify(body), as: 'application/json' })
  }

  /** Has something done at a path of a service. */
  async ask(type: string, path: string, { method, content, as }: Asking): Promise<void> {
    const url = `${this.#catalog.get(type) ?? ''}${path}`
    const headers = { 'x-auth-token': this.token, ...(as !== undefined && { 'content-type': as }) }
    const response = await fetch(url, { method, headers, ...(content !== undefined && { body: content }) })
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`)
  }

  /** Everything that the project has, as `kind ID`, so that two moments can be compared. */
  async everything(): Promise<readonly string[]> {
    const version = this.#networkVersion
    const own = `project_id=${this.projectId}`
    const kinds: readonly (readonly [type: string, path: string, key: string])[] = [
      ...['networks', 'subnets', 'ports', 'routers', 'floatingips'].map(
        (key) => ['network', `${version}/${key}?${own}`, key] as const,
      ),
      ['network', `${version}/security-groups?${own}`, 'security_groups'],
      ['compute', '/servers', 'servers'],
      ['compute', '/os-server-groups', 'server_groups'],
      ['compute', '/os-keypairs', 'keypairs'],
      ['volumev3', '/volumes', 'volumes'],
    ]
    const lists = await Promise.all(
      kinds.map(async ([type, path, key]) => {
        const list =
          (
            await this.get<Record<string, readonly { id?: string; keypair?: { name: string } }[]>>(type, path)
          )[key] ?? []
        return list.map(({ id, keypair }) => `${key} ${id ?? keypair?.name}`)
      }),
    )
    return lists.flat().sort()
  }

  get #networkVersion(): string {
    return (this.#catalog.get('network') ?? '').includes('/v2.0') ? '' : '/v2.0'
  }

  /** How many objects of each kind there are whose name begins so. Nova lists a server that is gone for a moment longer. */
  async census(prefix: string): Promise<Readonly<Record<string, number>>> {
    const version = this.#networkVersion
    const kinds: readonly (readonly [type: string, path: string, key: string])[] = [
      ['network', `${version}/networks`, 'networks'],
      ['network', `${version}/subnets`, 'subnets'],
      ['network', `${version}/ports`, 'ports'],
      ['compute', '/servers/detail?limit=1000', 'servers'],
      ['volumev3', '/volumes', 'volumes'],
    ]
    const counts = await Promise.all(
      kinds.map(async ([type, path, key]) => {
        const list = (await this.get<Record<string, readonly Listed[]>>(type, path))[key] ?? []
        const there = list.filter(({ name, status }) => name.startsWith(prefix) && status !== 'DELETED')
        return [key, there.length] as const
      }),
    )
    return Object.fromEntries(counts)
  }
}

interface Asking {
  readonly method: string
  readonly content?: string
  /** The media type of the content. */
  readonly as?: string
}

interface Listed {
  readonly name: string
  readonly status?: string
}

interface Token {
  readonly project: { readonly id: string }
  readonly catalog: readonly {
    readonly type: string
    readonly endpoints: readonly {
      readonly interface: string
      readonly region: string
      readonly url: string
    }[]
  }[]
}

import { setTimeout as pause } from 'node:timers/promises'

type Json = Readonly<Record<string, unknown>>

/** A stack as the service shows it. */
export interface ShownStack {
  readonly id: string
  readonly stack_name: string
  readonly stack_status: string
  readonly stack_status_reason: string
}

/** A user of an orchestration service, over its REST API. */
export interface User {
  create(name: string, body: Json): Promise<string>
  update(name: string, id: string, body: Json): Promise<void>
  delete(name: string, id: string): Promise<void>
  /** Looks every 25 ms until the stack is so. Throws if it failed. */
  settled(name: string, id: string, wanted: string): Promise<void>
  /** The stacks there are, or those of a query. */
  list(query?: string): Promise<readonly ShownStack[]>
  /** Waits until the service answers what has to go through an engine. */
  isServed(): Promise<void>
}

/** `address`: up to and including `/v1`. The variables are the OS_* ones of the user. */
export async function openUser(
  address: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<User> {
  const { token, projectId } = await authenticate(variables)
  const base = `${address.replace(/\/$/, '')}/${projectId}`

  async function call(method: string, path: string, body?: Json): Promise<Json | undefined> {
    const response = await fetch(base + path, {
      method,
      headers: { 'X-Auth-Token': token, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (response.status === 404 && method === 'GET') return undefined
    if (!response.ok) throw new Error(`${method} ${base}${path}: ${response.status} ${text.slice(0, 300)}`)
    return text.startsWith('{') ? (JSON.parse(text) as Json) : undefined
  }

  const list = async (query = '') =>
    ((await call('GET', `/stacks?${query}`))?.stacks ?? []) as readonly ShownStack[]

  return {
    list,
    async create(stack_name, body) {
      const answer = await call('POST', '/stacks', { stack_name, ...body })
      return (answer?.stack as ShownStack | undefined)?.id ?? ''
    },
    update: async (name, id, body) => void (await call('PUT', `/stacks/${name}/${id}`, body)),
    delete: async (name, id) => void (await call('DELETE', `/stacks/${name}/${id}`)),

    async settled(name, id, wanted) {
      for (const end = performance.now() + 3600_000; performance.now() < end; await pause(25)) {
        const shown = (await call('GET', `/stacks/${name}/${id}`))?.stack as ShownStack | undefined
        const status = shown?.stack_status ?? 'DELETE_COMPLETE'
        if (status === wanted) return
        if (status.endsWith('_FAILED')) throw new Error(`${name} is ${status}: ${shown?.stack_status_reason}`)
      }
      throw new Error(`${name} is not ${wanted} within an hour`)
    },

    async isServed() {
      for (let i = 0; i < 300; i++) {
        if (
          await list().then(
            () => true,
            () => false,
          )
        )
          return
        await pause(100)
      }
      await list()
    },
  }
}

/** A token for the user of these OS_* variables, and the project that it is for. */
export async function authenticate(variables: Readonly<Record<string, string | undefined>>) {
  const { OS_AUTH_URL = '', OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME } = variables
  const domain = (name: string | undefined) => ({ name: name ?? 'Default' })
  const user = {
    name: OS_USERNAME,
    password: OS_PASSWORD,
    domain: domain(variables.OS_USER_DOMAIN_NAME),
  }
  const project = { name: OS_PROJECT_NAME, domain: domain(variables.OS_PROJECT_DOMAIN_NAME) }
  const response = await fetch(`${OS_AUTH_URL.replace(/\/$/, '')}/auth/tokens?nocatalog`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      auth: { identity: { methods: ['password'], password: { user } }, scope: { project } },
    }),
  })
  if (!response.ok) throw new Error(`Keystone: ${response.status} ${await response.text()}`)
  const { token } = (await response.json()) as { readonly token: { readonly project: { id: string } } }
  return { token: response.headers.get('x-subject-token') ?? '', projectId: token.project.id }
}

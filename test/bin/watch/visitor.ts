/** Somebody with a token, who asks as any program would. */
export interface Visitor {
  /** Asks below the endpoint and the visitor's project; answers with what came, and its status. */
  ask(method: string, path: string, more?: Sent): Promise<{ readonly status: number; readonly body: Stack }>
}

interface Sent {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: object
}

interface Stack {
  readonly stack: { readonly stack_status: string }
}

/** Gets a token of a cloud, in which `demo` has a project `demo`. */
export async function visitor(authUrl: string, password: string, endpoint: string): Promise<Visitor> {
  const domain = { id: 'default' }
  const user = { name: 'demo', domain, password }
  const identity = { methods: ['password'], password: { user } }
  const answer = await fetch(`${authUrl.replace(/\/v3\/?$/, '')}/v3/auth/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ auth: { identity, scope: { project: { name: 'demo', domain } } } }),
  })
  const { token } = (await answer.json()) as { token: { project: { id: string } } }
  const id = answer.headers.get('x-subject-token') ?? ''
  return {
    async ask(method, path, { headers = {}, body } = {}) {
      const reply = await fetch(`${endpoint}/${token.project.id}${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'x-auth-token': id, ...headers },
        ...(body && { body: JSON.stringify(body) }),
      })
      return { status: reply.status, body: (await reply.json()) as Stack }
    },
  }
}

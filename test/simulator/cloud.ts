import assert from 'node:assert/strict'
import type { Clock } from '../../src/base/clock.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/index.ts'

/** A clock that stands still until it is told to go on. */
export interface HandClock extends Clock {
  advance(ms: number): void
}

export function handClock(start = Date.parse('2026-01-31T09:30:00Z')): HandClock {
  let now = start
  let sleepers: { readonly due: number; readonly wake: () => void }[] = []
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
        sleepers.push({ due: now + ms, wake: resolve })
      }),
    advance(ms) {
      now += ms
      const awake = sleepers.filter((each) => each.due <= now)
      sleepers = sleepers.filter((each) => each.due > now)
      for (const each of awake) each.wake()
    },
  }
}

/** The answer to a request; the body is whatever the test knows it to be. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of every shape
  readonly body: any
  readonly text: string
}

/** Somebody with a token. */
export interface Person {
  readonly token: string
  readonly userId: string
  readonly projectId: string
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  get(path: string, headers?: Record<string, string>): Promise<Reply>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  patch(path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
  delete(path: string): Promise<Reply>
  /** The object that a creation answers; fails the test if it was refused. */
  make(path: string, body: Record<string, unknown>): Promise<Reply['body']>
}

export interface Cloud extends AsyncDisposable {
  readonly simulator: Simulator
  readonly clock: HandClock
  readonly demo: Person
  readonly admin: Person
  as(auth: object): Promise<Person>
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
}

/** A simulated cloud on a clock that stands still, with the two people that every one has. */
export async function openCloud(options: SimulatorOptions = {}): Promise<Cloud> {
  const clock = handClock()
  const simulator = await startSimulator({ clock, seed: 1, ...options })
  const ask = asker(simulator.url)
  const as = async (auth: object) => person(ask, await ask('POST', '/identity/v3/auth/tokens', { auth }))
  return {
    simulator,
    clock,
    demo: await as(byPassword('demo', undefined, options.password)),
    admin: await as(byPassword('admin', undefined, options.password)),
    as,
    ask,
    [Symbol.asyncDispose]: () => simulator.close(),
  }
}

/** The body by which somebody of the default domain proves who they are. */
export function byPassword(name: string, scope?: unknown, password = 'hearth'): object {
  const user = { name, domain: { id: 'default' }, password }
  return {
    identity: { methods: ['password'], password: { user } },
    ...(scope === undefined ? {} : { scope }),
  }
}

function asker(url: string): Cloud['ask'] {
  return async (method, path, body, headers = {}) => {
    const raw = typeof body === 'string' || body === undefined
    const response = await fetch(url + path, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, body: parsed(text) }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function person(ask: Cloud['ask'], reply: Reply): Person {
  assert.equal(reply.status, 201, reply.text)
  const token = reply.headers.get('x-subject-token') ?? ''
  const own: Person['ask'] = (method, path, body, headers) =>
    ask(method, path, body, { 'x-auth-token': token, ...latest(path), ...headers })
  return {
    token,
    userId: reply.body.token.user.id,
    projectId: reply.body.token.project?.id ?? '',
    ask: own,
    get: (path, headers) => own('GET', path, undefined, headers),
    post: (path, body, headers) => own('POST', path, body, headers),
    put: (path, body, headers) => own('PUT', path, body, headers),
    patch: (path, body, headers) => own('PATCH', path, body, headers),
    delete: (path) => own('DELETE', path),
    async make(path, body) {
      const { status, text, body: answer } = await own('POST', path, body)
      assert.ok(status < 300, `${path} ${status} ${text}`)
      return Object.values(answer)[0]
    },
  }
}

/** Nova and Cinder are asked for their newest microversion, unless a test says otherwise. */
function latest(path: string): Record<string, string> {
  if (path.startsWith('/compute')) return { 'openstack-api-version': 'compute 2.93' }
  return path.startsWith('/volume') ? { 'openstack-api-version': 'volume 3.70' } : {}
}

/** A network of demo's with one subnet. */
export async function makeNetwork({ demo }: Cloud, cidr = '10.1.0.0/24', name = 'inside') {
  const network = await demo.make('/network/v2.0/networks', { network: { name } })
  const subnet = await demo.make('/network/v2.0/subnets', {
    subnet: { network_id: network.id, ip_version: 4, cidr },
  })
  return { network, subnet }
}

/** What a server needs besides its networks. */
export async function basics({ demo }: Cloud) {
  const { body: flavorList } = await demo.get('/compute/v2.1/flavors')
  const { body: imageList } = await demo.get('/image/v2/images?name=cirros')
  const flavors: Record<string, string> = {}
  for (const { name, id } of flavorList.flavors) flavors[name] = id
  return {
    tiny: String(flavors['m1.tiny']),
    small: String(flavors['m1.small']),
    image: String(imageList.images[0].id),
  }
}

/** A server of demo's that runs. */
export async function makeServer(cloud: Cloud, fields: Record<string, unknown> = {}) {
  const { tiny, image } = await basics(cloud)
  const server = await cloud.demo.make('/compute/v2.1/servers', {
    server: { name: 'one', flavorRef: tiny, imageRef: image, networks: 'none', ...fields },
  })
  cloud.clock.advance(5000)
  return server
}

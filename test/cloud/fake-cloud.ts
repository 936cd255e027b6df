import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../src/base/clock.ts'
import {
  type CloudSession,
  type Connection,
  connect,
  type Transport,
  type TransportOptions,
  transport,
} from '../../src/cloud/index.ts'

/** One request as the fake cloud got it. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly token: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

/** What to answer: a status with a body and headers, or nothing but a broken connection. */
export type Answer = { status?: number; body?: unknown; headers?: Record<string, string> } | 'break' | 'never'
export type Answering = (asked: Asked) => Answer | Promise<Answer>

export interface FakeCloud {
  readonly url: string
  readonly asked: Asked[]
  /** Answers to requests other than for tokens, whose path begins so. */
  on(path: string, ...answers: (Answer | Answering)[]): void
  /** What is asked of all but Keystone's tokens, as `METHOD /path`. */
  calls(): string[]
  /** How many tokens were given out. */
  tokens(): number
  /** How long tokens last from now on, and the catalog and the rest that they carry. */
  token: { seconds: number; facts: Record<string, unknown> }
  close(): Promise<void>
}

/** A server that gives out tokens `t1`, `t2`, … to anyone and answers the rest as it is told, in order, the last for ever. */
export async function fakeCloud(clock: Pick<Clock, 'now'>): Promise<FakeCloud> {
  const asked: Asked[] = []
  const answers = new Map<string, (Answer | Answering)[]>()
  let given = 0
  const server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const one = await read(request)
    asked.push(one)
    const answer = await answerTo(one)
    if (answer === 'never') return
    if (answer === 'break') return void request.socket.destroy()
    const isText = typeof answer.body === 'string'
    response.writeHead(answer.status ?? 200, {
      'content-type': isText ? 'text/html' : 'application/json',
      ...answer.headers,
    })
    response.end(answer.body === undefined ? undefined : isText ? answer.body : JSON.stringify(answer.body))
  }

  async function answerTo(one: Asked): Promise<Answer> {
    const key = [...answers.keys()]
      .sort((a, b) => b.length - a.length)
      .find((path) => one.path.startsWith(path))
    const queue = key === undefined ? [] : (answers.get(key) ?? [])
    const next = queue.length > 1 ? queue.shift() : queue[0]
    if (next !== undefined) return typeof next === 'function' ? next(one) : next
    if (one.path !== '/v3/auth/tokens') return { status: 404, body: { error: { message: 'no such thing' } } }
    return grant(one)
  }

  function grant(one: Asked): Answer {
    if (one.method === 'POST') given++
    const id = one.method === 'POST' ? `t${given}` : String(one.headers['x-subject-token'])
    const body = { token: { ...tokenFacts(url, clock.now(), cloud.token.seconds), ...cloud.token.facts } }
    return { status: one.method === 'POST' ? 201 : 200, headers: { 'x-subject-token': id }, body }
  }

  const cloud: FakeCloud = {
    url,
    asked,
    on: (path, ...told) => void answers.set(path, told),
    calls: () =>
      asked.filter((one) => one.path !== '/v3/auth/tokens').map((one) => `${one.method} ${one.path}`),
    tokens: () => given,
    token: { seconds: 3600, facts: {} },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return cloud
}

function tokenFacts(url: string, now: number, seconds: number): Record<string, unknown> {
  const endpoints = (path: string) => [
    { interface: 'public', region_id: 'here', url: `${url}${path}` },
    { interface: 'internal', region_id: 'here', url: `${url}/internal${path}` },
  ]
  return {
    issued_at: new Date(now).toISOString(),
    expires_at: new Date(now + seconds * 1000).toISOString(),
    methods: ['password'],
    user: { id: 'u1', name: 'ann', domain: { id: 'default', name: 'Default' } },
    project: { id: 'p1', name: 'demo', domain: { id: 'default', name: 'Default' } },
    roles: [{ id: 'r1', name: 'member' }],
    catalog: [
      { type: 'network', name: 'neutron', endpoints: endpoints('/network') },
      { type: 'compute', name: 'nova', endpoints: endpoints('/compute/v2.1') },
      { type: 'volumev3', name: 'cinder', endpoints: endpoints('/volume/v3/p1') },
      { type: 'identity', name: 'keystone', endpoints: endpoints('') },
    ],
  }
}

async function read(request: IncomingMessage): Promise<Asked> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString()
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake')
  const token = request.headers['x-auth-token']
  return {
    method: request.method ?? '',
    path: pathname,
    query: searchParams,
    token: typeof token === 'string' ? token : undefined,
    headers: request.headers,
    body: text !== '' && request.headers['content-type'] === 'application/json' ? JSON.parse(text) : text,
  }
}

/** A clock that is set by hand; whoever sleeps on it sleeps no time at all, and it goes forward. */
export interface HandClock extends Clock {
  time: number
  readonly slept: number[]
}

export function handClock(): HandClock {
  const clock: HandClock = {
    time: Date.parse('2026-03-01T12:00:00Z'),
    slept: [],
    now: () => clock.time,
    async sleep(ms, signal) {
      signal?.throwIfAborted()
      clock.slept.push(ms)
      clock.time += ms
    },
  }
  return clock
}

/** All that a test of a session needs. */
export interface Stage {
  readonly cloud: FakeCloud
  readonly clock: HandClock
  readonly transport: Transport
  session(more?: Partial<Connection>): Promise<CloudSession>
  [Symbol.asyncDispose](): Promise<void>
}

export async function stage(options: TransportOptions = {}): Promise<Stage> {
  const clock = handClock()
  const cloud = await fakeCloud(clock)
  const opened = transport({ clock, random: () => 1, ...options })
  return {
    cloud,
    clock,
    transport: opened,
    session: (more = {}) =>
      connect({
        transport: opened,
        authUrl: cloud.url,
        credential: {
          by: 'password',
          user: { name: 'ann' },
          password: 'pässword',
          scope: { project: { name: 'demo' } },
        },
        ...more,
      }),
    async [Symbol.asyncDispose]() {
      await Promise.all([opened.close(), cloud.close()])
    },
  }
}

import type { FastifyInstance } from 'fastify'
import { type ApiOptions, createApi } from '../../src/api/index.ts'
import type { Clock } from '../../src/base/clock.ts'
import type { Log } from '../../src/base/log.ts'
import type { EngineCalls } from '../../src/contract/engine.ts'
import { Forbidden, Unauthorized } from '../../src/contract/problems.ts'
import type {
  Caller,
  EventView,
  ResourceView,
  SnapshotView,
  StackIdentity,
  StackSummary,
  StackView,
} from '../../src/contract/views.ts'

export const caller: Caller = {
  userId: 'u1',
  userName: 'ada',
  projectId: 'p1',
  projectName: 'demo',
  roles: ['member'],
  isAdmin: false,
}

export const admin: Caller = { ...caller, userId: 'u0', userName: 'root', projectId: 'p0', isAdmin: true }

export const identity: StackIdentity = { projectId: 'p1', name: 'web', id: 's1' }

const created = Date.UTC(2026, 0, 31, 9, 30, 0)

export const summary: StackSummary = {
  identity,
  description: '',
  action: 'CREATE',
  status: 'COMPLETE',
  statusReason: 'Stack CREATE completed successfully',
  createdAt: created,
  updatedAt: null,
  deletedAt: null,
  owner: 'ada',
  parent: null,
  stackUserProjectId: null,
  tags: [],
}

export const view: StackView = {
  ...summary,
  parameters: { 'OS::stack_id': 's1', size: '3' },
  outputs: [{ output_key: 'url', description: 'No description given', output_value: 'http://a/' }],
  disableRollback: true,
  timeoutMins: null,
  templateDescription: 'No description',
}

export const resource: ResourceView = {
  stack: identity,
  name: 'server',
  physicalId: 'nova-1',
  type: 'OS::Nova::Server',
  action: 'CREATE',
  status: 'COMPLETE',
  statusReason: 'state changed',
  createdAt: created,
  updatedAt: created + 1000,
  requiredBy: ['ip'],
}

export const snapshot: SnapshotView = {
  id: 'n1',
  name: 'friday',
  action: 'CREATE',
  status: 'COMPLETE',
  statusReason: 'Stack SNAPSHOT completed successfully',
  createdAt: created,
  data: { name: 'web', resources: {} },
}

export const event: EventView = {
  stack: identity,
  id: 'e1',
  time: created,
  resourceName: 'server',
  physicalId: 'nova-1',
  action: 'CREATE',
  status: 'COMPLETE',
  statusReason: 'state changed',
  resourceType: 'OS::Nova::Server',
}

/** One call that reached the engine. */
export interface Asked {
  readonly call: string
  readonly caller: Caller
  readonly ask: unknown
}

export interface Bench {
  readonly app: FastifyInstance
  readonly asked: Asked[]
  readonly logged: { readonly level: string; readonly fields: object; readonly message: string }[]
}

interface BenchParts {
  readonly engine?: Partial<EngineCalls>
  readonly options?: ApiOptions
  readonly clock?: Clock
  /** Rules nobody passes. */
  readonly forbidden?: readonly string[]
}

/** A server over an engine that answers as told and fails on everything else. Tokens are `member` and `admin`. */
export function bench({ engine = {}, options, clock, forbidden = [] }: BenchParts = {}): Bench {
  const asked: Asked[] = []
  const logged: { level: string; fields: object; message: string }[] = []
  const note = (level: string) => (fields: object, message: string) =>
    void logged.push({ level, fields, message })
  const log: Log = { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') }
  const app = createApi({
    engine: recording(engine, asked),
    identity: {
      async authenticate(token) {
        if (token === 'member') return caller
        if (token === 'admin') return admin
        throw Unauthorized({})
      },
    },
    policy: {
      check(rule) {
        if (forbidden.includes(rule)) throw Forbidden({ action: rule })
      },
    },
    ...(options && { options }),
    ...(clock && { clock }),
    log,
  })
  return { app, asked, logged }
}

function recording(engine: Partial<EngineCalls>, asked: Asked[]): EngineCalls {
  return new Proxy({} as EngineCalls, {
    get: (_none, call: keyof EngineCalls) => async (who: Caller, ask: never) => {
      asked.push({ call, caller: who, ask })
      const known = engine[call]
      if (!known) throw new Error(`the test's engine does not answer ${call}`)
      return known(who, ask)
    },
  })
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS'

interface Extras {
  readonly body?: unknown
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Asks in the name of the member of project `p1`, unless another token is given. */
export async function ask(
  { app }: Bench,
  address: `${Method} ${string}`,
  { body, token = 'member', headers }: Extras = {},
) {
  const [method, url] = address.split(' ', 2) as [Method, string]
  const reply = await app.inject({
    method,
    url,
    headers: { host: 'api.test:8004', ...(token && { 'x-auth-token': token }), ...headers },
    ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const { statusCode: status, payload: text } = reply
  return { status, text, headers: reply.headers, json: () => JSON.parse(text) }
}

/** Where the stack `web` is. */
export const at = '/v1/p1/stacks/web/s1'

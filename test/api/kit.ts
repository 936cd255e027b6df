import assert from 'node:assert/strict'
import { afterEach } from 'node:test'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type ApiOptions, createApi, type Identity, type Policy } from '../../src/api/index.ts'
import type { Clock } from '../../src/base/clock.ts'
import type { JsonMap } from '../../src/base/json.ts'
import type { Log } from '../../src/base/log.ts'
import type { EngineCalls } from '../../src/contract/engine.ts'
import { Forbidden, Unauthorized } from '../../src/contract/problems.ts'
import type {
  Caller,
  EventView,
  ResourceView,
  SnapshotView,
  SoftwareConfigView,
  SoftwareDeploymentView,
  StackIdentity,
  StackSummary,
  StackView,
} from '../../src/contract/views.ts'
import { undescribed } from './described.ts'

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

export const softwareConfig: SoftwareConfigView = {
  ...{ id: 'c1', projectId: 'p1', name: 'install', group: 'script', createdAt: created },
  ...{ config: '#!/bin/sh', inputs: [{ name: 'a', type: 'String' }], outputs: [], options: {} },
}

export const softwareDeployment: SoftwareDeploymentView = {
  ...{ id: 'd1', serverId: 's', configId: 'c1', inputValues: {}, outputValues: null, action: 'CREATE' },
  ...{ status: 'IN_PROGRESS', statusReason: null, createdAt: created, updatedAt: null },
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

/** What a template asks for that asks for nothing. */
export const validated = { Description: 'x', Parameters: {}, Environment: {} }

/** A type that has nothing. */
export const shownType = {
  resource_type: 'OS::A',
  properties: {},
  attributes: {},
  support_status: { status: 'SUPPORTED', message: null, version: null, previous_status: null },
}

/** An engine that has one configuration and one deployment. */
export const softwareCalls: Partial<EngineCalls> = {
  createSoftwareConfig: async () => softwareConfig,
  showSoftwareConfig: async () => softwareConfig,
  listSoftwareConfigs: async () => [softwareConfig],
  deleteSoftwareConfig: async () => {},
  createSoftwareDeployment: async () => softwareDeployment,
  showSoftwareDeployment: async () => softwareDeployment,
  listSoftwareDeployments: async () => [softwareDeployment],
  updateSoftwareDeployment: async () => softwareDeployment,
  deleteSoftwareDeployment: async () => {},
  showServerConfigs: async () => [softwareConfig],
}

/** An engine that does whatever it is told, and has one of everything. */
export const willing: Partial<EngineCalls> = {
  lookupStack: async () => identity,
  createStack: async () => identity,
  previewStack: async () => ({ stack: view, resources: [resource] }),
  updateStack: async () => {},
  previewUpdate: async () => [],
  deleteStack: async () => {},
  exportStack: async () => ({}),
  abandonStack: async () => ({}),
  createSnapshot: async () => snapshot,
  listSnapshots: async () => [snapshot],
  showSnapshot: async () => snapshot,
  deleteSnapshot: async () => {},
  restoreSnapshot: async () => {},
  showStack: async () => view,
  listStacks: async () => [summary],
  countStacks: async () => 1,
  showTemplate: async () => ({}),
  showEnvironment: async () => ({}),
  showFiles: async () => ({}),
  listOutputs: async () => [],
  showOutput: async () => ({ output_key: 'a', description: '' }),
  listResources: async () => [resource],
  showResource: async () => resource,
  showMetadata: async () => ({}),
  signalResource: async () => {},
  markUnhealthy: async () => {},
  suspendStack: async () => {},
  resumeStack: async () => {},
  checkStack: async () => {},
  cancelUpdate: async () => {},
  listEvents: async () => [event],
  showEvent: async () => event,
  validateTemplate: async () => validated,
  listResourceTypes: async () => [],
  showResourceType: async () => shownType,
  resourceTypeTemplate: async () => ({}),
  listTemplateVersions: async () => [],
  listTemplateFunctions: async () => [],
  ...softwareCalls,
  buildInfo: async () => ({ revision: '' }),
  listServices: async () => [],
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
  /** What whoever audits was told. */
  readonly audited: JsonMap[]
  readonly logged: { readonly level: string; readonly fields: object; readonly message: string }[]
}

interface BenchParts {
  readonly engine?: Partial<EngineCalls>
  readonly options?: ApiOptions
  readonly clock?: Clock
  /** Who tells callers apart, in place of two that are known by their tokens. */
  readonly identity?: Identity
  /** Who says what they may do, in place of somebody who lets them do everything. */
  readonly policy?: Policy
  /** Rules nobody passes. */
  readonly forbidden?: readonly string[]
}

/** A server over an engine that answers as told and fails on everything else. Tokens are `member` and `admin`. */
export function bench({ engine = {}, options, clock, forbidden = [], ...gates }: BenchParts = {}): Bench {
  const asked: Asked[] = []
  const audited: JsonMap[] = []
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
    ...gates,
    log,
    audit: (event) => void audited.push(event),
  })
  app.addHook('onSend', async (request, reply, payload: unknown) => compare(request, reply, payload))
  return { app, asked, audited, logged }
}

/** Answers that are not as the document of the API describes them: a test with any fails. */
const undescribedAnswers: string[] = []

afterEach(() => {
  assert.deepEqual(undescribedAnswers.splice(0), [])
})

function compare(
  { method, originalUrl: url, headers: { accept } }: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): void {
  const [mediaType, text] = [reply.getHeader('content-type')?.toString(), String(payload ?? '')]
  const why = undescribed({ method, url, accept, status: reply.statusCode, mediaType, text })
  if (why !== undefined)
    undescribedAnswers.push(`${method} ${url} answers ${reply.statusCode}: ${why}: ${text}`)
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

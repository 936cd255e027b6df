import type { FastifyReply, FastifyRequest } from 'fastify'
import { uuid } from '../base/ids.ts'
import type { JsonMap } from '../base/json.ts'
import { mask, shortened } from '../base/text.ts'
import { type AnyEndpoint, splitAddress } from '../contract/endpoint.ts'
import { globalId } from './follow.ts'
import type { Server, Settings } from './surroundings.ts'
import { clientAddress } from './visitor.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What is asked for, where it is an endpoint of a project. */
    endpoint?: AnyEndpoint
    /** Whether the request may change something. */
    mayChange?: boolean
  }
}

/** Has whoever audits told of a request when it is answered or given up, if it is one that may change something. */
export function auditWhenOver(
  { audit, settings, clock }: Server,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const { endpoint, mayChange } = request.routeOptions.config
  if (audit === undefined || endpoint === undefined || !mayChange) return
  reply.raw.once('close', () => audit(auditEvent({ endpoint, request, reply, settings, now: clock.now() })))
}

/** Whether a request to an endpoint may change something; previews and validations only look. */
export function changesThings({ address, status, policy }: AnyEndpoint): boolean {
  const onlyLooks = /:(preview|preview_update|preview_update_patch|validate_template)$/.test(policy ?? '')
  return splitAddress(address).method !== 'GET' && status !== 302 && !onlyLooks
}

interface Told {
  readonly endpoint: AnyEndpoint
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly settings: Settings
  readonly now: number
}

/** The event of a request and what came of it. No secret is in it. */
function auditEvent({ endpoint, request, reply, settings, now }: Told): JsonMap {
  const time = timeOf(now)
  const isAnswered = reply.raw.writableEnded
  const isDone = reply.statusCode < 400
  return {
    typeURI: 'http://schemas.dmtf.org/cloud/audit/1.0/event',
    eventType: 'activity',
    id: uuid(),
    eventTime: time,
    action: actionOf(endpoint, request),
    outcome: isAnswered ? (isDone ? 'success' : 'failure') : 'unknown',
    ...(isAnswered && { reason: { reasonType: 'HTTP', reasonCode: String(reply.statusCode) } }),
    initiator: initiatorOf(request, settings),
    target: targetOf(endpoint, request, reply),
    observer: { id: 'target' },
    reporterchain: [{ role: 'modifier', reporterTime: time, reporter: { id: 'target' } }],
    requestPath: shortened(withoutSecrets(request.originalUrl), 2048),
    tags: [`correlation_id?value=${uuid()}`],
  }
}

/** As pyCADF writes a moment: `2026-01-31T09:30:00.000000+0000`. */
const timeOf = (now: number): string => `${new Date(now).toISOString().slice(0, -1)}000+0000`

function actionOf({ address }: AnyEndpoint, { act }: FastifyRequest): string {
  const { method, path } = splitAddress(address)
  if (method === 'DELETE') return 'delete'
  if (method !== 'POST') return 'update'
  if (act !== null) return `update/${act}`
  // What was refused before it was read does not say which.
  if (path.endsWith('/actions')) return 'update'
  const [, word] = /\/(signal|restore)$/.exec(path) ?? []
  return word === undefined ? 'create' : `update/${word}`
}

function initiatorOf(request: FastifyRequest, settings: Settings): JsonMap {
  const { caller, headers } = request
  const globalRequestId = globalId(request)
  return {
    typeURI: 'service/security/account/user',
    id: caller?.userId || 'unknown',
    name: caller?.userName || 'unknown',
    credential: { identity_status: caller === null ? 'Invalid' : 'Confirmed' },
    host: {
      address: clientAddress(request, settings),
      agent: shortened(headers['user-agent'] ?? 'unknown', 256),
    },
    project_id: caller?.projectId || 'unknown',
    request_id: request.id,
    ...(globalRequestId !== undefined && { global_request_id: globalRequestId }),
  }
}

/** What it was about: the last that the path names, or of what was made just now its new address. */
function targetOf({ address }: AnyEndpoint, request: FastifyRequest, reply: FastifyReply): JsonMap {
  const params = request.params as Readonly<Record<string, string | undefined>>
  const { path } = splitAddress(address)
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => params[name] ?? 'unknown')
  const location = reply.statusCode === 201 ? reply.getHeader('location') : undefined
  const made = typeof location === 'string' ? location.split('/').at(-1) : undefined
  const id = made ?? names.at(-1) ?? 'unknown'
  return {
    typeURI: `service/orchestration${typeOf(path)}`,
    id: shortened(id, 256),
    name: shortened(params.stack_name ?? id, 256),
  }
}

/** `/v1/{project_id}/stacks/{stack_name}/{stack_id}/snapshots` is `/stacks/stack/snapshots`. */
function typeOf(path: string): string {
  const [, , , ...parts] = path.split('/')
  return parts
    .flatMap((part, i) => {
      if (!part.startsWith('{')) return [`/${part}`]
      const before = parts[i - 1] ?? '{'
      if (before.startsWith('{')) return []
      return [`/${before === 'metadata' ? 'server' : before.replace(/s$/, '')}`]
    })
    .join('')
}

/** Addresses are given away with what opens them in their query. */
function withoutSecrets(url: string): string {
  return url.replaceAll(
    /([?&;][^=&;]*(?:signature|sig|token|password|secret|key|credential|auth)[^=&;]*=)[^&;]*/gi,
    `$1${mask}`,
  )
}

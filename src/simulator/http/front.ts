import { randomUUID } from 'node:crypto'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import type { Clock } from '../../base/clock.ts'
import type { Fault, FaultBook } from '../faults.ts'
import { dressForKeystone } from '../keystone/refusals.ts'
import { callerOf } from '../keystone/tokens.ts'
import type { Answer, Call, Caller, Route } from '../kit/call.ts'
import { badRequest, Refusal, unauthorized } from '../kit/refusal.ts'
import type { Service } from '../kit/service.ts'
import type { World } from '../world/world.ts'
import { versionHeaders, versionOf } from './microversion.ts'

export interface FrontOptions {
  readonly world: World
  readonly clock: Clock
  readonly faults: FaultBook
  readonly services: readonly Service[]
  /** Told of every request: its method and the template of its path. */
  readonly count: (method: string, template: string) => void
}

/** The HTTP server in front of all services; each is below its prefix. */
export function front(options: FrontOptions): FastifyInstance {
  const app = fastify({
    bodyLimit: 64 * 1024 * 1024,
    forceCloseConnections: true,
    exposeHeadRoutes: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  for (const service of options.services) {
    for (const each of service.routes) {
      const url = service.prefix + (each.path === '/' ? '' : each.path)
      if (!comesWithGet(service, each)) {
        app.route({ method: each.method, url, handler: answering(options, service, each) })
      }
    }
  }
  app.setNotFoundHandler((request, reply) => {
    const service = options.services.find((each) => each.prefix !== '' && request.url.startsWith(each.prefix))
    const refusal = new Refusal(404, 'HTTPNotFound', 'The resource could not be found.')
    return send(reply, {
      status: 404,
      body: (service?.dress ?? dressForKeystone)(refusal, request.headers.accept),
    })
  })
  return app
}

/** A HEAD route that fastify makes by itself of the GET route of the same path. */
function comesWithGet({ routes }: Service, { method, path }: Route): boolean {
  return method === 'HEAD' && routes.some((other) => other.path === path && other.method === 'GET')
}

/** Answers the requests of one route: through the faults that are set, the token check and the service's own rules. */
function answering(options: FrontOptions, service: Service, each: Route) {
  const { world, faults, clock } = options
  return async (request: FastifyRequest, reply: FastifyReply) => {
    options.count(request.method, service.prefix + each.path)
    world.catchUp()
    const path = request.url.split('?')[0] ?? ''
    const met = service.name === 'simulator' ? [] : faults.meet(request.method, path)
    for (const { latencyMs } of met) if (latencyMs !== undefined) await clock.sleep(latencyMs)
    const ahead = met.find((fault) => breaks(fault) && fault.when !== 'after')
    if (ahead !== undefined) return fail(reply, service, ahead, request.headers.accept)
    const answer = await attempt(options, service, each, request)
    world.catchUp()
    const behind = met.find((fault) => breaks(fault) && fault.when === 'after')
    return behind === undefined ? send(reply, answer) : fail(reply, service, behind, request.headers.accept)
  }
}

const breaks = (fault: Fault): boolean => fault.status !== undefined || fault.drop === true

function fail(reply: FastifyReply, service: Service, fault: Fault, accept: string | undefined) {
  if (fault.drop) {
    reply.hijack()
    reply.raw.socket?.destroy()
    return reply
  }
  const { status = 500, retryAfterSeconds, message = 'The simulator was told to fail here.' } = fault
  const headers: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
  return send(reply, {
    status,
    headers: { ...headers, ...idHeaders(service, newRequestId()) },
    body: service.dress(new Refusal(status, 'HTTPException', message), accept),
  })
}

const newRequestId = () => `req-${randomUUID()}`

async function attempt(
  { world }: FrontOptions,
  service: Service,
  each: Route,
  request: FastifyRequest,
): Promise<Answer> {
  const requestId = newRequestId()
  let headers = idHeaders(service, requestId)
  try {
    const caller = callerOf(world, String(request.headers['x-auth-token'] ?? ''))
    if (caller === undefined && !each.open) {
      return {
        status: 401,
        headers: { ...headers, 'www-authenticate': `Keystone uri="${world.url}/identity"` },
        body: dressForKeystone(unauthorized()),
      }
    }
    const version = versionOf(service.versions, request.headers)
    headers = { ...headers, ...versionHeaders(service.versions, version) }
    const call = callFrom(request, { world, caller: caller ?? nobody, version, requestId })
    if (caller !== undefined) service.guard?.(call)
    const answer = await each.handle(call)
    return { ...answer, headers: { ...headers, ...answer.headers } }
  } catch (error) {
    return refused(error, headers, (refusal) => service.dress(refusal, request.headers.accept))
  }
}

const nobody: Caller = { token: '', userId: '', projectId: '', domainId: undefined, roles: [], admin: false }

function callFrom(
  request: FastifyRequest,
  known: Pick<Call, 'world' | 'caller' | 'version' | 'requestId'>,
): Call {
  const [, query = ''] = request.url.split(/\?(.*)/s)
  return {
    ...known,
    params: request.params as Record<string, string>,
    query: new URLSearchParams(query),
    headers: request.headers,
    url: request.url,
    body: bodyOf(request),
  }
}

function bodyOf(request: FastifyRequest): unknown {
  const { body } = request
  if (!Buffer.isBuffer(body)) return undefined
  if (request.headers['content-type']?.includes('octet-stream')) return body
  if (body.length === 0) return undefined
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch {
    throw badRequest(
      'The server could not comply with the request since it is either malformed or otherwise incorrect.',
    )
  }
}

function idHeaders(service: Service, requestId: string): Record<string, string> {
  const former: Record<string, string> =
    service.name === 'nova' || service.name === 'cinder' ? { 'x-compute-request-id': requestId } : {}
  return { ...former, 'x-openstack-request-id': requestId }
}

/** A bug of the simulator looks as a bug of the service would, but with its stack for whoever has to mend it. */
function refused(
  error: unknown,
  headers: Record<string, string>,
  dress: (refusal: Refusal) => unknown,
): Answer {
  const known = error instanceof Refusal
  const refusal = known
    ? error
    : new Refusal(500, 'InternalError', error instanceof Error ? String(error.stack) : String(error))
  return { status: refusal.status, headers: { ...headers, ...refusal.headers }, body: dress(refusal) }
}

function send(reply: FastifyReply, { status, headers = {}, body }: Answer) {
  reply.code(status).headers(headers)
  if (body === undefined) return reply.send()
  if (Buffer.isBuffer(body)) return reply.type('application/octet-stream').send(body)
  if (typeof body === 'string')
    return reply
      .type(body.startsWith('<') ? 'text/html; charset=UTF-8' : 'text/plain; charset=UTF-8')
      .send(body)
  return reply.type('application/json').send(JSON.stringify(body))
}

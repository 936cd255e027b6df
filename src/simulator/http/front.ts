import { randomUUID } from 'node:crypto'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import type { Clock } from '../../base/clock.ts'
import type { Fault, FaultBook } from '../faults.ts'
import { dressForKeystone } from '../keystone/refusals.ts'
import { callerOf } from '../keystone/tokens.ts'
import type { Answer, Call, Caller } from '../kit/call.ts'
import { badRequest, Refusal, unauthorized } from '../kit/refusal.ts'
import type { Service } from '../kit/service.ts'
import type { World } from '../world/world.ts'
import { versionHeaders, versionOf } from './microversion.ts'
import { type Found, pathsOf } from './paths.ts'

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
  const app = fastify({ bodyLimit: 64 * 1024 * 1024, forceCloseConnections: true, exposeHeadRoutes: false })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  const services = options.services.map((service) => ({ service, paths: pathsOf(service.routes) }))
  app.all('/*', (request, reply) => {
    const path = request.url.split('?')[0] ?? ''
    const home = services.find(({ service: { prefix } }) => path === prefix || path.startsWith(`${prefix}/`))
    const found = home?.paths.find(request.method, path.slice(home.service.prefix.length))
    if (home === undefined || found === undefined) return refuse(reply, noSuchPath(), home?.service)
    if ('methods' in found) return refuse(reply, noSuchMethod(found.methods), home.service)
    return respond({ ...options, service: home.service, ...found, path }, request, reply)
  })
  return app
}

const noSuchPath = () => new Refusal(404, 'HTTPNotFound', 'The resource could not be found.')

const noSuchMethod = (methods: readonly string[]) =>
  new Refusal(405, 'HTTPMethodNotAllowed', 'The method is not allowed for this resource.', {
    allow: methods.join(', '),
  })

function refuse(reply: FastifyReply, refusal: Refusal, service: Service | undefined) {
  const body = (service?.dress ?? dressForKeystone)(refusal, reply.request.headers.accept)
  return send(reply, { status: refusal.status, headers: refusal.headers, body })
}

/** One request on its way through its service. */
interface Visit extends FrontOptions, Found {
  readonly service: Service
  readonly path: string
}

/** Answers a request: through the faults that are set, the token check and the service's own rules. */
async function respond(visit: Visit, request: FastifyRequest, reply: FastifyReply) {
  const { world, faults, clock, service, route, path } = visit
  visit.count(request.method, service.prefix + route.path)
  world.catchUp()
  const met = service.name === 'simulator' ? [] : faults.meet(request.method, path)
  for (const { latencyMs } of met) if (latencyMs !== undefined) await clock.sleep(latencyMs)
  const ahead = met.find((fault) => breaks(fault) && fault.when !== 'after')
  if (ahead !== undefined) return fail(reply, service, ahead, request.headers.accept)
  const answer = await attempt(visit, request)
  world.catchUp()
  const behind = met.find((fault) => breaks(fault) && fault.when === 'after')
  return behind === undefined ? send(reply, answer) : fail(reply, service, behind, request.headers.accept)
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

async function attempt({ world, service, route, params }: Visit, request: FastifyRequest): Promise<Answer> {
  const requestId = newRequestId()
  let headers = idHeaders(service, requestId)
  try {
    const caller = callerOf(world, String(request.headers['x-auth-token'] ?? ''))
    if (caller === undefined && !route.open) {
      return {
        status: 401,
        headers: { ...headers, 'www-authenticate': `Keystone uri="${world.url}/identity"` },
        body: dressForKeystone(unauthorized()),
      }
    }
    const version = versionOf(service.versions, request.headers)
    headers = { ...headers, ...versionHeaders(service.versions, version) }
    const known = { world, caller: caller ?? nobody, version, requestId, params }
    const call = { ...known, ...partsOf(request, service) }
    if (caller !== undefined) service.guard?.(call)
    const answer = await route.handle(call)
    return { ...answer, headers: { ...headers, ...answer.headers } }
  } catch (error) {
    return refused(error, headers, (refusal) => service.dress(refusal, request.headers.accept))
  }
}

const nobody: Caller = { token: '', userId: '', projectId: '', domainId: undefined, roles: [], admin: false }

function partsOf(
  request: FastifyRequest,
  { takesBytes = false }: Service,
): Pick<Call, 'query' | 'headers' | 'url' | 'body'> {
  const [, query = ''] = request.url.split(/\?(.*)/s)
  return {
    query: new URLSearchParams(query),
    headers: request.headers,
    url: request.url,
    body: takesBytes ? request.body : bodyOf(request),
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
  if (Buffer.isBuffer(body))
    return reply.type(headers['content-type'] ?? 'application/octet-stream').send(body)
  if (typeof body === 'string')
    return reply
      .type(body.startsWith('<') ? 'text/html; charset=UTF-8' : 'text/plain; charset=UTF-8')
      .send(body)
  return reply.type('application/json').send(JSON.stringify(body))
}

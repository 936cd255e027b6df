import { existsSync } from 'node:fs'
import type { Readable } from 'node:stream'
import {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  fastify,
} from 'fastify'
import { systemClock } from '../base/clock.ts'
import { uuid } from '../base/ids.ts'
import { type Log, silent } from '../base/log.ts'
import { unmeasured } from '../base/metrics.ts'
import { untraced } from '../base/tracing.ts'
import { splitAddress } from '../contract/endpoint.ts'
import { openApiDocument } from '../contract/openapi/document.ts'
import { Unauthorized } from '../contract/problems.ts'
import { misc, type VersionsReply } from '../contract/rest/index.ts'
import type { Caller } from '../contract/views.ts'
import { actionRoutes } from './actions.ts'
import { auditWhenOver, changesThings } from './audit.ts'
import { type Collected, collect } from './body.ts'
import { buildInfo } from './build-info.ts'
import { crossOriginHeaders } from './cross-origin.ts'
import { eventRoutes } from './events.ts'
import { refusal } from './faults.ts'
import { follow, globalId, measure } from './follow.ts'
import { lookupRoutes } from './lookup.ts'
import { negotiate } from './negotiate.ts'
import { refuseConnection } from './no-request.ts'
import { type RateLimits, rateLimits } from './rate-limits.ts'
import { resourceTypeRoutes } from './resource-types.ts'
import { resourceRoutes } from './resources.ts'
import type { Route } from './route.ts'
import { baseAddress, refuse, sendJson, serve, tellMethods } from './serve.ts'
import { listServices } from './services.ts'
import { snapshotRoutes } from './snapshots.ts'
import { softwareConfigRoutes } from './software-configs.ts'
import { softwareDeploymentRoutes } from './software-deployments.ts'
import { stackRoutes } from './stacks.ts'
import { stopListening } from './stop-listening.ts'
import { type ApiParts, type Server, type ServerTls, type Settings, withDefaults } from './surroundings.ts'
import { templateRoutes } from './templates.ts'

const routes: readonly Route[] = [
  ...stackRoutes,
  ...lookupRoutes,
  ...snapshotRoutes,
  ...actionRoutes,
  ...resourceRoutes,
  ...eventRoutes,
  ...resourceTypeRoutes,
  ...templateRoutes,
  ...softwareConfigRoutes,
  ...softwareDeploymentRoutes,
  buildInfo,
  listServices,
]

const everyMethod = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/**
 * The REST API as a server: `listen` opens a port, `close` lets requests in flight finish, `inject` asks it without a
 * port.
 */
export function createApi({
  options,
  log = silent,
  meter = unmeasured,
  tracer = untraced,
  ...parts
}: ApiParts): FastifyInstance {
  const closing = new AbortController()
  const server: Server = {
    ...{ ...parts, log, meter, tracer, settings: withDefaults(options) },
    ...{ clock: parts.clock ?? systemClock, closing: closing.signal },
  }
  const { settings } = server
  const app: FastifyInstance = fastify({
    logger: false,
    exposeHeadRoutes: false,
    forceCloseConnections: 'idle',
    // Whoever got through is answered.
    return503OnClosing: false,
    ...listening(settings, parts.tls),
    clientErrorHandler: refuseConnection,
    genReqId: () => `req-${uuid()}`,
    rewriteUrl: ({ url = '/', headers }) => negotiate(url, headers.accept),
    routerOptions: { maxParamLength: 4096 },
    frameworkErrors: (error, request, reply) =>
      refuse(server, error, request as FastifyRequest, reply as FastifyReply),
  })
  app.decorateRequest('caller', null)
  app.decorateRequest('act', null)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (request: FastifyRequest, payload: Readable): Promise<Collected> => {
    const announced = Number(request.headers['content-length'] ?? 0)
    return collect(payload, { announced, limit: settings.maxJsonBodySize })
  })
  app.setErrorHandler((error, request, reply) => refuse(server, error, request, reply))
  app.setNotFoundHandler((request, reply) => refuse(server, refusal(404), request, reply))
  addHooks(app, server)
  app.addHook('preClose', (done) => {
    closing.abort()
    done()
  })
  addOpenRoutes(app, server)
  void app.register(
    (scope, _options, done) => {
      addProjectRoutes(scope, server)
      done()
    },
    { prefix: '/v1' },
  )
  return app
}

/** Tokens of old were long. */
const mostHeaderBytes = 32 * 1024

/** A connection on which nothing happens is longer than any answer takes. */
const idleMs = 300_000

/** How a server listens, and how long it has patience: with a header, with a whole request, and with a connection. */
function listening({ requestTimeoutMs }: Settings, tls: ServerTls | undefined): FastifyServerOptions {
  const headersTimeout = Math.min(20_000, requestTimeoutMs)
  const patience = {
    headersTimeout,
    connectionsCheckingInterval: Math.min(5000, headersTimeout),
    maxHeaderSize: mostHeaderBytes,
  }
  const asksClients = tls?.ca !== undefined
  const secure = {
    ...{ ...tls, requestCert: asksClients, rejectUnauthorized: asksClients },
    handshakeTimeout: headersTimeout,
  }
  return {
    requestTimeout: requestTimeoutMs,
    connectionTimeout: idleMs,
    // The types of a server with TLS and one without have nothing to do with each other; what is used here both have.
    ...((tls ? { https: { ...patience, ...secure } } : { http: patience }) as object),
  }
}

/** What happens around every request, whatever it asks. */
function addHooks(app: FastifyInstance, { settings, log, meter, tracer, leaving }: Server): void {
  app.addHook('onRequest', (request, reply, done) => follow(tracer, request, reply, done))
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-openstack-request-id', request.id)
    if (leaving?.aborted) void reply.header('connection', 'close')
    const headers = crossOriginHeaders(request.headers, settings.crossOrigin)
    if (headers) void reply.headers(headers)
    const onlyAsks =
      request.method === 'OPTIONS' && headers !== undefined && 'access-control-allow-methods' in headers
    if (onlyAsks) void reply.code(200).send()
    else done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    record(log, request, reply)
    measure(meter, request, reply)
    done()
  })
  app.addHook('preClose', () => stopListening(app))
}

/** Why others are to be asked; `undefined`: they need not. */
function whyNotHere({ settings, leaving }: Server): string | undefined {
  if (leaving?.aborted === true) return 'The service is stopping.'
  const { disablingFile: file } = settings
  return file !== undefined && existsSync(file) ? 'DISABLED BY FILE' : undefined
}

/** What anybody may ask: which versions there are, whether the process answers, and what there is to ask. */
function addOpenRoutes(app: FastifyInstance, server: Server): void {
  const { settings } = server
  app.route({
    method: [...everyMethod],
    url: '/',
    handler: (request, reply) => {
      const href = `${baseAddress(request, settings)}/v1/`
      const versions: VersionsReply = {
        versions: [{ id: 'v1.0', status: 'CURRENT', links: [{ rel: 'self', href }] }],
      }
      return sendJson(reply.code(misc.listVersions.status), versions)
    },
  })
  app.route({
    method: ['GET', 'HEAD'],
    url: '/healthcheck',
    handler: (_request, reply) => {
      const why = whyNotHere(server)
      return reply
        .code(why === undefined ? 200 : 503)
        .type('text/plain')
        .send(why ?? 'OK')
    },
  })
  app.route({
    method: ['GET', 'HEAD'],
    url: '/openapi.json',
    handler: (_request, reply) => reply.header('content-type', 'application/json').send(documentText()),
  })
}

let madeDocument: string | undefined

/** The description of the API, which is the same for everybody. */
function documentText(): string {
  madeDocument ??= JSON.stringify(openApiDocument())
  return madeDocument
}

/** All that belongs to one project, for callers with a token. */
function addProjectRoutes(scope: FastifyInstance, server: Server): void {
  const limits = rateLimits(server)
  scope.addHook('onRequest', (request, reply, done) => {
    auditWhenOver(server, request, reply)
    done()
  })
  scope.addHook('onRequest', async (request) => {
    request.caller = await authenticate(server, limits, request)
    limits.ofProject(request, request.caller)
    demandProject(request, request.caller)
  })
  scope.setNotFoundHandler((request, reply) => refuse(server, refusal(404), request, reply))
  const methodsOf = new Map<string, string[]>()
  for (const route of routes) {
    const { method, path } = splitAddress(route.endpoint.address)
    const url = path.slice('/v1'.length).replaceAll(/\{(\w+)\}/g, ':$1')
    scope.route({
      method,
      url,
      config: { endpoint: route.endpoint, mayChange: changesThings(route.endpoint) },
      handler: (request, reply) => serve(server, route, request, reply),
    })
    methodsOf.set(url, [...(methodsOf.get(url) ?? []), method])
  }
  for (const [url, methods] of methodsOf) {
    const others = everyMethod.filter((method) => !methods.includes(method))
    scope.route({
      method: others,
      url,
      handler: (request, reply) => tellMethods(server, methods, request, reply),
    })
  }
}

/** Who asks. */
async function authenticate(
  { identity, settings }: Server,
  limits: RateLimits,
  request: FastifyRequest,
): Promise<Caller> {
  const token = request.headers['x-auth-token'] ?? ''
  try {
    if (typeof token !== 'string' || token === '') throw Unauthorized({})
    // Whoever guesses has Keystone asked about each guess.
    limits.toBeAsked(request, () => identity.knows?.(token) === true)
    const caller = await identity.authenticate(token)
    const password = request.headers['x-auth-key']
    return settings.takesPasswords && typeof password === 'string' ? { ...caller, password } : caller
  } catch (error) {
    if (Unauthorized.is(error)) limits.ofStranger(request)
    throw error
  }
}

/** Administrators may follow links into other projects, others stay in their own. */
function demandProject(request: FastifyRequest, caller: Caller): void {
  const { project_id: project } = (request.params ?? {}) as { readonly project_id?: string }
  const mayRoam = caller.isAdmin && caller.projectId !== ''
  if (project !== undefined && project !== caller.projectId && !mayRoam) throw refusal(403)
}

function record(log: Log, request: FastifyRequest, reply: FastifyReply): void {
  const fields = {
    method: request.method,
    route: request.routeOptions.url ?? '-',
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime * 10) / 10,
    requestId: request.id,
    ...(globalId(request) && { globalRequestId: globalId(request) }),
    ...(request.caller && { project: request.caller.projectId }),
  }
  const { mayChange = request.method !== 'GET' && request.method !== 'HEAD' } = request.routeOptions.config
  log[!mayChange && reply.statusCode < 500 ? 'debug' : 'info'](fields, 'request answered')
}

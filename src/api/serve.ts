import type { FastifyReply, FastifyRequest } from 'fastify'
import type { JsonMap } from '../base/json.ts'
import { leavingWith } from '../contract/call.ts'
import type { EngineCalls } from '../contract/engine.ts'
import { TooManyRequests, Unauthorized } from '../contract/problems.ts'
import type { Caller } from '../contract/views.ts'
import { type Collected, objectIn } from './body.ts'
import { faultOf, malformed, refusal } from './faults.ts'
import { jsonText } from './json-text.ts'
import { addressOf, Links } from './links.ts'
import { type RawQuery, readQuery } from './query.ts'
import type { Asked, Route } from './route.ts'
import type { Server, Settings } from './surroundings.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once the token is known to be good. */
    caller: Caller | null
    /** Which of several things is asked for, where the body says it: `suspend`. */
    act: string | null
  }
}

/** Checks a request as far as its endpoint says, has it answered and sends the reply. */
export async function serve(
  server: Server,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { endpoint } = route
  const { caller } = request
  if (caller === null) throw Unauthorized({})
  const path = request.params as Readonly<Record<string, string>>
  if (Object.values(path).includes('')) throw refusal(404)
  if (!route.checksPolicy && endpoint.policy !== null) {
    server.policy.check(endpoint.policy, caller, { project_id: path.project_id ?? caller.projectId })
  }
  const needsBody = Object.keys(endpoint.body).length > 0
  const sent = needsBody || endpoint.open ? bodyOf(server, request) : undefined
  if (needsBody && !endpoint.open && sent === undefined) throw malformed()
  const [body, hasBody] = [sent ?? {}, sent !== undefined]
  if (endpoint.exclusive)
    request.act = Object.keys(body).find((key) => Object.hasOwn(endpoint.body, key)) ?? null
  const raw = request.query as RawQuery
  const query = readQuery(endpoint.query, raw, endpoint)
  const value = await route.answer({ ...surroundings(server, caller, request, reply), query, body, hasBody })
  void reply.code(endpoint.status)
  return endpoint.status === 200 || endpoint.status === 201 ? sendJson(reply, value) : reply.send()
}

const bodyOf = ({ settings }: Server, { body, headers }: FastifyRequest): JsonMap | undefined =>
  objectIn(body as Collected | undefined, headers['content-type'], settings.maxJsonBodySize)

function surroundings(
  server: Server,
  caller: Caller,
  request: FastifyRequest,
  reply: FastifyReply,
): Omit<Asked<Route['endpoint']>, 'query' | 'body' | 'hasBody'> {
  const { engine, policy, settings, clock, closing } = server
  const address = baseAddress(request, settings)
  const gone = goneOf(reply)
  const { path, search } = partsOf(request.originalUrl)
  return {
    path: request.params as Readonly<Record<string, string>>,
    caller,
    engine: leavingWith<EngineCalls>(engine, gone),
    policy,
    settings,
    clock,
    hurry: () => AbortSignal.any([closing, gone]),
    links: new Links(settings.apiRoot ?? `${address}/v1`),
    here: { path: address + path, search, query: request.query as RawQuery },
    header: (name, value) => void reply.header(name, value),
  }
}

function partsOf(url: string): { readonly path: string; readonly search: string } {
  const [path = ''] = url.split('?', 1)
  const search = url.slice(path.length)
  return { path, search: search === '?' ? '' : search }
}

/** Aborted when the client hangs up before it has its answer. */
function goneOf({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort(new Error('The client has gone.'))
  })
  return gone.signal
}

/** The address of this server as the client of a request reached it. */
export function baseAddress(
  { headers, raw: { socket } }: FastifyRequest,
  { believeProxy }: Settings,
): string {
  const local = `${socket?.localAddress ?? 'localhost'}:${socket?.localPort ?? 80}`
  return addressOf({ headers, encrypted: 'encrypted' in (socket ?? {}), local }, believeProxy)
}

/** Sends a value as JSON, whatever it is: no schema picks from it. */
export const sendJson = (reply: FastifyReply, value: unknown): FastifyReply =>
  // To text of its own making Fastify would add a charset, which JSON has none of and clients that compare the type do not
  // expect. As bytes it would be written beside its headers, not with them, which takes longer than to make it.
  reply.header('content-type', 'application/json').serializer(asItIs).send(jsonText(value))

const asItIs = (text: string): string => text

/** Which methods an address has: as the answer to OPTIONS, or why another method is refused. */
export function tellMethods(
  server: Server,
  methods: readonly string[],
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  void reply.header('allow', methods.join(','))
  if (request.method === 'OPTIONS') return reply.code(204).send()
  return refuse(server, refusal(405), request, reply)
}

/** Sends what a caller may know of a failure; the log gets the rest. */
export function refuse(
  { log, settings }: Server,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const fault = faultOf(error)
  void reply.header('x-openstack-request-id', request.id)
  if (fault.code === 500) {
    const words = error instanceof Error ? error.stack : String(error)
    log.error({ requestId: request.id, error: words }, 'a request failed for a reason the API does not know')
  }
  if (TooManyRequests.is(error)) void reply.header('retry-after', String(error.details.retryAfter))
  if (fault.code === 401)
    void reply.header('www-authenticate', `Keystone uri="${settings.keystoneUrl ?? ''}"`)
  return sendJson(reply.code(fault.code), fault)
}

import { type Clock, systemClock } from '../base/clock.ts'
import { isMap } from '../base/json.ts'
import { type Log, silent } from '../base/log.ts'
import { messageOf, Problem } from '../base/problem.ts'
import type { ClientSettings, Fetch } from './settings.ts'

/** One request. */
export interface HttpAsk {
  readonly method: string
  readonly url: string
  readonly token?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. */
  readonly body?: unknown
  /** Sent as a form, in place of a body. */
  readonly form?: Readonly<Record<string, string>>
}

/** An answer that is no refusal. */
export interface HttpReply {
  readonly status: number
  readonly headers: Headers
  /** What the JSON in the body says; `null` for an empty body. */
  readonly body: unknown
  /** The same as it came. */
  readonly bytes?: Uint8Array
}

/** Sends requests; what is refused, lost or unreachable comes back as a `Problem`. */
export interface Http {
  send(ask: HttpAsk): Promise<HttpReply>
}

const defaultTimeoutMs = 300_000
const pausesMs = [250, 500, 1000]
const passing = [502, 503, 504]
/** How long in all a request waits for a service that has heard too much. */
const longestRestMs = 120_000
/** The pause after a 429 that says nothing of when to come again, and the shortest. */
const usualRestMs = 5000
const shortestRestMs = 1000

type HttpSettings = Pick<ClientSettings, 'timeoutMs' | 'clock' | 'signal' | 'log' | 'fetch'>

/**
 * A sender of requests. What only reads is tried again when the connection breaks or the service is just restarting. What
 * came too often (429) was not carried out, and is sent again when the service says, if that is within two minutes.
 */
export function httpOf({
  timeoutMs = defaultTimeoutMs,
  clock = systemClock,
  signal,
  log = silent,
  fetch = globalThis.fetch,
}: HttpSettings): Http {
  const patience = { timeoutMs, clock, log, fetch, ...(signal && { signal }) }
  return {
    async send(ask) {
      for (let left = longestRestMs; ; ) {
        const reply = await answered(ask, patience)
        const restMs = reply.status === 429 ? restAskedBy(reply, clock) : Number.POSITIVE_INFINITY
        if (restMs > left) return read(reply)
        await reply.body?.cancel()
        log.warn(
          { seconds: Math.ceil(restMs / 1000) },
          'Too many requests: waiting as long as the service says',
        )
        await clock.sleep(restMs, signal)
        left -= restMs
      }
    },
  }
}

/** The answer, a refusal too; what only reads is asked several times until there is one. */
async function answered(ask: HttpAsk, patience: Patience): Promise<Response> {
  for (const pause of ask.method === 'GET' ? pausesMs : []) {
    const reply = await attempt(ask, patience).catch(unreachableOnly)
    if (reply !== undefined && !passing.includes(reply.status)) return reply
    await reply?.body?.cancel()
    await patience.clock.sleep(pause, patience.signal)
  }
  return attempt(ask, patience)
}

/** `Retry-After` is a number of seconds, or a moment. */
function restAskedBy({ headers }: Response, clock: Clock): number {
  const told = headers.get('retry-after') ?? ''
  const ms = /^\d+$/.test(told) ? Number(told) * 1000 : Date.parse(told) - clock.now()
  return Number.isNaN(ms) ? usualRestMs : Math.max(ms, shortestRestMs)
}

interface Patience {
  readonly timeoutMs: number
  readonly clock: Clock
  readonly signal?: AbortSignal
  readonly log: Log
  readonly fetch: Fetch
}

async function attempt(
  { method, url, token, headers, body, form }: HttpAsk,
  { timeoutMs, clock, signal, log, fetch }: Patience,
): Promise<Response> {
  const limit = AbortSignal.timeout(timeoutMs)
  const begun = clock.now()
  try {
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(token !== undefined && { 'x-auth-token': token }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(form && { body: new URLSearchParams(form).toString() }),
    })
    const requestId = response.headers.get('x-openstack-request-id')
    log.debug({ method, url, status: response.status, ms: clock.now() - begun, requestId }, 'request sent')
    return response
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (limit.aborted) throw unreachable(`${method} ${url}: no answer within ${timeoutMs / 1000} s`, error)
    throw unreachable(`Unable to establish connection to ${url}: ${reasonOf(error)}`, error)
  }
}

/** Nobody answered. It is not known whether the request arrived. */
const unreachable = (message: string, cause: unknown): Problem =>
  new Problem('Unreachable', message, { status: 503, cause })

function unreachableOnly(error: unknown): undefined {
  if (error instanceof Problem && error.code === 'Unreachable') return undefined
  throw error
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  if (cause instanceof AggregateError) return messageOf(cause.errors[0])
  return messageOf(cause ?? error)
}

async function read(response: Response): Promise<HttpReply> {
  const { status, headers } = response
  const bytes = await response.bytes().catch((error: unknown) => {
    throw unreachable(`The answer of ${response.url} broke off: ${reasonOf(error)}`, error)
  })
  const text = new TextDecoder().decode(bytes)
  const body = parsed(text)
  if (status >= 400) throw refusalIn(response, text, body)
  return { status, headers, body, bytes }
}

function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The refusal in the service's own words, with all that it says about it. */
function refusalIn({ status, statusText, headers, url }: Response, text: string, body: unknown): Problem {
  const fault = isMap(body) && isMap(body.error) ? body.error : {}
  const code = typeof fault.type === 'string' ? fault.type : `HTTP${status}`
  const explanation = isMap(body) ? (body.explanation ?? body.error_description) : undefined
  const words = [fault.message, explanation].find((word) => typeof word === 'string')
  const message = words ?? `${status} ${statusText} from ${url}: ${text.slice(0, 500)}`
  const requestId = headers.get('x-openstack-request-id') ?? undefined
  const details = {
    ...(requestId !== undefined && { requestId }),
    ...(Array.isArray(fault.problems) && { problems: fault.problems }),
  }
  return new Problem(code, message, { status, details })
}

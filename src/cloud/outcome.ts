import type { Facts } from '../base/tracing.ts'
import { CloudError } from './error.ts'
import type { Call, Outcome } from './exchange.ts'
import { refusalOf, requestIdOf } from './refusal.ts'
import type { Reply } from './service.ts'

/** Whether a service did what it was asked. 300 is the answer of a service asked which versions it has. */
export function succeeded(outcome: Outcome): outcome is Outcome & { is: 'answered' } {
  return outcome.is === 'answered' && outcome.reply.status >= 200 && outcome.reply.status <= 300
}

/** A service that says it is too busy has not begun. */
const turnedAway = ({ status, headers }: Reply): boolean =>
  status === 429 || (status === 503 && headers['retry-after'] !== undefined)

/** Whether the service may have done what it was asked, though it did not say so. */
export function mayBeDone({ method }: Call, outcome: Outcome): boolean {
  if (method === 'GET' || method === 'HEAD' || outcome.is === 'unsent') return false
  if (outcome.is === 'broken') return true
  const { reply } = outcome
  return reply.status >= 500 && reply.status !== 501 && !turnedAway(reply)
}

/** Whether the request may be sent again without a risk of doing its work twice. */
export function mayRepeat({ repeatable, body }: Call, outcome: Outcome): boolean {
  if (typeof body === 'object' && !(body instanceof Uint8Array)) return false
  if (outcome.is === 'unsent') return outcome.transient
  if (outcome.is === 'broken') return repeatable
  return turnedAway(outcome.reply) || (repeatable && [502, 503, 504].includes(outcome.reply.status))
}

/** The error to throw when no more tries are left. */
export function errorOf(call: Call, outcome: Outcome, doubtful: boolean): CloudError {
  if (outcome.is === 'answered') return refusalOf(call.service, outcome.reply, doubtful)
  const { origin } = new URL(call.url)
  const what = outcome.is === 'unsent' ? `can't be reached at ${origin}` : `at ${origin} did not answer`
  return new CloudError(`The ${call.service} service ${what}: ${reasonOf(outcome.cause)}.`, {
    kind: 'unavailable',
    service: call.service,
    doubtful,
    cause: outcome.cause,
  })
}

const untrusted = 'its certificate is not signed by anyone trusted here'

const plainReasons: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  ECONNREFUSED: 'connection refused',
  ENOTFOUND: 'no such host',
  UND_ERR_HEADERS_TIMEOUT: 'it took too long',
  UND_ERR_BODY_TIMEOUT: 'it took too long',
}

function reasonOf(cause: Error): string {
  const inner: unknown = cause instanceof AggregateError ? cause.errors[0] : cause
  const { code, message } = inner as { code?: string; message?: string }
  return plainReasons[code ?? ''] ?? message ?? code ?? 'unknown'
}

/** What came of a request, in one of few words. */
export function kindOf(
  outcome: Outcome,
): 'done' | 'refused' | 'throttled' | 'failed' | 'broken' | 'unreachable' {
  if (outcome.is === 'broken') return 'broken'
  if (outcome.is === 'unsent') return 'unreachable'
  if (succeeded(outcome)) return 'done'
  if (turnedAway(outcome.reply)) return 'throttled'
  return outcome.reply.status < 500 ? 'refused' : 'failed'
}

/** What a trace may say: no header, no body, no query. */
export function spanFacts(call: Call, outcome: Outcome): Facts {
  const { host, pathname } = new URL(call.url)
  return {
    'http.request.method': call.method,
    'server.address': host,
    'url.path': pathname,
    outcome: kindOf(outcome),
    ...(outcome.is === 'answered' && {
      'http.response.status_code': outcome.reply.status,
      'openstack.request_id': requestIdOf(outcome.reply),
    }),
  }
}

/** What a log may say: no header, no body, no query. */
export function factsOf(call: Call, outcome: Outcome): object {
  const { host, pathname } = new URL(call.url)
  const facts = { service: call.service, method: call.method, host, path: pathname }
  if (outcome.is !== 'answered') return { ...facts, error: reasonOf(outcome.cause) }
  return { ...facts, status: outcome.reply.status, requestId: requestIdOf(outcome.reply) }
}

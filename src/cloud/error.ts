import { messageOf } from '../base/problem.ts'

/** What a cloud's refusal means to whoever asked. */
export type CloudErrorKind =
  | 'not-found'
  | 'ambiguous'
  | 'conflict'
  | 'bad-request'
  | 'forbidden'
  | 'unauthorized'
  | 'over-limit'
  | 'rate-limited'
  | 'unavailable'
  | 'no-endpoint'

export interface CloudErrorFacts {
  readonly kind: CloudErrorKind
  readonly service: string
  readonly status?: number
  /** The service's own request ID, to find the matter in its logs. */
  readonly requestId?: string
  /** The request may have been carried out all the same: the connection broke or the service failed after it took it. */
  readonly doubtful?: boolean
  readonly retryAfterSeconds?: number
  readonly cause?: unknown
}

/** A cloud service refused, failed or could not be reached. The message holds the cloud's own words. */
export class CloudError extends Error {
  readonly kind: CloudErrorKind
  readonly service: string
  readonly status: number | undefined
  readonly requestId: string | undefined
  readonly doubtful: boolean
  readonly retryAfterSeconds: number | undefined

  constructor(message: string, facts: CloudErrorFacts) {
    super(message, { cause: facts.cause })
    this.name = 'CloudError'
    this.kind = facts.kind
    this.service = facts.service
    this.status = facts.status
    this.requestId = facts.requestId
    this.doubtful = facts.doubtful ?? false
    this.retryAfterSeconds = facts.retryAfterSeconds
  }
}

/** Whether something thrown is a cloud's refusal of the given kind. */
export function isCloudError(error: unknown, kind?: CloudErrorKind): error is CloudError {
  return error instanceof CloudError && (kind === undefined || error.kind === kind)
}

/** Whether something thrown says that a cloud can't answer just now; asked again later it may. */
export const isAway = (error: unknown): boolean =>
  isCloudError(error, 'unavailable') || isCloudError(error, 'rate-limited')

/**
 * The words of anything that was thrown; of a refusal, also where they come from: `No host is left. (compute: HTTP 503,
 * Request-ID: req-1)`.
 */
export function wordsOf(error: unknown): string {
  if (!isCloudError(error)) return messageOf(error)
  const { message, service, status, requestId } = error
  const facts = [
    status !== undefined && `HTTP ${status}`,
    requestId !== undefined && !message.includes(requestId) && `Request-ID: ${requestId}`,
  ].filter(Boolean)
  return facts.length > 0 ? `${message} (${service}: ${facts.join(', ')})` : `${message} (${service})`
}

/** Runs a request whose "not found" is as good as success; then the answer is `undefined`. */
export async function unlessGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (isCloudError(error, 'not-found')) return undefined
    throw error
  }
}

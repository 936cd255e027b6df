import { messageOf } from '../../base/problem.ts'
import { isCloudError } from '../../cloud/error.ts'

/** The cloud object is there but in a failed state. Making it anew may help. */
export class ResourceInError extends Error {
  constructor(status: string, reason: string) {
    super(`Went to status ${status} due to "${reason}"`)
    this.name = 'ResourceInError'
  }
}

/** The cloud says a status that the type does not know. */
export class ResourceUnknownStatus extends Error {
  constructor(status: string, what: string) {
    super(`${what} - Unknown status ${status} due to "Unknown"`)
    this.name = 'ResourceUnknownStatus'
  }
}

/** Waiting was given up: the stack is to be deleted, or its time is over. */
export class Aborted extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'Aborted'
  }
}

/** The engine stops: what is under way is left as it is, for the next engine to go on with. */
export class Stopping extends Error {
  constructor() {
    super('the engine is stopping')
    this.name = 'Stopping'
  }
}

/** The values of a resource's properties can't be used. */
export class PropertiesRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StackValidationFailed'
  }
}

/** Something inside a child stack failed; the message already says where. */
export class NestedFailure extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'NestedFailure'
  }
}

/** What the owner of a stack reads of a failed resource: the kind of failure, where, the cloud's words and request ID. */
export function failureReason(error: unknown, path: string): string {
  if (error instanceof NestedFailure) return nestedReason(error.message, path)
  if (error instanceof PropertiesRefused) return `StackValidationFailed: ${path}: ${error.message}`
  return `${kindOf(error)}: ${path}: ${messageOf(error)}${requestOf(error)}`
}

/** A child's reason names the place inside it; the parent puts its own name before that. */
function nestedReason(reason: string, path: string): string {
  const [, kind, inner] = /^(?:Resource [A-Z]+ failed: )?([A-Za-z]+): resources(.*)$/s.exec(reason) ?? []
  return kind === undefined ? `Error: ${path}: ${reason}` : `${kind}: ${path}.resources${inner}`
}

const kinds: Readonly<Record<string, string>> = {
  'not-found': 'NotFound',
  conflict: 'Conflict',
  'bad-request': 'BadRequest',
  forbidden: 'Forbidden',
  unauthorized: 'Unauthorized',
  'over-limit': 'OverQuota',
  'rate-limited': 'TooManyRequests',
  unavailable: 'ServiceUnavailable',
  'no-endpoint': 'EndpointNotFound',
  ambiguous: 'PhysicalResourceNameAmbiguity',
}

function kindOf(error: unknown): string {
  if (isCloudError(error)) return kinds[error.kind] ?? 'CloudError'
  return error instanceof Error ? error.name : 'Error'
}

function requestOf(error: unknown): string {
  if (!isCloudError(error)) return ''
  const facts = [
    error.status !== undefined && `HTTP ${error.status}`,
    error.requestId !== undefined &&
      !error.message.includes(error.requestId) &&
      `Request-ID: ${error.requestId}`,
  ].filter(Boolean)
  return facts.length > 0 ? ` (${error.service}: ${facts.join(', ')})` : ` (${error.service})`
}

/** Whether deleting and making anew may help where making failed. */
export function worthAnotherTry(error: unknown): boolean {
  if (error instanceof ResourceInError) return true
  return (
    isCloudError(error) &&
    (error.kind === 'conflict' || error.kind === 'rate-limited' || error.kind === 'unavailable')
  )
}

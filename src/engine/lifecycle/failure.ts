import { fewOf } from '../../base/text.ts'
import { isCloudError, wordsOf } from '../../cloud/error.ts'
import { Unavailable } from '../../contract/problems.ts'
import { OwnershipLost } from '../../store/store.ts'

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

/** Something newer was asked of the stack: what waited only for somebody to tell lets go, and is left as it is. */
export class Superseded extends Error {
  constructor() {
    super('something newer was asked of the stack')
    this.name = 'Superseded'
  }
}

/** What is wanted can't be done to the resource; the kind is one of Heat's words for it. */
export class ChangeRefused extends Error {
  constructor(kind: string, message: string) {
    super(message)
    this.name = kind
  }
}

/** What is wanted must not even be tried: the resource is as good as it was. */
export class ChangeForbidden extends ChangeRefused {}

/** Whether something thrown says nothing of the stack: its deployment belongs to another engine, or the store is away. */
export const isNobodysFault = (error: unknown): boolean =>
  error instanceof OwnershipLost || Unavailable.is(error)

/** Whether an error is left for whoever has the deployment next, who goes on where this one stopped. */
export const isLeftToNext = (error: unknown, { reason }: AbortSignal): boolean =>
  isNobodysFault(error) || error instanceof Superseded || isNobodysFault(reason) || reason instanceof Stopping

/** The values of a resource's properties can't be used. */
export class PropertiesRefused extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'StackValidationFailed'
  }
}

/** An action on a resource failed, and that is recorded; the message is the reason of the whole stack. */
export class ActionFailed extends Error {
  readonly reason: string

  constructor(action: string, reason: string, cause: unknown) {
    super(`Resource ${action} failed: ${reason}`, { cause })
    this.name = 'ActionFailed'
    this.reason = reason
  }
}

/** Something inside a child stack failed, or several things did; the reasons already say where. */
export class NestedFailure extends Error {
  readonly reasons: readonly string[]

  constructor(...reasons: readonly string[]) {
    super(fewOf(reasons))
    this.name = 'NestedFailure'
    this.reasons = reasons
  }
}

/** Why an action on a resource did not come to its end: it failed, or was given up. */
export const reasonOf = (action: string, error: unknown, resource: string): string =>
  error instanceof Aborted ? `${action} aborted (${error.message})` : failureReason(error, resource)

/** What the owner of a stack reads of a failed resource: the kind of failure, where, the cloud's words and request ID. */
export function failureReason(error: unknown, resource: string): string {
  const place = placeOf(resource)
  if (error instanceof NestedFailure) return fewOf(error.reasons.map((one) => nestedReason(one, place)))
  return `${kindOf(error)}: ${place}: ${wordsOf(error)}`
}

/** Where a resource is, as Heat writes it: a number, as members of groups have for a name, stands in brackets. */
const placeOf = (resource: string): string =>
  /^\d+$/.test(resource) ? `resources[${resource}]` : `resources.${resource}`

/** A child's reason names the place inside it; the parent puts its own name before that. */
function nestedReason(reason: string, place: string): string {
  const found = /^(?:Resource [A-Z]+ failed: )?(?:([A-Za-z]+): )?resources([.[].*)$/s.exec(reason)
  if (found === null) return `${place}: ${reason}`
  const [, kind, inner] = found
  return `${kind === undefined ? '' : `${kind}: `}${place}.resources${inner}`
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

/** Whether deleting and making anew may help where making failed. */
export function worthAnotherTry(error: unknown): boolean {
  if (error instanceof ResourceInError) return true
  return (
    isCloudError(error) &&
    (error.kind === 'conflict' || error.kind === 'rate-limited' || error.kind === 'unavailable')
  )
}

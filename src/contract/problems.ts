import { problem } from '../base/problem.ts'

/** What a caller can be told, by Heat's names and in Heat's words, for tools look for both. */
export const StackNotFound = problem(
  'EntityNotFound',
  { status: 404, aws: 'InvalidParameterValue' },
  ({ stack }: { stack: string }) => `The Stack (${stack}) could not be found.`,
)
export const StackExists = problem(
  'StackExists',
  { status: 409, aws: 'AlreadyExistsException' },
  ({ stack }: { stack: string }) => `The Stack (${stack}) already exists.`,
)
export const ActionInProgress = problem(
  'ActionInProgress',
  { status: 409 },
  ({ stack, action }: { stack: string; action: string }) =>
    `Stack ${stack} already has an action (${action}) in progress.`,
)
export const ResourceNotFound = problem(
  'ResourceNotFound',
  { status: 404 },
  ({ resource, stack }: { resource: string; stack: string }) =>
    `The Resource (${resource}) could not be found in Stack ${stack}.`,
)
export const ResourceNotAvailable = problem(
  'ResourceNotAvailable',
  { status: 404, aws: 'InvalidParameterValue' },
  ({ resource }: { resource: string }) => `The Resource (${resource}) is not available.`,
)
export const ResourceActionNotSupported = problem(
  'ResourceActionNotSupported',
  { status: 400, aws: 'InvalidParameterValue' },
  ({ action }: { action: string }) => `${action} is not supported for resource.`,
)
export const InvalidBreakPointHook = problem(
  'InvalidBreakPointHook',
  { status: 400, aws: 'InvalidParameterValue' },
  ({ message }: { message: string }) => message,
)
/** A signal that its resource can make nothing of. */
export const SignalRefused = problem(
  'ValueError',
  { status: 400, aws: 'InvalidParameterValue' },
  ({ reason }: { reason: string }) => reason,
)
export const DirectionUnknown = problem(
  'ValueError',
  { status: 400 },
  (_: object) => 'Unknown sort direction, must be one of: asc, desc',
)
export const EventNotFound = problem(
  'HTTPNotFound',
  { status: 404 },
  ({ message }: { message: string }) => message,
)
/** A software config that makes no sense. */
export const SoftwareConfigRefused = problem(
  'ValueError',
  { status: 400 },
  ({ reason }: { reason: string }) => reason,
)
export const SoftwareConfigInUse = problem(
  'InvalidRestrictedAction',
  { status: 409 },
  ({ config }: { config: string }) =>
    `Software config with id ${config} can not be deleted as it is referenced.`,
)
export const PhysicalResourceIdAmbiguity = problem(
  'PhysicalResourceIDAmbiguity',
  { status: 400 },
  ({ id }: { id: string }) => `Multiple resources were found with the physical ID (${id}).`,
)
export const ResourceTypeNotFound = problem(
  'EntityNotFound',
  { status: 404 },
  ({ type }: { type: string }) => `The Resource Type (${type}) could not be found.`,
)
export const EntityNotFound = problem(
  'EntityNotFound',
  { status: 404 },
  ({ entity, name }: { entity: string; name: string }) => `The ${entity} (${name}) could not be found.`,
)
export const SnapshotNotFound = problem(
  'SnapshotNotFound',
  { status: 404 },
  ({ snapshot, stack }: { snapshot: string; stack: string }) =>
    `The Snapshot (${snapshot}) for Stack (${stack}) could not be found.`,
)
export const NotFound = problem('NotFound', { status: 404 }, ({ message }: { message: string }) => message)
export const NotSupported = problem(
  'NotSupported',
  { status: 400 },
  ({ feature }: { feature: string }) => `${feature} is not supported.`,
)
export const BadRequest = problem(
  'HTTPBadRequest',
  { status: 400 },
  ({ message }: { message: string }) => message,
)
export const Invalid = problem(
  'Invalid',
  { status: 400 },
  ({ reason }: { reason: string }) => `Data supplied was not valid: ${reason}`,
)
export const RequestLimitExceeded = problem(
  'RequestLimitExceeded',
  { status: 400 },
  ({ message }: { message: string }) => `Request limit exceeded: ${message}`,
)
export const DownloadLimitExceeded = problem(
  'DownloadLimitExceeded',
  { status: 400 },
  ({ message }: { message: string }) => `Permissible download limit exceeded: ${message}`,
)
export const Forbidden = problem(
  'Forbidden',
  { status: 403, aws: 'AccessDenied' },
  ({ action }: { action: string }) => `You are not authorized to use ${action}.`,
)
export const MissingCredential = problem(
  'MissingCredentialError',
  { status: 400 },
  ({ required }: { required: string }) => `Missing required credential: ${required}`,
)
export const Unauthorized = problem(
  'Unauthorized',
  { status: 401, aws: 'IncompleteSignature' },
  (_: Record<string, never>) => 'Authentication required',
)
export const TooManyRequests = problem(
  'HTTPTooManyRequests',
  { status: 429, aws: 'Throttling' },
  ({ retryAfter }: { retryAfter: number }) => `Too many requests: come again in ${retryAfter} seconds.`,
)
export const CallCarriedOut = problem(
  'CallCarriedOut',
  { status: 409 },
  (_: object) => 'This very call was carried out before.',
)
export const Unavailable = problem(
  'HTTPServiceUnavailable',
  { status: 503 },
  ({ message }: { message: string }) => message,
)
export const ResourceTypeUnavailable = problem(
  'ResourceTypeUnavailable',
  { status: 400 },
  ({ service, type, reason }: { service: string; type: string; reason: string }) =>
    `HEAT-E99001 Service ${service} is not available for resource type ${type}, reason: ${reason}`,
)
export const ImmutableParameterModified = problem(
  'ImmutableParameterModified',
  { status: 400 },
  ({ keys }: { keys: string }) => `The following parameters are immutable and may not be updated: ${keys}`,
)
/**
 * A template, environment or set of parameters that can't be used. `code` of each problem inside tells its kind;
 * `details.problems` holds them all (`TemplateProblem`s), `details.type` is the name under which Heat reports the first.
 */
export const ValidationFailed = problem(
  'StackValidationFailed',
  { status: 400, aws: 'ValidationError' },
  ({ message }: { message: string; problems: readonly object[] }) => message,
)

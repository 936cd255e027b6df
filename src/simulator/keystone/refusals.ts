import { isMap } from '../../base/json.ts'
import type { Call } from '../kit/call.ts'
import { faultIn, type Shape } from '../kit/check.ts'
import { badRequest, conflict, forbidden, notFound, type Refusal } from '../kit/refusal.ts'

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** The usual name of a status, as Python's http.client has it. */
export const titleOf = (status: number): string => titles[status] ?? 'Error'

/** How Keystone, and the token checks in front of the other services, refuse. */
export function dressForKeystone(refusal: Refusal): unknown {
  return { error: { code: refusal.status, message: refusal.message, title: titleOf(refusal.status) } }
}

export const unknown = (what: string, id: string) => notFound(`Could not find ${what}: ${id}.`)

export const forbiddenAction = (action: string) =>
  forbidden(`You are not authorized to perform the requested action: ${action}.`)

export const duplicate = (type: string, details: string) =>
  conflict(`Conflict occurred attempting to store ${type} - ${details}.`)

export const missing = (attribute: string, target: string) =>
  badRequest(
    `Expecting to find ${attribute} in ${target}. The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.`,
  )

/** Refuses callers without the admin role. */
export function onlyAdmin(call: Call, action: string): void {
  if (!call.caller.admin) throw forbiddenAction(action)
}

/** The part of the body that holds the object, if it is as the shape says. */
export function checked(body: unknown, one: string, shape: Shape): Readonly<Record<string, unknown>> {
  const value = isMap(body) ? body[one] : undefined
  if (value === undefined) throw missing(one, 'request body')
  const fault = faultIn(value, { type: 'object', ...shape })
  if (fault !== undefined) {
    const where = fault.path.length > 0 ? `Invalid input for field '${fault.path.join('/')}': ` : ''
    throw badRequest(`${where}${fault.message}`)
  }
  return value as Readonly<Record<string, unknown>>
}

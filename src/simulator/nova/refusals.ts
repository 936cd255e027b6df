import type { Call } from '../kit/call.ts'
import { faultIn, type Shape } from '../kit/check.ts'
import { pythonText } from '../kit/python.ts'
import { badRequest, Refusal } from '../kit/refusal.ts'

const names: Readonly<Record<number, string>> = {
  400: 'badRequest',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'itemNotFound',
  405: 'badMethod',
  409: 'conflictingRequest',
  413: 'overLimit',
  415: 'badMediaType',
  429: 'overLimit',
  501: 'notImplemented',
  503: 'serviceUnavailable',
}

/** How Nova and Cinder refuse. */
export function dressForNova({ status, message }: Refusal): unknown {
  return { [names[status] ?? 'computeFault']: { code: status, message } }
}

/** Refuses a body that is not as the shape says. */
export function mustFit(body: unknown, shape: Shape): void {
  const fault = faultIn(body ?? {}, shape)
  if (fault === undefined) return
  const at = fault.path.at(-1)
  if (at === undefined) throw badRequest(fault.message)
  throw badRequest(`Invalid input for field/attribute ${at}. Value: ${plain(fault.value)}. ${fault.message}`)
}

const plain = (value: unknown): string => (typeof value === 'string' ? value : pythonText(value))

/** Refuses whoever may not do what Nova's policy calls by this name. */
export function onlyAdmin(call: Call, rule: string): void {
  if (call.caller.admin) return
  throw new Refusal(403, 'forbidden', `Policy doesn't allow os_compute_api:${rule} to be performed.`)
}

export const overLimit = (message: string): Refusal => new Refusal(403, 'forbidden', message)

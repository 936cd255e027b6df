import type { Call } from '../kit/call.ts'
import { badRequest, notFound, Refusal } from '../kit/refusal.ts'

export const noSuch = {
  volume: (id: string) => notFound(`Volume ${id} could not be found.`),
  snapshot: (id: string) => notFound(`Snapshot ${id} could not be found.`),
  backup: (id: string) => notFound(`Backup ${id} could not be found.`),
  type: (id: string) => notFound(`Volume type ${id} could not be found.`),
}

export const invalidVolume = (why: string) => badRequest(`Invalid volume: ${why}`)
export const invalidInput = (why: string) => badRequest(`Invalid input received: ${why}`)

/** Refuses whoever may not do what Cinder's policy calls by this name. */
export function onlyAdmin(call: Call, rule: string): void {
  if (!call.caller.admin) throw new Refusal(403, 'forbidden', `Policy doesn't allow ${rule} to be performed.`)
}

/** A refusal for want of quota: Cinder says 413. */
export const overLimit = (message: string) => new Refusal(413, 'overLimit', message, { 'retry-after': '0' })

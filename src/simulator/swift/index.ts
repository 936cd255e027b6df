import { titleOf } from '../keystone/refusals.ts'
import { type Call, param } from '../kit/call.ts'
import { forbidden, type Refusal } from '../kit/refusal.ts'
import type { Service } from '../kit/service.ts'
import { containers, storedObjects } from './kinds.ts'
import { swiftRoutes } from './objects.ts'

/** Swift writes its refusals as pages. */
const dress = ({ status, message }: Refusal): string =>
  `<html><h1>${titleOf(status)}</h1><p>${message}</p></html>`

/** Everybody has the account of their own project; administrators have all. */
function guard(call: Call): void {
  const { caller } = call
  if (!caller.admin && param(call, 'account') !== `AUTH_${caller.projectId}`)
    throw forbidden('Access was denied to this resource.')
}

/** The simulated Swift: containers and objects, as far as files are kept there. */
export const swift: Service = {
  name: 'swift',
  prefix: '/object-store',
  kinds: [containers, storedObjects],
  tasks: [],
  routes: swiftRoutes,
  takesBytes: true,
  dress,
  guard,
}

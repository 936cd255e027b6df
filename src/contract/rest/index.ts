import type { AnyEndpoint } from '../endpoint.ts'
import * as actions from './actions.ts'
import * as events from './events.ts'
import * as misc from './misc.ts'
import * as resourceTypes from './resource-types.ts'
import * as resources from './resources.ts'
import * as softwareConfigs from './software-configs.ts'
import * as softwareDeployments from './software-deployments.ts'
import * as stacks from './stacks.ts'
import * as templates from './templates.ts'

export type * from './replies/index.ts'
export {
  actions,
  events,
  misc,
  resources,
  resourceTypes,
  softwareConfigs,
  softwareDeployments,
  stacks,
  templates,
}

const families = {
  misc,
  stacks,
  actions,
  resources,
  events,
  templates,
  resourceTypes,
  softwareConfigs,
  softwareDeployments,
}

/** One group of operations that belong together, as the reference shows them. */
export interface EndpointFamily {
  readonly family: string
  readonly endpoints: readonly { readonly name: string; readonly endpoint: AnyEndpoint }[]
}

/** Every operation of the REST API, by family. */
export const allEndpoints: readonly EndpointFamily[] = Object.entries(families).map(([family, members]) => ({
  family,
  endpoints: Object.entries(members).flatMap(([name, member]) => endpointsIn(name, member)),
}))

function endpointsIn(name: string, member: unknown): readonly { name: string; endpoint: AnyEndpoint }[] {
  if (Array.isArray(member)) return member.map((endpoint: AnyEndpoint) => ({ name, endpoint }))
  return isEndpoint(member) ? [{ name, endpoint: member }] : []
}

function isEndpoint(member: unknown): member is AnyEndpoint {
  return typeof member === 'object' && member !== null && 'address' in member
}

import type { ResourceReply } from '../contract/rest/index.ts'
import { linkOf } from './events/event-log.ts'

/** Tells the path of each resource of one listing that goes into nested stacks: `demo.group.0`. */
export function resourcePaths(
  rootName: string,
  resources: readonly ResourceReply[],
): (resource: ResourceReply) => string {
  const owners = new Map<string, ResourceReply>()
  for (const resource of resources) {
    const nested = stackIdIn(linkOf(resource, 'nested'))
    if (nested !== undefined) owners.set(nested, resource)
  }
  const namesTo = (resource: ResourceReply, depth = 0): readonly string[] => {
    const owner = depth < 100 ? owners.get(stackIdIn(linkOf(resource, 'stack')) ?? '') : undefined
    return owner === undefined
      ? [rootName, resource.resource_name]
      : [...namesTo(owner, depth + 1), resource.resource_name]
  }
  return (resource) => namesTo(resource).join('.')
}

/** The name of the stack that a resource is in. */
export function stackNameOf(resource: Pick<ResourceReply, 'links'>): string | null {
  const name = /\/stacks\/([^/]+)\//.exec(linkOf(resource, 'stack') ?? '')?.[1]
  return name === undefined ? null : decodeURIComponent(name)
}

const stackIdIn = (href: string | undefined): string | undefined =>
  /\/stacks\/[^/]+\/([^/]+)/.exec(href ?? '')?.[1]

import { stableId } from '../kit/stable.ts'
import type { World } from '../world/world.ts'
import { type Endpoint, endpoints, regions, services } from './kinds.ts'

/** The services and their endpoints as a token holds them. */
export function catalogFor(world: World, userId: string, projectId: string | undefined): object[] {
  return world
    .of(services)
    .filter((service) => service.enabled)
    .map((service) => ({
      endpoints: world
        .of(endpoints)
        .where('service_id', service.id)
        .filter((endpoint) => endpoint.enabled)
        .flatMap((endpoint) => entryOf(world, endpoint, { userId, projectId })),
      id: service.id,
      type: service.type,
      name: service.name ?? '',
    }))
}

interface Scope {
  readonly userId: string
  readonly projectId: string | undefined
}

/** An endpoint with the project in its address is in no catalog that has no project. */
function entryOf(world: World, endpoint: Endpoint, { userId, projectId }: Scope): object[] {
  const needsProject = /[%$]\((project_id|tenant_id)\)s/.test(endpoint.url)
  if (needsProject && projectId === undefined) return []
  const url = reached(world, endpoint.url)
    .replace(/[%$]\((project_id|tenant_id)\)s/g, projectId ?? '')
    .replace(/[%$]\(user_id\)s/g, userId)
  return [
    {
      id: endpoint.id,
      interface: endpoint.interface,
      region_id: endpoint.region_id,
      url,
      region: endpoint.region_id,
    },
  ]
}

/** Endpoints of the simulator itself move with it: it may listen elsewhere after a restart. */
export const ownUrl = '%(simulator)s'

/** An endpoint's address as people see it. */
export const reached = (world: World, url: string): string => url.replace(ownUrl, world.url)

/** Puts an endpoint into the catalog, public, internal and admin, or moves the one that is there. */
export function registerEndpoint(
  world: World,
  { type, name, url }: { type: string; name: string; url: string },
): void {
  const service =
    world.of(services).find((each) => each.type === type) ??
    world.of(services).add({ id: stableId(`service ${type}`), type, name, enabled: true, description: '' })
  if (world.of(regions).get('RegionOne') === undefined) {
    world.of(regions).add({ id: 'RegionOne', description: '', parent_region_id: null })
  }
  for (const face of ['public', 'internal', 'admin']) {
    const known = world
      .of(endpoints)
      .where('service_id', service.id)
      .find((each) => each.interface === face && each.region_id === 'RegionOne')
    if (known !== undefined) world.of(endpoints).change(known.id, { url })
    else {
      const id = stableId(`endpoint ${type} ${face}`)
      world
        .of(endpoints)
        .add({ id, service_id: service.id, interface: face, url, region_id: 'RegionOne', enabled: true })
    }
  }
}

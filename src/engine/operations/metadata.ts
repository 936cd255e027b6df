import type { JsonMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import { Forbidden, ResourceNotFound } from '../../contract/problems.ts'
import type { Caller, StackIdentity } from '../../contract/views.ts'
import type { ResourceRow } from '../../store/rows.ts'
import { evaluateMetadata } from '../../template/index.ts'
import { isUserOf } from '../lifecycle/own-user.ts'
import { toldTo } from '../lifecycle/signals.ts'
import type { Site } from '../lifecycle/site.ts'
import { worldOf } from '../lifecycle/world.ts'
import type { EngineParts } from '../parts.ts'
import { standingRows } from '../plan/standing.ts'
import { configDocument, configsForServer } from '../server-configs.ts'
import { withNews } from './news.ts'
import { onlookerSite } from './onlooker.ts'
import { definitionOf, stackOf, stackOfUser } from './stacks.ts'

interface MetadataAsk {
  readonly stack: StackIdentity
  readonly resource: string
}

/** The metadata of a resource: what its template says, with what is known by now; what it was told; and what it is to be configured with. */
export async function showMetadata(
  parts: EngineParts,
  caller: Caller,
  { stack: identity, resource }: MetadataAsk,
): Promise<JsonMap> {
  const stack = await stackOfUser(parts, identity).catch(() => stackOf(parts, identity))
  const definition = await definitionOf(parts, stack)
  const recorded = await parts.store.resources(stack.id)
  const rows = standingRows(parts, { stack, definition, rows: recorded })
  const row = rows.get(resource)
  if (row === undefined) {
    if (definition.resources.has(resource)) return {}
    throw ResourceNotFound({ resource, stack: stack.name })
  }
  refuseStranger(parts, caller, row)
  const said = await presentMetadata(onlookerSite(parts, caller, { stack, definition, rows }), row)
  const told = await toldTo(parts.store, row.id)
  const configs = await configsOf(parts, stack.projectId, row)
  return {
    ...said,
    ...Object.fromEntries(told.map(({ id, content }) => [id, content])),
    ...(configs.length > 0 && { deployments: configs }),
  }
}

/** Users that stacks make see what there is of their own resource. */
function refuseStranger({ options }: EngineParts, { roles, userId }: Caller, row: ResourceRow): void {
  if (roles.includes(options.stackUserRole) && !isUserOf(row, userId))
    throw Forbidden({ action: 'this action' })
}

/** What the object of a resource is to be configured with, if it is a server. */
async function configsOf(
  { store }: EngineParts,
  projectId: string,
  { physicalId }: ResourceRow,
): Promise<readonly JsonMap[]> {
  if (physicalId === null) return []
  return (await configsForServer(store, { projectId, serverId: physicalId })).map(configDocument)
}

/** What the template says now: what others were told since may have changed it. */
async function presentMetadata(site: Site, row: ResourceRow): Promise<JsonMap> {
  const { definition, stack, rows } = site
  if (row.templateId !== stack.templateId || row.physicalId === null) return row.metadata
  try {
    const needed = new Map([...rows].filter(([name]) => definition.needs.get(row.name)?.includes(name)))
    const world = worldOf(new Map([...rows, ...(await withNews(site, needed, rows))]))
    return evaluateMetadata(definition, row.name, world) as JsonMap
  } catch (error) {
    site.parts.log.debug(
      { resource: row.name, error: messageOf(error) },
      'Metadata could not be worked out anew',
    )
    return row.metadata
  }
}

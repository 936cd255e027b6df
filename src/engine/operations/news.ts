import type { JsonMap } from '../../base/json.ts'
import type { ResourceRow } from '../../store/rows.ts'
import { typeOf } from '../definition/types.ts'
import { readAttributes } from '../lifecycle/attributes.ts'
import { readProperties } from '../lifecycle/properties.ts'
import { Hold, type Site } from '../lifecycle/site.ts'
import { standingRows } from '../plan/standing.ts'

/**
 * These rows with what was told since they were recorded: what a resource that waits to be told remembers of itself is read
 * anew, for signals come at any time. `whole`: all the rows of the stack, if they have been read.
 */
export async function withNews(
  site: Site,
  rows: ReadonlyMap<string, ResourceRow>,
  whole?: Map<string, ResourceRow>,
): Promise<Map<string, ResourceRow>> {
  const fresh = new Map(rows)
  const listening = [...rows.values()].filter((row) => listens(site, row))
  if (listening.length === 0) return fresh
  // The resource that was told may be another one.
  const all =
    whole ?? standingRows(site.parts, { ...site, rows: await site.parts.store.resources(site.stack.id) })
  for (const row of listening)
    fresh.set(row.name, { ...row, attributes: await newest({ ...site, rows: all }, row) })
  return fresh
}

const listens = (site: Site, row: ResourceRow): boolean =>
  Object.keys(row.attributes).length > 0 && typeIn(site, row) !== undefined

function typeIn({ definition, parts }: Site, { name }: ResourceRow) {
  const resource = definition.resources.get(name)
  const type = resource && typeOf(definition, resource, parts.registry)
  return type?.is === 'resource' && type.awaits !== undefined ? type : undefined
}

async function newest(site: Site, row: ResourceRow): Promise<JsonMap> {
  const type = typeIn(site, row)
  if (type === undefined) return row.attributes
  const asked = Object.keys(row.attributes).map((name) => ({ name }))
  const { values } = readProperties(type, row.name, row.properties ?? {})
  const read = await readAttributes(type, new Hold(site, row), { asked, values })
  return read.values
}

import { isMap, type JsonMap } from '../../base/json.ts'
import { isCloudError, wordsOf } from '../../cloud/error.ts'
import { BadRequest } from '../../contract/problems.ts'
import type { Caller } from '../../contract/views.ts'
import type { AnyResource, AnyType } from '../../plugin/index.ts'
import type { StackRow, TemplateRow } from '../../store/rows.ts'
import { templateIn, typeInDocument } from '../definition/document-types.ts'
import { contextOf } from '../lifecycle/context.ts'
import { readProperties } from '../lifecycle/properties.ts'
import { Hold } from '../lifecycle/site.ts'
import type { EngineParts } from '../parts.ts'
import { standingRows } from '../plan/standing.ts'
import { onlookerSite } from './onlooker.ts'
import { definitionOf } from './stacks.ts'

/**
 * The template that brings back what a document tells of: its own, but that what was kept of an object is what the object is
 * to come from. It is the stack's template from then on, as it is in Heat.
 */
export async function restoredTemplate(
  parts: EngineParts,
  caller: Caller,
  { stack, document }: Restoring,
): Promise<TemplateRow> {
  const row = templateIn(parts.newId(), stack, document)
  const section = 'Resources' in row.template ? 'Resources' : 'resources'
  const properties = section === 'Resources' ? 'Properties' : 'properties'
  const typeOf = typeInDocument(parts, stack, document)
  const declared = row.template[section]
  if (!isMap(declared) || !isMap(document.resources)) return row
  const kept = document.resources
  const definition = await definitionOf(parts, stack)
  const rows = standingRows(parts, { stack, definition, rows: await parts.store.resources(stack.id) })
  const site = onlookerSite(parts, caller, { stack, definition, rows })
  const restored = async (name: string, resource: unknown): Promise<unknown> => {
    const known = keptOf(kept[name], (said) => typeOf(name, String(said.type)))
    if (!isMap(resource) || known === undefined) return resource
    const { type, said, id, snapshot } = known
    const now = rows.get(name)
    const isThere = now !== undefined && now.physicalId === said.resource_id
    // What would have to be read of an object that is not there any more is lost with it.
    if (snapshot.read !== undefined && !isThere) return resource
    const read = now && (await readKept(new Hold(site, now), { type, kept: id }))
    const given = resource[properties]
    return { ...resource, [properties]: snapshot.restored(isMap(given) ? given : {}, id, read) }
  }
  const resources: [string, unknown][] = []
  for (const [name, one] of Object.entries(declared)) resources.push([name, await restored(name, one)])
  return { ...row, template: { ...row.template, [section]: Object.fromEntries(resources) as JsonMap } }
}

/** A stack, and the document of the snapshot that it is to go back to. */
interface Restoring {
  readonly stack: StackRow
  readonly document: JsonMap
}

type Said = Readonly<Record<string, unknown>>

/** What was kept of a resource, by what a document says of it. */
function keptOf(said: unknown, typeOf: (said: Said) => AnyType | undefined) {
  if (!isMap(said) || !isMap(said.resource_data)) return undefined
  const type = typeOf(said)
  if (type?.is !== 'resource' || type.snapshot === undefined) return undefined
  const { snapshot } = type
  const id = said.resource_data[snapshot.as]
  return typeof id === 'string' ? { type, said, id, snapshot } : undefined
}

async function readKept(
  hold: Hold,
  { type, kept }: { readonly type: AnyResource; readonly kept: string },
): Promise<unknown> {
  const { name, properties } = hold.row
  if (type.snapshot?.read === undefined) return undefined
  const { values } = readProperties(type, name, properties ?? {})
  try {
    return await type.snapshot.read({ ...contextOf(type, hold, values), kept })
  } catch (error) {
    if (!isCloudError(error)) throw error
    throw BadRequest({ message: `What was kept of resource ${name} can't be read: ${wordsOf(error)}` })
  }
}

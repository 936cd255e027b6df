import { isMap, type JsonMap } from '../../base/json.ts'
import type { StackRow, TemplateRow } from '../../store/rows.ts'
import { templateIn, typeInDocument } from '../definition/document-types.ts'
import type { EngineParts } from '../parts.ts'

/**
 * The template that brings back what a document tells of: its own, but that what was kept of an object is what the object is
 * to come from. It is the stack's template from then on, as it is in Heat.
 */
export function restoredTemplate(parts: EngineParts, stack: StackRow, document: JsonMap): TemplateRow {
  const row = templateIn(parts.newId(), stack, document)
  const section = 'Resources' in row.template ? 'Resources' : 'resources'
  const properties = section === 'Resources' ? 'Properties' : 'properties'
  const typeOf = typeInDocument(parts, stack, document)
  const declared = row.template[section]
  if (!isMap(declared) || !isMap(document.resources)) return row
  const kept = document.resources
  const restored = (name: string, resource: unknown): unknown => {
    const said = kept[name]
    if (!isMap(resource) || !isMap(said) || !isMap(said.resource_data)) return resource
    const type = typeOf(name, String(said.type))
    const snapshot = type?.is === 'resource' ? type.snapshot : undefined
    const id = snapshot && said.resource_data[snapshot.as]
    if (snapshot === undefined || typeof id !== 'string') return resource
    const given = resource[properties]
    return { ...resource, [properties]: snapshot.restored(isMap(given) ? given : {}, id) }
  }
  const resources = Object.entries(declared).map(([name, one]) => [name, restored(name, one)])
  return { ...row, template: { ...row.template, [section]: Object.fromEntries(resources) as JsonMap } }
}

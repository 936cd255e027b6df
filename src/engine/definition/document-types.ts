import { isMap, type JsonMap } from '../../base/json.ts'
import type { AnyType } from '../../plugin/index.ts'
import type { StackRow, TemplateRow } from '../../store/rows.ts'
import type { StackDefinition } from '../../template/index.ts'
import type { EngineParts } from '../parts.ts'
import { typeOf } from './types.ts'

/** What implements the resources of a document. */
export function typeInDocument(
  { definitions, registry, newId }: EngineParts,
  stack: StackRow,
  document: JsonMap,
): (name: string, type: string) => AnyType | undefined {
  let definition: StackDefinition | undefined
  return (name, type) => {
    const known = registry.find(type)
    if (known !== undefined) return known
    definition ??= definitions.of(stack, templateIn(newId(), stack, document))
    return typeOf(definition, { name, type, dependsOn: [], deletionPolicy: 'Delete' }, registry)
  }
}

/** A document inside another one, with the files that it has from there unless it tells of its own. */
export const inside = ({ files = {} }: JsonMap, document: JsonMap): JsonMap => ({ files, ...document })

/** The template, environment and files of a document, as those of a stack are stored. */
export function templateIn(id: string, { id: stackId }: StackRow, document: JsonMap): TemplateRow {
  const { template, environment, files } = document
  const map = (value: unknown): JsonMap => (isMap(value) ? (value as JsonMap) : {})
  return {
    id,
    stackId,
    template: map(template),
    environment: map(environment),
    files: map(files) as TemplateRow['files'],
    facade: null,
  }
}

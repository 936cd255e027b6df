import { isMap, type JsonMap } from '../base/json.ts'
import { BadRequest } from '../contract/problems.ts'
import type { AnyType } from '../plugin/index.ts'
import type { ResourceRow, StackRow } from '../store/rows.ts'
import { readSource } from '../template/index.ts'
import { typeOf } from './definition/types.ts'
import { currentRows } from './lifecycle/child.ts'
import { adoptedSecret } from './lifecycle/seeds.ts'
import { templateOf } from './operations/stacks.ts'
import type { EngineParts } from './parts.ts'

/**
 * All that is known of a stack, as the original writes it when it abandons one: enough to adopt the stack again, here or
 * there. It holds secrets.
 */
export async function documentOf(
  parts: EngineParts,
  stack: StackRow,
  { rows: known, resourceIn = resourceNow }: Telling = {},
): Promise<JsonMap> {
  const row = await templateOf(parts, stack)
  const definition = parts.definitions.of(stack, row)
  const rows = currentRows(known ?? (await parts.store.resources(stack.id)))
  const resources: [string, JsonMap][] = []
  for (const name of new Set([...definition.resources.keys(), ...rows.keys()])) {
    const resource = definition.resources.get(name)
    const row = rows.get(name)
    const isPresent = resource !== undefined && (row === undefined || row.type === resource.type)
    // What the template no longer has, or has of another type, is still there as it was made.
    const type = isPresent
      ? typeOf(definition, resource, parts.registry)
      : parts.registry.find(row?.type ?? '')
    const named = { name, type, row, typeName: row?.type ?? resource?.type ?? '' }
    resources.push([name, await resourceIn(parts, named)])
  }
  const { encrypted_param_names: _, ...environment } = row.environment
  return {
    name: stack.name,
    id: stack.id,
    action: stack.action,
    environment,
    files: row.files,
    status: stack.status,
    template: row.template,
    resources: Object.fromEntries(resources),
    project_id: stack.projectId,
    stack_user_project_id: stack.projectId,
    tags: stack.tags,
  }
}

/** A resource that a document tells of. */
export interface Named {
  readonly name: string
  readonly type: AnyType | undefined
  readonly typeName: string
  readonly row: ResourceRow | undefined
}

interface Telling {
  /** The stack's rows, if they were read already. */
  readonly rows?: readonly ResourceRow[]
  /** What is told of one resource; absent: what there is now. */
  readonly resourceIn?: (parts: EngineParts, named: Named) => Promise<JsonMap>
}

async function resourceNow(parts: EngineParts, named: Named): Promise<JsonMap> {
  const { type, row } = named
  const child = row?.physicalId ? await childAt(parts, row) : undefined
  if (child !== undefined) return await documentOf(parts, child)
  return type?.is === 'nested' ? {} : plainIn(named)
}

/** What a document tells of a resource that is no stack itself. */
export function plainIn({ name, type, typeName, row }: Named): JsonMap {
  return {
    name,
    resource_id: row?.physicalId ?? null,
    type: typeName,
    action: row?.action ?? 'INIT',
    status: row?.status ?? 'COMPLETE',
    metadata: row?.metadata ?? {},
    resource_data: row === undefined ? {} : dataOf(type, row),
  }
}

/** A nested resource's physical ID is that of its child, which names the resource in turn. */
async function childAt(
  { store }: EngineParts,
  { id, physicalId }: ResourceRow,
): Promise<StackRow | undefined> {
  const child = await store.stack(physicalId ?? '')
  return child?.parentResourceId === id && child.deletedAt === null ? child : undefined
}

/** What a resource keeps for itself. */
function dataOf(type: AnyType | undefined, { notes, secrets }: ResourceRow): JsonMap {
  const { [adoptedSecret]: _, ...own } = secrets
  const data = { ...own, ...notes }
  return type?.is === 'resource' && type.data !== undefined ? type.data.told(data) : data
}

/** The document of an abandoned stack, as far as it was looked at: each resource is still to be read. */
export interface AbandonedStack {
  readonly template: JsonMap
  readonly environment: JsonMap
  readonly files: Readonly<Record<string, string>>
  readonly resources: JsonMap
}

/** Reads the document that a stack is to be adopted from, which is JSON or YAML. */
export function readDocument(source: string, { maxTemplateSize }: EngineParts['options']): AbandonedStack {
  const { value, problems } = readSource(source, { what: 'template', maxSize: 2 * maxTemplateSize })
  const [problem] = problems
  if (value === undefined) throw invalid(problem?.message ?? 'it can not be read')
  const { template, environment = {}, files = {}, resources = {} } = value.data
  if (template === undefined) throw invalid("'template'")
  if (!isMap(template)) throw invalid('the template is not a map')
  if (!isMap(environment)) throw invalid('the environment is not a map')
  if (!isMap(files)) throw invalid('the files are not a map')
  if (!isMap(resources)) throw invalid('the resources are not a map')
  const texts = Object.entries(files).map(([name, content]) => [name, textOf(content)] as const)
  return { template, environment, files: Object.fromEntries(texts), resources }
}

const textOf = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content))

const invalid = (reason: string) => BadRequest({ message: `Invalid adopt data: ${reason}` })

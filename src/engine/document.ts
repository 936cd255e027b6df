import { isMap, type Json, type JsonMap, sameJson } from '../base/json.ts'
import { BadRequest, RequestLimitExceeded } from '../contract/problems.ts'
import type { AnyType } from '../plugin/index.ts'
import type { ResourceRow, StackRow, TemplateRow } from '../store/rows.ts'
import { readSource } from '../template/index.ts'
import { typeOf } from './definition/types.ts'
import { childAt } from './lifecycle/child.ts'
import { adoptedSecret } from './lifecycle/seeds.ts'
import { templateOf } from './operations/stacks.ts'
import type { EngineParts } from './parts.ts'
import { standingRows } from './plan/standing.ts'

/**
 * All that is known of a stack, as the original writes it when it abandons one: enough to adopt the stack again, here or
 * there. It holds secrets.
 */
export async function documentOf(
  parts: EngineParts,
  stack: StackRow,
  { rows: known, resourceIn = resourceNow }: Telling = {},
): Promise<JsonMap> {
  const stored = await templateOf(parts, stack)
  const definition = parts.definitions.of(stack, stored)
  const recorded = known ?? (await parts.store.resources(stack.id))
  const rows = standingRows(parts, { stack, definition, rows: recorded })
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
    resources.push([name, withoutFiles(await resourceIn(parts, named), stored.files)])
  }
  const { encrypted_param_names: _, ...environment } = stored.environment
  return {
    name: stack.name,
    id: stack.id,
    action: stack.action,
    environment,
    files: stored.files,
    status: stack.status,
    template: stored.template,
    resources: Object.fromEntries(resources),
    project_id: stack.projectId,
    stack_user_project_id: stack.projectId,
    tags: stack.tags,
  }
}

/** The files of a nested stack are those of the stack around it; a tree of many would tell them again and again. */
function withoutFiles(told: JsonMap, around: TemplateRow['files']): JsonMap {
  const { files, ...others } = told
  return files !== undefined && isSame(files, around) ? others : told
}

const isSame = (files: Json, others: TemplateRow['files']): boolean =>
  files === others || sameJson(files, others)

/** A document holds no more than so many templates of the largest size: there is memory for a few of them only. */
const mostTemplates = 128

/** Refuses what would be too large a document: a stack of a tree may have been given a template of its own a thousand times. */
export async function refuseTooLarge(parts: EngineParts, { name, rootId }: StackRow): Promise<void> {
  const most = mostTemplates * parts.options.maxTemplateSize
  let size = 0
  let files: TemplateRow['files'] | undefined
  for (const stack of await parts.store.tree(rootId)) {
    const stored = await templateOf(parts, stack)
    size += JSON.stringify(stored.template).length + JSON.stringify(stored.environment).length
    if (files === undefined || !isSame(stored.files, files)) size += JSON.stringify(stored.files).length
    files ??= stored.files
    if (size > most)
      throw RequestLimitExceeded({
        message: `The templates and files of stack ${name} and those inside it have more than ${most} characters.`,
      })
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
  const child = row && (await childAt(parts, row))
  if (row !== undefined && child !== undefined)
    return { ...(await documentOf(parts, child)), ...toldOf(type, row) }
  return type?.is === 'nested' ? {} : plainIn(named)
}

/** What a nested resource itself knows, beside its stack; the original passes over it. */
function toldOf(type: AnyType | undefined, { notes }: ResourceRow): JsonMap {
  const told = type?.is === 'nested' ? (type.told ?? []) : []
  const known = Object.entries(notes).filter(([key, value]) => told.includes(key) && value !== '')
  return known.length === 0 ? {} : { resource_data: Object.fromEntries(known) }
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

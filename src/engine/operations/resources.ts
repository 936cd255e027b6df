import type { JsonMap } from '../../base/json.ts'
import { isMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import type { ResourceQuery } from '../../contract/engine.ts'
import { BadRequest, ResourceNotFound } from '../../contract/problems.ts'
import type { Caller, ResourceView, StackIdentity } from '../../contract/views.ts'
import type { AnyResource, AnyType } from '../../plugin/index.ts'
import type { ResourceRow, StackRow } from '../../store/rows.ts'
import type { StackDefinition } from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import { readAttributes } from '../lifecycle/attributes.ts'
import { liveAttribute } from '../lifecycle/child.ts'
import { homeOf } from '../lifecycle/clients.ts'
import { contextOf } from '../lifecycle/context.ts'
import { readProperties, type Values } from '../lifecycle/properties.ts'
import { Hold } from '../lifecycle/site.ts'
import type { EngineParts } from '../parts.ts'
import { standingRows } from '../plan/standing.ts'
import { onlookerSite } from './onlooker.ts'
import { definitionOf, identityOf, stackOf } from './stacks.ts'

/** A stack with what is recorded of its resources: what views are made of. */
interface Whole {
  readonly stack: StackRow
  readonly definition: StackDefinition
  readonly rows: ReadonlyMap<string, ResourceRow>
  /** The stacks of its nested resources. */
  readonly children: readonly StackRow[]
}

async function wholeOf(parts: EngineParts, stack: StackRow): Promise<Whole> {
  const definition = await definitionOf(parts, stack)
  const rows = standingRows(parts, { stack, definition, rows: await parts.store.resources(stack.id) })
  return { stack, definition, rows, children: await parts.store.children(stack.id) }
}

/** A resource as it is shown, and the stack that it is of. */
interface Viewed {
  readonly view: ResourceView
  readonly whole: Whole
}

export async function listResources(
  parts: EngineParts,
  caller: Caller,
  ask: ResourceQuery,
): Promise<readonly ResourceView[]> {
  const stack = await stackOf(parts, ask.stack)
  const depth = Math.min(ask.nestedDepth ?? 0, parts.options.maxNestedStackDepth)
  const all = await viewedIn(parts, stack, depth)
  const wanted = all.filter(({ view }) => meets(view, ask.filters ?? {}))
  if (!ask.withDetail) return wanted.map(({ view }) => view)
  return await Promise.all(wanted.map((viewed) => withDetail(parts, caller, viewed)))
}

async function viewedIn(parts: EngineParts, stack: StackRow, depth: number): Promise<readonly Viewed[]> {
  const whole = await wholeOf(parts, stack)
  const own = viewsOf(whole).map((view) => ({ view, whole }))
  if (depth === 0) return own
  const below = await Promise.all(whole.children.map((child) => viewedIn(parts, child, depth - 1)))
  return [...own, ...below.flat()]
}

function viewsOf({ stack, definition, rows, children }: Whole): readonly ResourceView[] {
  const requiredBy = usersIn(definition, rows)
  const nested = new Map(children.map((child) => [child.id, identityOf(child)]))
  const present = stack.deletedAt === null ? definition.resources.keys() : []
  const names = new Set([...present, ...rows.keys()])
  return [...names].map((name) => {
    const row = rows.get(name)
    const child = row?.physicalId ? nested.get(row.physicalId) : undefined
    const view = resourceView({ stack, definition, name, row, requiredBy: requiredBy.get(name) ?? [] })
    return child === undefined ? view : { ...view, nested: child }
  })
}

/** For each resource those that need it, by the template or by what was recorded. */
export function usersIn(
  definition: StackDefinition,
  rows: ReadonlyMap<string, ResourceRow>,
): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>()
  for (const [name, needs] of definition.needs) {
    for (const need of new Set([...needs, ...(rows.get(name)?.needs ?? [])])) {
      const known = users.get(need)
      if (known === undefined) users.set(need, [name])
      else known.push(name)
    }
  }
  return users
}

interface Showing {
  readonly stack: StackRow
  readonly definition: StackDefinition
  readonly name: string
  readonly row: ResourceRow | undefined
  readonly requiredBy: readonly string[]
}

/** A resource as it is shown; one that nothing is recorded of is still to be made. */
export function resourceView({ stack, definition, name, row, requiredBy }: Showing): ResourceView {
  const resource = definition.resources.get(name)
  return {
    stack: identityOf(stack),
    name,
    physicalId: row?.physicalId ?? '',
    type: row?.type ?? resource?.type ?? '',
    action: row?.action ?? 'INIT',
    status: row?.status ?? 'COMPLETE',
    statusReason: row?.statusReason ?? '',
    createdAt: row?.createdAt ?? stack.createdAt,
    updatedAt: row?.updatedAt ?? stack.createdAt,
    requiredBy,
    ...(resource?.description !== undefined && { description: resource.description }),
    ...(stack.parentResourceName !== null && { parentResource: stack.parentResourceName }),
  }
}

const filterable: Readonly<Record<string, (view: ResourceView) => readonly string[]>> = {
  name: ({ name }) => [name],
  type: ({ type }) => [type],
  status: ({ action, status }) => [status, `${action}_${status}`],
  action: ({ action }) => [action],
  id: ({ physicalId }) => [physicalId],
  physical_resource_id: ({ physicalId }) => [physicalId],
}

function meets(view: ResourceView, filters: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.entries(filters).every(([key, values]) => {
    const read = filterable[key]
    if (read === undefined) throw BadRequest({ message: `Invalid filter parameters ['${key}']` })
    const own = read(view)
    // A type is asked for by any part of its name.
    return values.some((value) => (key === 'type' ? view.type.includes(value) : own.includes(value)))
  })
}

type ShowAsk = {
  readonly stack: StackIdentity
  readonly resource: string
  readonly withAttributes: readonly string[]
}

export async function showResource(parts: EngineParts, caller: Caller, ask: ShowAsk): Promise<ResourceView> {
  const stack = await stackOf(parts, ask.stack)
  const whole = await wholeOf(parts, stack)
  const view = viewsOf(whole).find(({ name }) => name === ask.resource)
  if (view === undefined) throw ResourceNotFound({ resource: ask.resource, stack: stack.name })
  return await withDetail(parts, caller, { view, whole }, ask.withAttributes)
}

/** Adds what only the cloud knows: the live attributes. What can't be read is null, and is no reason to show nothing. */
async function withDetail(
  parts: EngineParts,
  caller: Caller,
  { view, whole }: Viewed,
  more: readonly string[] = [],
): Promise<ResourceView> {
  const described = { description: '', ...view }
  const { stack, definition } = whole
  const row = whole.rows.get(view.name)
  const resource = definition.resources.get(view.name)
  const type = resource && typeOf(definition, resource, parts.registry)
  if (row === undefined || type === undefined || row.physicalId === null || stack.deletedAt !== null) {
    const names = [...Object.keys(type?.attributes ?? {}), ...more]
    return { ...described, attributes: Object.fromEntries(names.map((name) => [name, null])) }
  }
  const hold = new Hold(onlookerSite(parts, caller, whole), row)
  return { ...described, attributes: await attributesOf(type, hold, more) }
}

async function attributesOf(type: AnyType, hold: Hold, more: readonly string[]): Promise<JsonMap> {
  const names = [...new Set([...Object.keys(type.attributes), ...more])].filter((name) => name !== 'show')
  if (type.is === 'nested') {
    const ask = async (name: string) =>
      [name, await liveAttribute(hold.site, { type, row: hold.row, path: [name] }).catch(() => null)] as const
    const outputs = more.length > 0 ? names : Object.keys(type.attributes)
    return Object.fromEntries(await Promise.all(outputs.map(ask))) as JsonMap
  }
  const { values } = readProperties(type, hold.row.name, hold.row.properties ?? {})
  const shown = await shownObject(type, hold, values)
  const asked = shown === undefined ? names : more
  const { values: read } = await readAttributes(type, hold, {
    asked: asked.map((name) => ({ name })),
    values,
  })
  return { ...(shown as JsonMap | undefined), ...read }
}

async function shownObject(type: AnyResource, hold: Hold, values: Values): Promise<object | undefined> {
  try {
    const live: unknown = await (type.show?.(contextOf(type, hold, values)) ??
      homeOf(hold, type)?.get(hold.row.physicalId ?? ''))
    return isMap(live) ? live : undefined
  } catch (error) {
    hold.site.parts.log.debug(
      { resource: hold.row.name, error: messageOf(error) },
      'A live object could not be read',
    )
    return undefined
  }
}

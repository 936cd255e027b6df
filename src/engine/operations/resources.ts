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
import { currentRows, liveAttribute } from '../lifecycle/child.ts'
import { homeOf } from '../lifecycle/clients.ts'
import { usableProperties } from '../lifecycle/properties.ts'
import { Hold } from '../lifecycle/site.ts'
import type { EngineParts } from '../parts.ts'
import { onlookerSite } from './onlooker.ts'
import { identityOf, stackOf, templateOf } from './stacks.ts'

/** A stack with what is recorded of its resources: what views are made of. */
interface Whole {
  readonly stack: StackRow
  readonly definition: StackDefinition
  readonly rows: ReadonlyMap<string, ResourceRow>
}

async function wholeOf(parts: EngineParts, stack: StackRow): Promise<Whole> {
  const definition = parts.definitions.of(stack, await templateOf(parts, stack))
  return { stack, definition, rows: currentRows(await parts.store.resources(stack.id)) }
}

export async function listResources(
  parts: EngineParts,
  caller: Caller,
  ask: ResourceQuery,
): Promise<readonly ResourceView[]> {
  const stack = await stackOf(parts, ask.stack)
  const depth = Math.min(ask.nestedDepth ?? 0, parts.options.maxNestedStackDepth)
  const views = await viewsOf(parts, stack, depth)
  const wanted = views.filter((view) => meets(view, ask.filters ?? {}))
  if (!ask.withDetail) return wanted
  return await Promise.all(wanted.map((view) => withDetail(parts, caller, view)))
}

async function viewsOf(parts: EngineParts, stack: StackRow, depth: number): Promise<readonly ResourceView[]> {
  const whole = await wholeOf(parts, stack)
  const own = allViews(whole, await nestedOf(parts, whole))
  if (depth === 0) return own
  const children = await parts.store.children(stack.id)
  const below = await Promise.all(children.map((child) => viewsOf(parts, child, depth - 1)))
  return [...own, ...below.flat()]
}

async function nestedOf(
  { store }: EngineParts,
  { stack }: Whole,
): Promise<ReadonlyMap<string, StackIdentity>> {
  return new Map((await store.children(stack.id)).map((child) => [child.id, identityOf(child)]))
}

function allViews(
  { stack, definition, rows }: Whole,
  nested: ReadonlyMap<string, StackIdentity>,
): readonly ResourceView[] {
  const requiredBy = reversed(definition, rows)
  const present = stack.deletedAt === null ? definition.resources.keys() : []
  const names = new Set([...present, ...rows.keys()])
  return [...names].map((name) => {
    const row = rows.get(name)
    const child = row?.physicalId ? nested.get(row.physicalId) : undefined
    const view = resourceView({ stack, definition, name, row, requiredBy: requiredBy.get(name) ?? [] })
    return child === undefined ? view : { ...view, nested: child }
  })
}

function reversed(
  definition: StackDefinition,
  rows: ReadonlyMap<string, ResourceRow>,
): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>()
  for (const [name, needs] of definition.needs) {
    for (const need of new Set([...needs, ...(rows.get(name)?.needs ?? [])]))
      users.set(need, [...(users.get(need) ?? []), name])
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
  const view = allViews(whole, await nestedOf(parts, whole)).find(({ name }) => name === ask.resource)
  if (view === undefined) throw ResourceNotFound({ resource: ask.resource, stack: stack.name })
  return await withDetail(parts, caller, view, ask.withAttributes)
}

/** Adds what only the cloud knows: the live attributes. What can't be read is null, and is no reason to show nothing. */
async function withDetail(
  parts: EngineParts,
  caller: Caller,
  view: ResourceView,
  more: readonly string[] = [],
): Promise<ResourceView> {
  const described = { description: '', ...view }
  const stack = await stackOf(parts, view.stack)
  const { definition, rows } = await wholeOf(parts, stack)
  const row = rows.get(view.name)
  const resource = definition.resources.get(view.name)
  const type = resource && typeOf(definition, resource, parts.registry)
  if (row === undefined || type === undefined || row.physicalId === null || stack.deletedAt !== null) {
    return {
      ...described,
      attributes: Object.fromEntries(
        [...Object.keys(type?.attributes ?? {}), ...more].map((name) => [name, null]),
      ),
    }
  }
  const hold = new Hold(onlookerSite(parts, caller, { stack, definition, rows }), row)
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
  const shown = await shownObject(type, hold)
  const asked = shown === undefined ? names : more
  const values = usableProperties(type, hold.row.name, hold.row.properties ?? {})
  const { values: read } = await readAttributes(type, hold, {
    asked: asked.map((name) => ({ name })),
    values,
  })
  return { ...(shown as JsonMap | undefined), ...read }
}

async function shownObject(type: AnyResource, hold: Hold): Promise<object | undefined> {
  try {
    const live: unknown = await homeOf(hold.site.session, type)?.get(hold.row.physicalId ?? '')
    return isMap(live) ? live : undefined
  } catch (error) {
    hold.site.parts.log.debug(
      { resource: hold.row.name, error: messageOf(error) },
      'A live object could not be read',
    )
    return undefined
  }
}

export async function showMetadata(
  parts: EngineParts,
  _caller: Caller,
  ask: { readonly stack: StackIdentity; readonly resource: string },
): Promise<JsonMap> {
  const stack = await stackOf(parts, ask.stack)
  const { definition, rows } = await wholeOf(parts, stack)
  const row = rows.get(ask.resource)
  if (row === undefined && !definition.resources.has(ask.resource))
    throw ResourceNotFound({ resource: ask.resource, stack: stack.name })
  return row?.metadata ?? {}
}

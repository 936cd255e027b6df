import type { JsonMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import { mask } from '../../base/text.ts'
import { BadRequest, RequestLimitExceeded } from '../../contract/problems.ts'
import type { Caller, ImaginedResource, ResourceView } from '../../contract/views.ts'
import type { AnyNested, AnyType } from '../../plugin/index.ts'
import type { Shape } from '../../schema/index.ts'
import type { StackRow } from '../../store/rows.ts'
import {
  evaluateMetadata,
  evaluateProperties,
  type ResourceDefinition,
  type StackDefinition,
} from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import { inCloud } from '../definition/zones.ts'
import { firstAimOf } from '../lifecycle/aim.ts'
import { newChild } from '../lifecycle/nested.ts'
import { readProperties, type Values } from '../lifecycle/properties.ts'
import { Hold } from '../lifecycle/site.ts'
import { freshRow } from '../lifecycle/wanted.ts'
import { worldOf } from '../lifecycle/world.ts'
import type { EngineParts } from '../parts.ts'
import { onlookerSite } from './onlooker.ts'
import { refuseIf } from './refuse.ts'
import { resourceView, usersIn } from './resources.ts'

/** Where a stack has its ID, one that is only imagined has this, as users of Heat know it. */
export const idOfImagined = 'None'

interface Imagining {
  readonly parts: EngineParts
  readonly caller: Caller
  /** How many resources the whole tree may still have. */
  readonly room: { left: number }
}

interface Imagined {
  readonly stack: StackRow
  readonly definition: StackDefinition
}

/** The resources that a stack would be made of; in the place of one that is a stack of its own those inside it. */
export async function imagineResources(
  parts: EngineParts,
  caller: Caller,
  root: Imagined,
): Promise<readonly ImaginedResource[]> {
  const { maxResourcesPerStack: most } = parts.options
  const left = most < 0 ? Number.POSITIVE_INFINITY : most
  return await imagineStack({ parts, caller, room: { left } }, root)
}

async function imagineStack(
  imagining: Imagining,
  { stack, definition: wanted }: Imagined,
): Promise<readonly ImaginedResource[]> {
  const { parts, caller, room } = imagining
  room.left -= wanted.resources.size
  if (room.left < 0) throw RequestLimitExceeded({ message: 'Maximum resources per stack exceeded.' })
  const definition = await inCloud(parts, parts.access.forCaller(caller), wanted)
  const users = usersIn(definition, new Map())
  const resources: ImaginedResource[] = []
  for (const resource of definition.resources.values()) {
    const type = typeOf(definition, resource, parts.registry)
    if (type === undefined) throw new Error(`the type of resource ${resource.name} is not known`)
    const inside = { stack, definition, resource, ...valuesOf(definition, resource, type) }
    resources.push(
      type.is === 'nested'
        ? await imagineNested(imagining, { ...inside, type })
        : viewOf({ ...inside, type, requiredBy: users.get(resource.name) ?? [] }),
    )
  }
  return resources
}

/** Nothing is there yet: what refers to another resource has its name, and attributes are null, as in Heat. */
const nothingYet = worldOf(new Map())

function valuesOf(definition: StackDefinition, { name }: ResourceDefinition, type: AnyType) {
  const { values } = readProperties(type, name, evaluateProperties(definition, name, nothingYet))
  return { values, metadata: evaluateMetadata(definition, name, nothingYet) as JsonMap }
}

interface One<T extends AnyType = AnyType> extends Imagined {
  readonly resource: ResourceDefinition
  readonly type: T
  readonly values: Values
  readonly metadata: JsonMap
}

function viewOf(one: One & { readonly requiredBy: readonly string[] }): ResourceView {
  const { stack, definition, resource, type, values, metadata, requiredBy } = one
  const { name } = resource
  const shape = type.properties as Shape
  const isSecret = (property: string) =>
    definition.usesHidden(name) || shape[property]?.options.secret === true
  const properties = Object.keys(type.open ? values : shape).map((property) => {
    const value = values[property] ?? null
    return [property, value !== null && isSecret(property) ? mask : value] as const
  })
  const attributes = Object.keys(type.attributes).filter((attribute) => attribute !== 'show')
  return {
    ...resourceView({ stack, definition, name, row: undefined, requiredBy }),
    metadata: definition.usesHidden(name) && Object.keys(metadata).length > 0 ? { [mask]: mask } : metadata,
    properties: Object.fromEntries(properties),
    attributes: Object.fromEntries(attributes.map((attribute) => [attribute, null])),
  }
}

async function imagineNested(
  imagining: Imagining,
  { stack, definition, resource, type, values, metadata }: One<AnyNested>,
): Promise<readonly ImaginedResource[]> {
  const { parts, caller } = imagining
  const { maxNestedStackDepth: deepest } = parts.options
  if (stack.depth >= deepest) throw RequestLimitExceeded({ message: `Recursion depth exceeds ${deepest}.` })
  const site = onlookerSite(parts, caller, { stack, definition, rows: new Map() })
  const hold = new Hold(site, freshRow(site, resource.name, []))
  const wanted = { type, resource, values, metadata }
  const template = await firstAimOf(hold, wanted).catch((error: unknown) => {
    throw refusedInside(resource.name, error)
  })
  const named = { id: idOfImagined, name: `${stack.name}-${resource.name}` }
  const child = { ...newChild(hold, wanted, template), ...named }
  // What is fetched, nobody has looked at yet.
  if (type.fetches !== undefined) refuseIf(parts.definitions.problemsOf(child, template))
  return await imagineStack(imagining, {
    stack: child,
    definition: parts.definitions.imagined(child, template),
  })
}

function refusedInside(name: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error
  if (error.name === 'RequestLimitExceeded')
    return RequestLimitExceeded({ message: messageOf(error).replace(/^Request limit exceeded: /, '') })
  return BadRequest({ message: `${error.name}: resources.${name}: ${messageOf(error)}` })
}

import type { JsonMap } from '../../base/json.ts'
import type { AnyService } from '../../cloud/service.ts'
import { Invalid, NotFound, ResourceTypeNotFound } from '../../contract/problems.ts'
import type { Caller } from '../../contract/views.ts'
import type { AnyType } from '../../plugin/index.ts'
import { describe, type Effort, fullEffort, type Shape, startMatcher } from '../../schema/index.ts'
import { functionsOf, templatesOf, versions } from '../../template/index.ts'
import { typeOfSite } from '../definition/types.ts'
import type { EngineParts } from '../parts.ts'
import { permitTypes } from './permit.ts'
import { cfnTemplate, hotTemplate } from './type-template.ts'

interface TypeQuery {
  readonly name?: string
  readonly supportStatus?: string
  readonly version?: string
}

type TypeRow = { readonly type: string; readonly description: string }

/** The types that a caller can use: not the hidden ones, nor those that the policy denies or whose service the catalog lacks. */
export async function listResourceTypes(
  parts: EngineParts,
  caller: Caller,
  ask: TypeQuery,
): Promise<readonly TypeRow[]> {
  checkStatus(ask)
  const session = parts.access.forCaller(caller)
  const offered = new Map<AnyService, Promise<boolean>>()
  const offers = (service: AnyService): Promise<boolean> => {
    const known = offered.get(service) ?? session.offers(service.types).catch(() => false)
    offered.set(service, known)
    return known
  }
  const effort = fullEffort()
  const rows = await Promise.all(
    listedNames(parts).map(async (name) => {
      if (!parts.allowsType(name, caller)) return []
      const type = typeOfSite(name, parts.registry, parts.definitions.site)
      if (type === undefined || !matches(type, ask, effort)) return []
      const there = type.is === 'nested' || (await Promise.all(servicesOf(type).map(offers))).every(Boolean)
      return there ? [{ type: name, description: type.summary }] : []
    }),
  )
  return rows.flat()
}

const statuses = ['UNKNOWN', 'SUPPORTED', 'DEPRECATED', 'UNSUPPORTED', 'HIDDEN']

function checkStatus({ supportStatus }: TypeQuery): void {
  if (supportStatus === undefined || statuses.includes(supportStatus.toUpperCase())) return
  const known = statuses.map((status) => `'${status}'`).join(', ')
  throw Invalid({ reason: `Invalid support status and should be one of (${known})` })
}

/** Plugins, and what the operator has templates for; not what is only another name. */
function listedNames({ definitions: { catalog, site } }: EngineParts): readonly string[] {
  const templates = [...templatesOf(site.registry).values()].flat()
  const plugins = catalog.names().filter((name) => !Object.hasOwn(site.registry, name))
  const here = templates.filter((name) => Object.hasOwn(site.registry, name))
  return [...new Set([...plugins, ...here])].sort()
}

const servicesOf = (type: AnyType): readonly AnyService[] =>
  type.is === 'resource' ? Object.values(type.uses as Readonly<Record<string, AnyService>>) : []

function matches(type: AnyType, { name, supportStatus, version }: TypeQuery, effort: Effort): boolean {
  const support = type.support ?? 'SUPPORTED'
  if (support === 'HIDDEN') return false
  return (
    (supportStatus === undefined || support === supportStatus.toUpperCase()) &&
    (version === undefined || type.since === version) &&
    (name === undefined || startsWith(type.type, name, effort))
  )
}

/** The name is a pattern from its start on; one that is no pattern matches nothing. */
function startsWith(type: string, pattern: string, effort: Effort): boolean {
  const fits = startMatcher(pattern)
  return typeof fits === 'function' && fits(type, effort)
}

export async function showResourceType(
  parts: EngineParts,
  caller: Caller,
  ask: { readonly type: string; readonly withDescription: boolean },
): Promise<JsonMap> {
  permitTypes(parts, caller, [ask.type])
  const type = knownType(parts, ask.type)
  return {
    resource_type: type.type,
    properties: describe(type.properties as Shape) as unknown as JsonMap,
    attributes: {
      ...attributesOf(type.attributes as Shape),
      show: { description: 'Detailed information about resource.', type: 'map' },
    },
    support_status: {
      status: type.support ?? 'SUPPORTED',
      message: null,
      version: type.since ?? null,
      previous_status: null,
    },
    ...(ask.withDescription && { description: type.summary }),
  }
}

function knownType({ registry, definitions: { site } }: EngineParts, name: string): AnyType {
  const type = typeOfSite(name, registry, site)
  if (type === undefined) throw ResourceTypeNotFound({ type: name })
  if (type.support === 'HIDDEN') throw Invalid({ reason: `The resource type ${name} is hidden` })
  return type
}

const attributesOf = (shape: Shape): JsonMap =>
  Object.fromEntries(
    Object.entries(shape)
      .filter(([, { options }]) => options.support !== 'HIDDEN')
      .map(([name, { description, kind }]) => [name, { description, ...(kind !== 'any' && { type: kind }) }]),
  )

type TemplateAsk = { readonly type: string; readonly form: 'cfn' | 'hot' }

/** A template of one resource of the type: every property is a parameter, every attribute an output. */
export async function resourceTypeTemplate(
  parts: EngineParts,
  caller: Caller,
  { type: name, form }: TemplateAsk,
): Promise<JsonMap> {
  permitTypes(parts, caller, [name])
  const type = knownType(parts, name)
  return form === 'hot' ? hotTemplate(type) : cfnTemplate(type)
}

export async function listTemplateVersions(): Promise<ReturnType<typeof versions>> {
  return versions()
}

type FunctionsAsk = { readonly version: string; readonly withConditions: boolean }

export async function listTemplateFunctions(
  _parts: EngineParts,
  _caller: Caller,
  { version, withConditions }: FunctionsAsk,
) {
  const found = functionsOf(version, { conditions: withConditions })
  if (found === undefined) throw NotFound({ message: `Template with version ${version} not found` })
  return found
}

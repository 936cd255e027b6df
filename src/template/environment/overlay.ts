import type { Json, JsonMap } from '../../base/json.ts'
import type { TypeCatalog } from '../catalog.ts'
import type { TemplatePath } from '../problem.ts'
import type { ResourceDefinition } from '../template.ts'
import { type Environment, environmentOf } from './environment.ts'
import { type Registry, readRegistry } from './registry.ts'

/** One environment laid over another, as an update that sends only what changes lays its own over the stack's. */
export function overlaid(below: Environment, above: Environment): Environment {
  return environmentOf(
    {
      parameters: { ...below.parameters, ...above.parameters },
      parameterDefaults: { ...below.parameterDefaults, ...above.parameterDefaults },
      registry: extended((above.takenBack ?? []).reduce(without, below.registry), above.registry),
      eventSinks: [...below.eventSinks, ...above.eventSinks],
      encryptedParamNames: below.encryptedParamNames,
    },
    above.site,
  )
}

const extended = (onto: Registry, raw: JsonMap): Registry =>
  readRegistry(raw, { path: [], problems: [], onto })

const without = (registry: Registry, path: TemplatePath): Registry =>
  extended(registry, path.reduceRight<Json>((value, key) => ({ [key]: value }), null) as JsonMap)

/** An environment with parameters of its own over those that it has. */
export const withParameters = (environment: Environment, parameters: JsonMap): Environment =>
  environmentOf(
    { ...environment, parameters: { ...environment.parameters, ...parameters } },
    environment.site,
  )

/**
 * An environment that also says itself what types came to stand for by the operator's word or by a wildcard, so that they go
 * on doing so, and which templates are types by their own names.
 */
export function keepingTypes(
  environment: Environment,
  resources: Iterable<ResourceDefinition>,
  catalog: TypeCatalog,
): Environment {
  const kept: Record<string, string> = {}
  for (const { type, name } of resources) {
    const found = environment.resolveType(type, name, (one) => catalog.find(one) !== undefined)
    if (found?.is === 'type' && found.alias !== undefined) kept[found.alias] = found.type
    if (found?.is === 'template' && found.file === type) kept[type] = type
  }
  if (Object.keys(kept).length === 0) return environment
  return environmentOf({ ...environment, registry: { ...environment.registry, ...kept } }, environment.site)
}

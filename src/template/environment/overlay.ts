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

/** An environment that also says itself what the operator has some types stand for, so that they go on doing so. */
export function keepingAliases(
  environment: Environment,
  resources: Iterable<ResourceDefinition>,
  catalog: TypeCatalog,
): Environment {
  const aliases: Record<string, string> = {}
  for (const { type, name } of resources) {
    const found = environment.resolveType(type, name, (one) => catalog.find(one) !== undefined)
    if (found?.is === 'type' && found.alias !== undefined) aliases[found.alias] = found.type
  }
  if (Object.keys(aliases).length === 0) return environment
  const registry = { ...environment.registry, ...aliases }
  return environmentOf({ ...environment, registry }, environment.site)
}

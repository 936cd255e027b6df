import { isMap, type Json, type JsonMap } from '../../base/json.ts'
import { type Environment, environmentOf } from './environment.ts'
import { narrowed, readRegistry, without } from './registry.ts'
import { resolve } from './resolve.ts'
import { sectionNames } from './sections.ts'

/** Which stack inside a resource an environment is wanted for. */
export interface Child {
  readonly resource: string
  readonly type: string
  /** Its parameters; or, if it has a key that is a section's name, an environment of its own. */
  readonly parameters: JsonMap
}

/**
 * The environment of the stack inside a resource: its parent's, with parameters of its own. The entry that made the
 * type a template is left out, so that the template may use the type that it stands for.
 */
export function childEnvironment(parent: Environment, { resource, type, parameters }: Child): Environment {
  const isFlat = !sectionNames.some((name) => Object.hasOwn(parameters, name))
  const section = (name: string): JsonMap =>
    isFlat || !isMap(parameters[name]) ? {} : (parameters[name] as JsonMap)
  const sinks: readonly Json[] =
    isFlat || !Array.isArray(parameters.event_sinks) ? [] : parameters.event_sinks
  const { site } = parent
  const search = { resourceName: resource, isKnown: () => true, site: site.registry }
  const found = resolve(parent.registry, type, search)
  const said = readRegistry(section('resource_registry'), { path: [], problems: [], onto: parent.registry })
  const registry = found?.is === 'template' && found.path ? without(said, found.path) : said
  const sections = {
    parameters: isFlat ? parameters : section('parameters'),
    parameterDefaults: { ...parent.parameterDefaults, ...section('parameter_defaults') },
    registry: registry.resources === undefined ? registry : narrowed(registry, resource),
    eventSinks: [...parent.eventSinks, ...sinks],
    encryptedParamNames: [],
  }
  return environmentOf(sections, site)
}

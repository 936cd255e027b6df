import type { Json, JsonMap } from '../../base/json.ts'
import type { TemplatePath } from '../problem.ts'
import { namesTemplate, type Registry, wordsFor } from './registry.ts'
import { resolve, speaksOf } from './resolve.ts'
import { noSite, type Site } from './site.ts'

/** What a resource type stands for in one stack. */
export type ResolvedType =
  | {
      readonly is: 'type'
      readonly type: string
      /** The type that stands for this one by the operator's word or by a wildcard, if one does. */
      readonly alias?: string
    }
  | { readonly is: 'template'; readonly file: string }

/** What an environment says, section by section. */
export interface Sections {
  readonly parameters: JsonMap
  readonly parameterDefaults: JsonMap
  readonly registry: Registry
  /** The entries that it takes back of an environment that it is laid over; only of one that was just read. */
  readonly takenBack?: readonly TemplatePath[]
  readonly eventSinks: readonly Json[]
  readonly encryptedParamNames: readonly string[]
  /** How this file's parameters are merged with those of the files before it; absent unless it says so. */
  readonly mergeStrategies?: JsonMap
}

/** What the user sets beside a template: parameter values, and what resource types stand for. */
export interface Environment extends Sections {
  /** What the operator says for all stacks. */
  readonly site: Site
  /**
   * What a type is for the resource of that name; `undefined`: it leads nowhere. An alias counts only if `isKnown` (by
   * default, always true) says that its target exists.
   */
  resolveType(
    type: string,
    resourceName?: string,
    isKnown?: (type: string) => boolean,
  ): ResolvedType | undefined
  /** The hooks set for a resource of that name: `pre-create`, `post-update`, … */
  hooksOf(resourceName: string): readonly string[]
  /** Which of `update` and `replace` are forbidden for a resource of that name. */
  restrictedActionsOf(resourceName: string): readonly string[]
  /** Plain JSON that `parseEnvironment` reads back. */
  toJson(): JsonMap
}

const anyType = () => true

/** An environment that says what its sections say; where they say nothing of a type, the site counts. */
export function environmentOf(sections: Sections, site: Site = noSite): Environment {
  const { registry } = sections
  return {
    ...sections,
    site,
    resolveType(type, resourceName, isAnyKnown = anyType) {
      const isKnown = (name: string): boolean => !site.isRemoved(name) && isAnyKnown(name)
      const isSpokenOf = [registry, site.registry].some((one) => speaksOf(one, type, resourceName))
      if (!isSpokenOf && !namesTemplate(type) && isKnown(type)) return { is: 'type', type }
      const found = resolve(registry, type, { resourceName, isKnown, site: site.registry })
      return found?.is === 'template' ? { is: 'template', file: found.file } : found
    },
    hooksOf: (resourceName) => wordsFor(registry, resourceName, 'hooks'),
    restrictedActionsOf: (resourceName) => wordsFor(registry, resourceName, 'restricted_actions'),
    toJson: () => ({
      parameters: sections.parameters,
      parameter_defaults: sections.parameterDefaults,
      resource_registry: { resources: {}, ...registry },
      event_sinks: sections.eventSinks,
      encrypted_param_names: sections.encryptedParamNames,
    }),
  }
}

/** Says nothing at all. */
export const emptyEnvironment: Environment = environmentOf({
  parameters: {},
  parameterDefaults: {},
  registry: {},
  eventSinks: [],
  encryptedParamNames: [],
})

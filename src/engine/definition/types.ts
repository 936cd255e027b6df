import { within } from '../../base/json.ts'
import { type AnyType, type NestedType, nested, type Registry } from '../../plugin/index.ts'
import {
  type Environment,
  emptyEnvironment,
  environmentOf,
  type ResourceDefinition,
  type Site,
  type StackDefinition,
  type Template,
  templateFacts,
  templateIn,
  templateParameters,
} from '../../template/index.ts'

/** What implements a resource of a stack: a registered type, or a template that its environment or files name. */
export function typeOf(
  definition: StackDefinition,
  resource: ResourceDefinition,
  registry: Registry,
): AnyType | undefined {
  const { environment, files } = definition
  const resolved = environment.resolveType(
    resource.type,
    resource.name,
    (type) => registry.find(type) !== undefined,
  )
  if (resolved === undefined) return undefined
  return resolved.is === 'type'
    ? registry.find(resolved.type)
    : templateResource(resource.type, templateIn(files, resolved.file)?.value, environment)
}

/** The type that a resource was made by, if the one that is wanted now only took its place. */
export function formerTypeOf(
  registry: Registry,
  { type }: { readonly type: string },
  wanted: string,
): string | undefined {
  return type !== wanted && registry.find(type)?.substitutedBy === wanted ? type : undefined
}

/** What the type of a resource stood for when the resource was made, where its name means something else now. */
export function stoodFor(
  registry: Registry,
  before: StackDefinition | undefined,
  { name, type }: { readonly name: string; readonly type: string },
  now: AnyType,
): string | undefined {
  const was = before && typeOf(before, { name, type, dependsOn: [], deletionPolicy: 'Delete' }, registry)
  if (was === undefined || was.substitutedBy === now.type) return undefined
  const meaningOf = (one: AnyType): string => (registry.find(one.type) === one ? one.type : 'a template')
  return meaningOf(was) === meaningOf(now) ? undefined : meaningOf(was)
}

/** What a type is where no stack says anything of it, under the name that was asked for. */
export function typeOfSite(name: string, registry: Registry, site: Site): AnyType | undefined {
  const environment = siteEnvironments.get(site) ?? environmentOf(emptyEnvironment, site)
  siteEnvironments.set(site, environment)
  const found = environment.resolveType(name, undefined, (type) => registry.find(type) !== undefined)
  if (found?.is === 'template')
    return templateResource(name, templateIn(site.files, found.file)?.value, environment)
  const type = found === undefined ? undefined : registry.find(found.type)
  return type === undefined || type.type === name ? type : { ...type, type: name }
}

const siteEnvironments = new WeakMap<Site, Environment>()

const templateResources = new WeakMap<Environment, Map<string, Map<Template, NestedType>>>()

/** A resource type made of a template: its parameters are the properties, its outputs the attributes. */
function templateResource(
  type: string,
  template: Template | undefined,
  environment: Environment,
): NestedType | undefined {
  if (template === undefined) return undefined
  const byType = templateResources.get(environment) ?? new Map<string, Map<Template, NestedType>>()
  templateResources.set(environment, byType)
  const made = byType.get(type) ?? new Map<Template, NestedType>()
  byType.set(type, made)
  const declared = made.get(template) ?? declareTemplateResource(type, template, environment)
  made.set(template, declared)
  return declared
}

function declareTemplateResource(type: string, template: Template, environment: Environment): NestedType {
  const { properties, attributes } = templateFacts(template, environment)
  const ownReference = template.outputs.has('OS::stack_id')
  return nested(type, {
    summary: template.description,
    properties,
    attributes,
    next: ({ props }) => ({ template: template.source, parameters: templateParameters(props) }),
    async attribute({ path: [name, ...path], child }) {
      const [first, ...inside] = String(name).split('.')
      if (first === 'resource' && inside.length > 0) return insideOf(child, [...inside, ...path])
      if (typeof name === 'string' && child.outputNames().includes(name))
        return within(child.output(name), path)
      return undefined
    },
    reference: (child) =>
      ownReference ? String(child.outputOr('OS::stack_id', child.arn) ?? child.arn) : child.arn,
  })
}

type ChildView = Parameters<NestedType['attribute']>[0]['child']

async function insideOf(child: ChildView, [member, ...path]: readonly (string | number)[]): Promise<unknown> {
  return path.length === 0 ? child.reference(String(member)) : await child.attribute(String(member), path)
}

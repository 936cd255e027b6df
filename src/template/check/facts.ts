import { isMap, type Json, type JsonMap } from '../../base/json.ts'
import { wordOf } from '../../base/text.ts'
import { any, type Field, type FieldOptions, hasUnknown, UNKNOWN } from '../../schema/index.ts'
import type { TypeFacts } from '../catalog.ts'
import { type Environment, emptyEnvironment } from '../environment/environment.ts'
import type { ParameterDeclaration, Template } from '../template.ts'
import { kinds, ruleOf } from '../values.ts'

const remembered = new WeakMap<Template, TypeFacts>()

/**
 * What a template used as a resource type takes and gives: its parameters are the properties, its outputs the
 * attributes. A parameter without a default is required, unless the environment has one for it.
 */
export function templateFacts(template: Template, environment: Environment = emptyEnvironment): TypeFacts {
  const defaults = environment.parameterDefaults
  const hasDefaults = Object.keys(defaults).some((name) => template.parameters.has(name))
  const known = hasDefaults ? undefined : remembered.get(template)
  if (known !== undefined) return known
  const facts: TypeFacts = {
    properties: Object.fromEntries(
      [...template.parameters].map(([name, one]) => [name, propertyFor(one, Object.hasOwn(defaults, name))]),
    ),
    attributes: Object.fromEntries(
      [...template.outputs].map(([name, { description }]) => [name, any(description)]),
    ),
  }
  if (!hasDefaults) remembered.set(template, facts)
  return facts
}

function propertyFor(
  { type, description, default: usual, constraints, hidden }: ParameterDeclaration,
  hasDefault: boolean,
): Field {
  const rules: FieldOptions = Object.assign({}, ...constraints.map((constraint) => ruleOf(constraint)))
  return {
    kind: kinds[type],
    description,
    options: {
      ...rules,
      ...(hidden && { secret: true }),
      updatable: true,
      ...(usual === undefined && !hasDefault && { required: true }),
      ...((type === 'json' || type === 'comma_delimited_list') && { convertible: true }),
    },
  }
}

/**
 * The parameters of the stack inside a resource, from the properties of the resource: lists become comma-separated
 * texts, lists of maps the `.member.N.key=value` form. What is not known yet stays UNKNOWN.
 */
export function templateParameters(properties: Readonly<Record<string, unknown>>): JsonMap {
  const parameters: [string, Json][] = []
  for (const [name, value] of Object.entries(properties)) {
    if (value !== null && value !== undefined) parameters.push([name, parameterFrom(value)])
  }
  return Object.fromEntries(parameters)
}

/** UNKNOWN is passed on as a value that only checks meet. */
function parameterFrom(value: unknown): Json {
  if (!Array.isArray(value)) return value as Json
  if (hasUnknown(value)) return UNKNOWN as unknown as Json
  if (!isMap(value[0])) return value.map((item: unknown) => (item === null ? '' : wordOf(item))).join(',')
  const members = value.flatMap((item: unknown, i) =>
    isMap(item) ? Object.entries(item).map(([key, part]) => `.member.${i}.${key}=${wordOf(part)}`) : [],
  )
  return members.join(',')
}

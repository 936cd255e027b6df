import { type Json, type JsonMap, own } from '../../base/json.ts'
import { hasUnknown } from '../../schema/index.ts'
import type { TypeCatalog } from '../catalog.ts'
import type { StackDefinition } from '../definition.ts'
import type { Environment } from '../environment/environment.ts'
import { isNothing } from '../nothing.ts'
import type { ParameterConstraint, ParameterDeclaration, ParameterType, Template } from '../template.ts'
import { stackInside } from './inside.ts'
import { kindOf } from './kind.ts'

/** What else to show of a template. */
export interface Describing {
  /** The templates of nested stacks too. */
  readonly showNested?: boolean
  /** The environment to show, where it is not the definition's. */
  readonly environment?: Environment
  /** The types there are; without them only templates have something inside. */
  readonly catalog?: TypeCatalog
}

const noTypes: TypeCatalog = { find: () => undefined, names: () => [] }

/** What a template is and takes, as the answer to a request to validate it shows it. */
export function describeTemplate(
  definition: StackDefinition,
  { showNested = false, environment: said = definition.environment, catalog = noTypes }: Describing = {},
): JsonMap {
  const { source, version } = definition.template
  const description = source[version.words.description]
  const { encrypted_param_names: _, ...environment } = said.toJson()
  return {
    Description: isSomething(description) ? description : 'No description',
    ...parametersOf(definition.template, definition.environment),
    ...(showNested && nestedOf(definition, { catalog, depth: 0, left: { count: mostShown } })),
    Environment: environment,
  }
}

function parametersOf(template: Template, environment: Environment): JsonMap {
  const {
    parameters,
    source,
    version: { words },
  } = template
  const groups = words.parameterGroups === undefined ? null : (source[words.parameterGroups] ?? null)
  const isGrouped = Array.isArray(groups) && groups.length > 0
  return {
    Parameters: Object.fromEntries(
      [...parameters]
        .filter(([name]) => !pseudoNames.includes(name))
        .map(([name, one]) => [
          name,
          parameterView(one, { environment, written: writtenOf(name, template) }),
        ]),
    ),
    ...(isGrouped && { ParameterGroups: groups }),
  }
}

/** What the author wrote of a parameter for people, of whatever kind it is. */
function writtenOf(name: string, { source, version: { words } }: Template): Written {
  const section = source[words.parameters] as Readonly<Record<string, JsonMap>>
  const declaration = section[name]
  return {
    description: declaration?.[words.parameter.description],
    label: declaration?.[words.parameter.label],
  }
}

interface Written {
  readonly description: Json | undefined
  readonly label: Json | undefined
}

/** A parameter that is called like one that every stack has is not asked for. */
const pseudoNames = ['OS::stack_id', 'OS::stack_name', 'OS::project_id', 'OS::region']

const typeNames: Readonly<Record<ParameterType, string>> = {
  string: 'String',
  number: 'Number',
  comma_delimited_list: 'CommaDelimitedList',
  json: 'Json',
  boolean: 'Boolean',
}

function parameterView(
  parameter: ParameterDeclaration,
  {
    environment: { parameters, parameterDefaults },
    written: { description, label },
  }: { readonly environment: Environment; readonly written: Written },
): JsonMap {
  const { name, type, hidden, tags, constraints } = parameter
  const usual = own(parameterDefaults, name) ?? parameter.default
  const given = own(parameters, name)
  const said = constraints.flatMap((constraint) => constraint.description || [])
  return {
    Type: typeNames[type],
    Description: isSomething(description) ? description : '',
    NoEcho: hidden ? 'true' : 'false',
    Label: isSomething(label) ? label : name,
    ...(usual !== undefined && { Default: usual }),
    ...(isSomething(given) && !hasUnknown(given) && { Value: given }),
    ...(tags.length > 0 && { Tags: tags }),
    ...Object.assign({}, ...constraints.map(constraintView)),
    ...(said.length > 0 && { ConstraintDescription: said.join(' ') }),
  }
}

const isSomething = (value: Json | undefined): value is Json => !isNothing(value)

function constraintView(constraint: ParameterConstraint): JsonMap {
  switch (constraint.is) {
    case 'length':
      return { ...known('MinLength', constraint.min), ...known('MaxLength', constraint.max) }
    case 'range':
      return { ...known('MinValue', constraint.min), ...known('MaxValue', constraint.max) }
    case 'modulo':
      return { Step: constraint.step, Offset: constraint.offset }
    case 'allowed_values':
      return { AllowedValues: constraint.values }
    case 'allowed_pattern':
      return { AllowedPattern: constraint.pattern }
    case 'custom_constraint':
      return { CustomConstraint: constraint.name }
  }
}

const known = (name: string, value: number | undefined): JsonMap =>
  value === undefined ? {} : { [name]: value }

const deepest = 5

/** How many resources and parameters of nested templates are shown, for a few lines may make very many stacks. */
const mostShown = 20_000

interface Nesting {
  readonly catalog: TypeCatalog
  readonly depth: number
  /** How many resources and parameters may still be shown. */
  readonly left: { count: number }
}

/** The parameters of the templates that resources stand for, and of those inside them; what is beyond measure is left out. */
function nestedOf(definition: StackDefinition, { catalog, depth, left }: Nesting): JsonMap {
  if (depth >= deepest) return {}
  const nested: [string, JsonMap][] = []
  for (const resource of definition.resources.values()) {
    const kind = kindOf(resource, definition, { catalog, nested: false, told: new Set() })
    const inside = stackInside(resource, definition, kind)
    if (inside === undefined) continue
    left.count -= 1 + inside.template.parameters.size + inside.template.resources.size
    if (left.count < 0) break
    const { value: inner } = inside.define()
    nested.push([
      resource.name,
      {
        Type: resource.type,
        Description: inside.template.description,
        ...(kind.is === 'template' ? parametersOf(inside.template, inner.environment) : { Parameters: {} }),
        ...nestedOf(inner, { catalog, depth: depth + 1, left }),
      },
    ])
  }
  return nested.length === 0 ? {} : { NestedParameters: Object.fromEntries(nested) }
}

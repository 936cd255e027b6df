import { isMap, type Json, type JsonMap } from '../../base/json.ts'
import { UNKNOWN } from '../../schema/index.ts'
import type { StackDefinition } from '../definition.ts'
import { childEnvironment } from '../environment/child.ts'
import type { Environment } from '../environment/environment.ts'
import { templateIn } from '../parse/files.ts'
import { defineStack, insideOf } from '../stack/define.ts'
import type { ParameterConstraint, ParameterDeclaration, ParameterType, Template } from '../template.ts'
import { templateParameters } from './facts.ts'

/** What a template is and takes, as the answer to a request to validate it shows it. */
export function describeTemplate(
  definition: StackDefinition,
  { showNested = false }: { readonly showNested?: boolean } = {},
): JsonMap {
  const { source, version } = definition.template
  const description = source[version.words.description]
  const { encrypted_param_names: _, ...environment } = definition.environment.toJson()
  return {
    Description: isSomething(description) ? description : 'No description',
    ...parametersOf(definition.template, definition.environment),
    ...(showNested && nestedOf(definition, 0)),
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
      [...parameters].map(([name, one]) => [
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
  const usual = (Object.hasOwn(parameterDefaults, name) ? parameterDefaults[name] : null) ?? parameter.default
  const given = Object.hasOwn(parameters, name) ? parameters[name] : null
  const said = constraints.flatMap((constraint) => constraint.description || [])
  return {
    Type: typeNames[type],
    Description: isSomething(description) ? description : '',
    NoEcho: hidden ? 'true' : 'false',
    Label: isSomething(label) ? label : name,
    ...(usual !== undefined && { Default: usual }),
    ...(isSomething(given) && { Value: given }),
    ...(tags.length > 0 && { Tags: tags }),
    ...Object.assign({}, ...constraints.map(constraintView)),
    ...(said.length > 0 && { ConstraintDescription: said.join(' ') }),
  }
}

function isSomething(value: Json | undefined): value is Json {
  if (Array.isArray(value)) return value.length > 0
  return isMap(value) ? Object.keys(value).length > 0 : Boolean(value)
}

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

/** The parameters of the templates that resources stand for, and of those inside them. */
function nestedOf(definition: StackDefinition, depth: number): JsonMap {
  const nested: [string, JsonMap][] = []
  const { trials } = insideOf(definition)
  for (const { name, type } of definition.resources.values()) {
    const resolved = definition.environment.resolveType(type, name)
    const template =
      resolved?.is === 'template' ? templateIn(definition.files, resolved.file)?.value : undefined
    if (template === undefined || depth >= deepest) continue
    const properties = trials.get(name)?.properties
    const parameters = withoutUnknown(templateParameters(isMap(properties) ? properties : {}))
    const inner = defineStack({
      template,
      environment: childEnvironment(definition.environment, { resource: name, type, parameters }),
      files: definition.files,
      pseudo: { ...definition.pseudo, stackName: `${definition.pseudo.stackName}-${name}` },
      lenient: true,
    }).value
    nested.push([
      name,
      {
        Type: type,
        Description: template.description,
        ...parametersOf(template, inner.environment),
        ...nestedOf(inner, depth + 1),
      },
    ])
  }
  return nested.length === 0 ? {} : { NestedParameters: Object.fromEntries(nested) }
}

function withoutUnknown(parameters: JsonMap): JsonMap {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => (value as unknown) !== UNKNOWN))
}

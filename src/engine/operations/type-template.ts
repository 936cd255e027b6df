import type { JsonMap } from '../../base/json.ts'
import type { AnyType } from '../../plugin/index.ts'
import { constraintsOf, type Field, type Shape } from '../../schema/index.ts'

/** A template of one resource of a type, in HOT: every property is a parameter, every attribute an output. */
export function hotTemplate(type: AnyType): JsonMap {
  const name = logicalName(type)
  const properties = visible(type.properties as Shape)
  const outputs = attributesOf(type).map(([key, description]) => [
    key,
    { description, value: { get_attr: [name, key] } },
  ])
  return {
    heat_template_version: '2016-10-14',
    description: `Initial template of ${name}`,
    parameters: Object.fromEntries(properties.map(([key, field]) => [key, hotParameter(field)])),
    resources: {
      [name]: {
        type: type.type,
        properties: Object.fromEntries(properties.map(([key]) => [key, { get_param: key }])),
      },
    },
    outputs: { ...Object.fromEntries(outputs), 'OS::stack_id': { value: { get_resource: name } } },
  }
}

/** The same in the language of CloudFormation. */
export function cfnTemplate(type: AnyType): JsonMap {
  const name = logicalName(type)
  const properties = visible(type.properties as Shape)
  const values = properties.map(([key, { kind }]) => [
    key,
    kind === 'list' ? { 'Fn::Split': [',', { Ref: key }] } : { Ref: key },
  ])
  const outputs = attributesOf(type).map(([key, description]) => [
    key,
    { Description: description, Value: { 'Fn::GetAtt': [name, key] } },
  ])
  return {
    HeatTemplateFormatVersion: '2012-12-12',
    Description: `Initial template of ${name}`,
    Parameters: Object.fromEntries(properties.map(([key, field]) => [key, cfnParameter(field)])),
    Resources: { [name]: { Type: type.type, Properties: Object.fromEntries(values) } },
    Outputs: { ...Object.fromEntries(outputs), 'OS::stack_id': { Value: { Ref: name } } },
  }
}

const logicalName = ({ type }: AnyType): string => type.split('::').at(-1) ?? type

const visible = (shape: Shape): readonly [string, Field][] =>
  Object.entries(shape).filter(
    ([, { options }]) => options.support !== 'HIDDEN' && options.implemented !== false,
  )

/** What the type tells, and what every type does. */
const attributesOf = (type: AnyType): readonly (readonly [string, string])[] => [
  ...visible(type.attributes as Shape).map(([key, { description }]) => [key, description] as const),
  ['show', 'Detailed information about resource.'],
]

const hotTypes = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  list: 'comma_delimited_list',
  map: 'json',
  any: 'json',
}

function hotParameter(field: Field): JsonMap {
  // The version of these templates has no such constraint yet.
  const constraints = (constraintsOf(field) as readonly JsonMap[]).filter((one) => !('modulo' in one))
  return {
    type: hotTypes[field.kind],
    ...(field.description && { description: field.description }),
    ...defaultOf(field, 'default'),
    ...(constraints.length > 0 && { constraints }),
  }
}

const cfnTypes = {
  string: 'String',
  integer: 'Number',
  number: 'Number',
  boolean: 'Boolean',
  list: 'CommaDelimitedList',
  map: 'Json',
  any: 'Json',
}

function cfnParameter(field: Field): JsonMap {
  return {
    Type: cfnTypes[field.kind],
    ...(field.description && { Description: field.description }),
    ...defaultOf(field, 'Default'),
    ...Object.assign({}, ...(constraintsOf(field) as readonly Constraint[]).map(cfnConstraint)),
    ...(field.kind === 'boolean' && { AllowedValues: ['True', 'true', 'False', 'false'] }),
  }
}

interface Bounds {
  readonly min?: number
  readonly max?: number
}

interface Constraint {
  readonly length?: Bounds
  readonly range?: Bounds
  readonly allowed_values?: readonly (string | number)[]
  readonly allowed_pattern?: string
}

/** What of a constraint can be said in CloudFormation's language. */
function cfnConstraint({ length, range, allowed_values, allowed_pattern }: Constraint): JsonMap {
  return {
    ...(length?.min !== undefined && { MinLength: length.min }),
    ...(length?.max !== undefined && { MaxLength: length.max }),
    ...(range?.min !== undefined && { MinValue: range.min }),
    ...(range?.max !== undefined && { MaxValue: range.max }),
    ...(allowed_values && { AllowedValues: allowed_values }),
    ...(allowed_pattern !== undefined && { AllowedPattern: allowed_pattern }),
  }
}

function defaultOf({ options }: Field, key: string): JsonMap {
  const hasDefault = 'default' in options && JSON.stringify(options.default ?? null) !== 'null'
  return hasDefault ? { [key]: options.default as never } : {}
}

import { isMap } from '../../base/json.ts'
import { pythonText } from './python.ts'

/** The part of JSON Schema that OpenStack's services use for what they are sent. */
export interface Shape {
  readonly type?: TypeName | readonly TypeName[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly patternProperties?: Readonly<Record<string, Shape>>
  readonly additionalProperties?: boolean | Shape
  readonly required?: readonly string[]
  readonly items?: Shape
  readonly enum?: readonly unknown[]
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly uniqueItems?: boolean
  readonly minimum?: number
  readonly maximum?: number
  readonly pattern?: string
  readonly format?: 'uuid' | 'base64' | 'ip' | 'ipv4' | 'ipv6' | 'date-time' | 'uri' | 'name'
  readonly oneOf?: readonly Shape[]
  readonly anyOf?: readonly Shape[]
}

type TypeName = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null'

/** What is wrong with a value, in the words of Python's jsonschema, and where. */
export interface Fault {
  readonly path: readonly (string | number)[]
  readonly value: unknown
  readonly message: string
}

/** The first thing that is wrong with a value, if anything is. */
export function faultIn(
  value: unknown,
  shape: Shape,
  path: readonly (string | number)[] = [],
): Fault | undefined {
  const message =
    wrongKind(value, shape) ?? wrongChoice(value, shape) ?? wrongSize(value, shape) ?? wrongText(value, shape)
  if (message !== undefined) return { path, value, message }
  if (Array.isArray(value)) return faultInList(value, shape, path)
  return isMap(value) ? faultInMap(value, shape, path) : undefined
}

function wrongKind(value: unknown, { type }: Shape): string | undefined {
  if (type === undefined) return undefined
  const types: readonly TypeName[] = typeof type === 'string' ? [type] : type
  if (types.some((each) => isOf(value, each))) return undefined
  return `${pythonText(value)} is not of type ${types.map((each) => `'${each}'`).join(', ')}`
}

function isOf(value: unknown, type: TypeName): boolean {
  if (type === 'object') return isMap(value)
  if (type === 'array') return Array.isArray(value)
  if (type === 'null') return value === null
  if (type === 'integer') return Number.isInteger(value)
  return typeof value === type
}

function wrongChoice(value: unknown, shape: Shape): string | undefined {
  if (shape.enum !== undefined && !shape.enum.includes(value)) {
    return `${pythonText(value)} is not one of ${pythonText(shape.enum)}`
  }
  const fitting = (shapes: readonly Shape[]) =>
    shapes.filter((each) => faultIn(value, each) === undefined).length
  const given = () => `${pythonText(value)} is not valid under any of the given schemas`
  if (shape.anyOf !== undefined && fitting(shape.anyOf) === 0) return given()
  if (shape.oneOf !== undefined && fitting(shape.oneOf) === 0) return given()
  return undefined
}

function wrongSize(value: unknown, shape: Shape): string | undefined {
  if (typeof value === 'string' || Array.isArray(value)) {
    const [least, most] =
      typeof value === 'string' ? [shape.minLength, shape.maxLength] : [shape.minItems, shape.maxItems]
    if (value.length < (least ?? 0)) return `${pythonText(value)} is too short`
    if (value.length > (most ?? Number.POSITIVE_INFINITY)) return `${pythonText(value)} is too long`
  }
  if (
    shape.uniqueItems &&
    Array.isArray(value) &&
    new Set(value.map((item) => JSON.stringify(item))).size < value.length
  ) {
    return `${pythonText(value)} has non-unique elements`
  }
  return wrongNumber(value, shape) ?? wrongCount(value, shape)
}

function wrongNumber(value: unknown, { minimum, maximum }: Shape): string | undefined {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
  if (typeof number !== 'number') return undefined
  if (minimum !== undefined && number < minimum) return `${number} is less than the minimum of ${minimum}`
  if (maximum !== undefined && number > maximum) return `${number} is greater than the maximum of ${maximum}`
  return undefined
}

function wrongCount(value: unknown, { minProperties, maxProperties }: Shape): string | undefined {
  if (!isMap(value)) return undefined
  const count = Object.keys(value).length
  if (count < (minProperties ?? 0)) return `${pythonText(value)} does not have enough properties`
  if (count > (maxProperties ?? Number.POSITIVE_INFINITY))
    return `${pythonText(value)} has too many properties`
  return undefined
}

const formats: Readonly<Record<NonNullable<Shape['format']>, RegExp>> = {
  uuid: /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i,
  base64: /^[A-Za-z0-9+/\s]*={0,2}\s*$/,
  ip: /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:.]*:[0-9a-f:.]*)$/i,
  ipv4: /^\d{1,3}(\.\d{1,3}){3}$/,
  ipv6: /^[0-9a-f:.]*:[0-9a-f:.]*$/i,
  'date-time': /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/,
  uri: /^[a-z][a-z0-9+.-]*:/i,
  name: /^(?!\s)[^\0]*[^\s\0]$/,
}

function wrongText(value: unknown, { pattern, format }: Shape): string | undefined {
  if (typeof value !== 'string') return undefined
  if (pattern !== undefined && !new RegExp(pattern).test(value))
    return `${pythonText(value)} does not match ${pythonText(pattern)}`
  if (format !== undefined && !formats[format].test(value))
    return `${pythonText(value)} is not a ${pythonText(format)}`
  return undefined
}

function faultInList(value: readonly unknown[], { items }: Shape, path: Fault['path']): Fault | undefined {
  if (items === undefined) return undefined
  for (const [index, item] of value.entries()) {
    const fault = faultIn(item, items, [...path, index])
    if (fault !== undefined) return fault
  }
  return undefined
}

function faultInMap(
  value: Readonly<Record<string, unknown>>,
  shape: Shape,
  path: Fault['path'],
): Fault | undefined {
  const missing = shape.required?.find((name) => !Object.hasOwn(value, name))
  if (missing !== undefined) return { path, value, message: `'${missing}' is a required property` }
  const extra: string[] = []
  for (const [name, item] of Object.entries(value)) {
    const rule = ruleFor(name, shape)
    if (rule === undefined && shape.additionalProperties === false) extra.push(name)
    const fault = rule === undefined ? undefined : faultIn(item, rule, [...path, name])
    if (fault !== undefined) return fault
  }
  if (extra.length === 0) return undefined
  return { path, value, message: unexpected(extra, Object.keys(shape.patternProperties ?? {})) }
}

/** What a map's shape says of one of its entries. */
function ruleFor(
  name: string,
  { properties, patternProperties = {}, additionalProperties }: Shape,
): Shape | undefined {
  const own = properties?.[name]
  if (own !== undefined) return own
  const pattern = Object.entries(patternProperties).find(([text]) => new RegExp(text).test(name))
  return pattern?.[1] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
}

function unexpected(names: readonly string[], patterns: readonly string[]): string {
  const list = names.map((name) => `'${name}'`).join(', ')
  if (patterns.length > 0) {
    const verb = names.length === 1 ? 'does' : 'do'
    return `${list} ${verb} not match any of the regexes: ${patterns.map((each) => pythonText(each)).join(', ')}`
  }
  return `Additional properties are not allowed (${list} ${names.length === 1 ? 'was' : 'were'} unexpected)`
}

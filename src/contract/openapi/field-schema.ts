import type { Field, Shape } from '../../schema/index.ts'
import type { JsonSchema } from '../reply.ts'

/** A declared value as JSON schema has it. */
export function fieldSchema(field: Field): JsonSchema {
  const { description, item, fields, options } = field
  const { oneOf, pattern, range, length, convertible } = options
  return {
    ...typeOf(field),
    ...(description !== '' && { description }),
    ...('default' in options && { default: options.default }),
    ...(oneOf && { enum: oneOf }),
    ...(pattern !== undefined && { pattern: `^${pattern}$` }),
    ...bounds(range, 'minimum', 'maximum'),
    ...bounds(length, 'minLength', 'maxLength'),
    ...(item && !convertible && { items: fieldSchema(item) }),
    ...(fields && shapeSchema(fields)),
  }
}

/** A list that may be written as one text, with commas in it, is described as that: every client can write it so. */
function typeOf({ kind, options }: Field): JsonSchema {
  if (kind === 'any') return {}
  if (kind === 'list') return { type: options.convertible ? 'string' : 'array' }
  return { type: kind === 'map' ? 'object' : kind }
}

function bounds(
  { min, max }: { readonly min?: number; readonly max?: number } = {},
  least: string,
  most: string,
): JsonSchema {
  return { ...(min !== undefined && { [least]: min }), ...(max !== undefined && { [most]: max }) }
}

/** A map of declared keys as JSON schema has it. */
export function shapeSchema(shape: Shape): JsonSchema {
  const required = Object.keys(shape).filter((key) => shape[key]?.options.required)
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, fieldSchema(field)])),
    ...(required.length > 0 && { required }),
  }
}

import { parseShallowJson } from '../../base/json.ts'
import { resource } from '../../plugin/index.ts'
import { any, anyList, boolean, cast, type Field, map, number, string } from '../../schema/index.ts'

/** The property type that a value of each parameter type is read as. */
const kinds: Readonly<Record<string, Field>> = {
  string: string(),
  number: number(),
  comma_delimited_list: anyList('', { convertible: true }),
  json: map(),
  boolean: boolean(),
}

/** A value worked out once, for other resources and outputs to read. */
export const Value = resource('OS::Heat::Value', {
  summary: 'Holds a value, so that an expression need be written only once.',
  since: '7.0.0',
  uses: {},
  inert: true,
  properties: {
    type: string('What the value is to be read as. Without it the value stays what it is.', {
      oneOf: ['string', 'number', 'comma_delimited_list', 'json', 'boolean'],
      updatable: true,
    }),
    value: any('The value.', { required: true, updatable: true }),
  },
  attributes: { value: any('The value, of the type that was asked for.') },
  create: async ({ self }) => ({ id: self.physicalName }),
  validate: ({ type, value }) => {
    const refused = typed(type, value).refused
    return refused === undefined ? [] : [{ path: ['value'], message: refused }]
  },
  compute: { value: ({ props }) => typed(props.type, props.value).value },
})

function typed(
  type: string | undefined,
  value: unknown,
): { readonly value?: unknown; readonly refused?: string } {
  const field = type === undefined ? undefined : kinds[type]
  if (field === undefined || typeof value === 'symbol') return { value }
  if (type === 'json' && typeof value === 'string') return fromText(value)
  if (type === 'json' && Array.isArray(value)) return { value }
  return cast(field, value)
}

function fromText(text: string): { readonly value?: unknown; readonly refused?: string } {
  try {
    return { value: parseShallowJson(text) }
  } catch {
    return { refused: `Value must be valid JSON: ${text.slice(0, 80)}` }
  }
}

import { own } from '../../base/json.ts'
import type { Field, Shape } from '../../schema/index.ts'
import type { JsonSchema } from '../reply.ts'
import { fieldSchema } from './field-schema.ts'

const uuid = '4f7b0f5c-5d2e-4a3a-9a3c-0a9c6ad0b2f1'

/** What stands in the braces of addresses, and one that might. */
const pathValues: Readonly<Record<string, readonly [description: string, example: string]>> = {
  project_id: [
    'The project of the token; administrators may name others.',
    '9f86d081884c7d659a2feaa0c55ad015',
  ],
  stack_name: ['The name of the stack; where no ID follows, its ID or ARN will do.', 'web'],
  stack_id: ['The ID of the stack.', uuid],
  snapshot_id: ['The ID of the snapshot.', uuid],
  output_key: ['The name of the output.', 'address'],
  resource_name: ['The name of the resource in its template.', 'server'],
  event_id: ['The ID of the event.', uuid],
  config_id: ['The ID of the software config.', uuid],
  deployment_id: ['The ID of the software deployment.', uuid],
  server_id: ['The ID of the server.', uuid],
  type_name: ['The name of the resource type.', 'OS::Nova::Server'],
  template_version: ['The name of the version of the template language.', 'heat_template_version.2021-04-16'],
}

/** What the braces of a path hold, as OpenAPI describes it. */
export function pathParameters(path: string): readonly object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => {
    const value = own(pathValues, name)
    if (value === undefined) throw new TypeError(`nothing is said of {${name}} in ${path}`)
    const [description, example] = value
    return {
      name,
      in: 'path',
      required: true,
      description,
      schema: { type: 'string', minLength: 1 },
      example,
    }
  })
}

/** The most that a whole number in a query may be: more digits than that are refused. */
const mostInteger = 999_999_999_999_999

/** What a query may hold. */
export const queryParameters = (query: Shape): readonly object[] =>
  Object.entries(query).map(([name, field]) => ({
    name,
    in: 'query',
    ...(field.description !== '' && { description: field.description }),
    ...wayOfLists(field),
    schema: querySchema(field),
    example: queryExample(name, field),
  }))

/** One that might be asked for: of words and names the declaration tells it. */
function queryExample(name: string, { kind, options: { example, convertible } }: Field): unknown {
  if (kind === 'boolean') return true
  if (kind === 'integer') return example ?? 20
  if (typeof example !== 'string') throw new TypeError(`no example is told of the query's ${name}`)
  if (kind !== 'list') return example
  return convertible ? example.split(',') : [example]
}

/** Lists repeat the key, but for those that are one text with commas in it. */
const wayOfLists = ({ kind, options }: Field): object =>
  kind === 'list' ? { style: 'form', explode: !options.convertible } : {}

function querySchema(field: Field): JsonSchema {
  if (field.kind === 'list') return { type: 'array', items: { type: 'string' } }
  const { description: _, ...schema } = fieldSchema(field)
  return field.kind === 'integer' ? { minimum: 0, maximum: mostInteger, ...schema } : schema
}

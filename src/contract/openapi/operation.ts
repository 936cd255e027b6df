import { type AnyEndpoint, splitAddress } from '../endpoint.ts'
import type { Reply } from '../reply.ts'
import { commonHeaders, refusalsOf } from './faults.ts'
import { shapeSchema } from './field-schema.ts'
import { pathParameters, queryParameters } from './parameters.ts'

/** What an operation is known by, beside its address. */
export interface Title {
  readonly id: string
  readonly family: string
}

/** One operation as OpenAPI describes it. */
export function operationObject(endpoint: AnyEndpoint, { id, family }: Title): object {
  const { address, summary, policy, query } = endpoint
  const parameters = [...pathParameters(splitAddress(address).path), ...queryParameters(query)]
  return {
    operationId: id,
    tags: [family],
    summary,
    ...(policy === null ? { security: [] } : { description: `Policy rule: \`${policy}\`.` }),
    ...(parameters.length > 0 && { parameters }),
    ...requestBody(endpoint),
    responses: responses(endpoint),
  }
}

function requestBody({ body, open, exclusive, example }: AnyEndpoint): object {
  const isTaken = open || Object.keys(body).length > 0
  if (!isTaken) return {}
  const schema = { ...shapeSchema(body), ...(exclusive && { minProperties: 1, maxProperties: 1 }) }
  const content = { 'application/json': { schema, ...(example && { example }) } }
  return { requestBody: { required: exclusive || !open, content } }
}

/** Statuses under which nothing is said but by the header. */
const silent: readonly number[] = [202, 204, 302]

function responses(endpoint: AnyEndpoint): object {
  const { status, reply, also = {}, leadsTo } = endpoint
  const location = { description: leadsTo, schema: { type: 'string', format: 'uri-reference' } }
  const done = {
    description: wordsOf(status),
    headers: { ...commonHeaders, ...(leadsTo !== undefined && { location }) },
    ...(!silent.includes(status) && contentOf(reply)),
  }
  const others = Object.entries(also).map(([code, other]) => [
    code,
    { description: wordsOf(Number(code)), headers: commonHeaders, ...contentOf(other) },
  ])
  return { [status]: done, ...refusalsOf(endpoint), ...Object.fromEntries(others) }
}

function wordsOf(status: number): string {
  if (status === 202) return 'It was accepted, and is under way.'
  if (status === 204) return 'It was accepted, or is done.'
  if (status === 302) return 'It is to be asked at another address.'
  return status === 503 ? 'It is not to be used.' : 'It was done.'
}

const contentOf = ({ schema, example, media = 'application/json' }: Reply): object => ({
  content: { [media]: { schema, example } },
})

import { type AnyEndpoint, splitAddress } from '../endpoint.ts'
import { type FaultReply, fault } from '../rest/replies/faults.ts'
import { statusWords } from '../status-words.ts'

interface Refusal {
  readonly name: string
  readonly description: string
  /** The error of one that was refused so. */
  readonly example: { readonly type: string; readonly message?: string }
}

/** Every status by which the API refuses what has an address. */
const refusals: Readonly<Record<number, Refusal>> = {
  400: {
    name: 'BadRequest',
    description: 'What was sent is not as it must be; of a template, `problems` says where.',
    example: { type: 'HTTPBadRequest', message: "Only integer is acceptable by 'limit'." },
  },
  401: {
    name: 'Unauthorized',
    description: 'There is no token, or it is not good, or not any more.',
    example: { type: 'Unauthorized', message: 'Authentication required' },
  },
  403: {
    name: 'Forbidden',
    description: 'The policy does not let the caller do this, or the project is another one.',
    example: { type: 'Forbidden', message: 'You are not authorized to use stacks:create.' },
  },
  404: {
    name: 'NotFound',
    description: 'There is no such thing.',
    example: { type: 'EntityNotFound', message: 'The Stack (web) could not be found.' },
  },
  409: {
    name: 'Conflict',
    description: 'What is there, or what is being done, stands against it.',
    example: {
      type: 'ActionInProgress',
      message: 'Stack web already has an action (UPDATE) in progress.',
    },
  },
  429: {
    name: 'TooManyRequests',
    description: 'The project, or an address without a good token, has asked more than the site allows.',
    example: { type: 'HTTPTooManyRequests', message: 'Too many requests: come again in 3 seconds.' },
  },
  500: {
    name: 'ServerError',
    description: 'The service failed. Its log says how, under the ID of the request.',
    example: { type: 'Error' },
  },
  503: {
    name: 'Unavailable',
    description: 'Something that the service stands on does not answer. Try again later.',
    example: { type: 'HTTPServiceUnavailable', message: 'No engine answered.' },
  },
}

const requestId = { $ref: '#/components/headers/RequestId' }

/** What every answer has in its header. */
export const commonHeaders = { 'x-openstack-request-id': requestId }

/** The refusals as parts of a document that its operations refer to. */
export function refusalResponses(): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(refusals).map(([status, { name, description, example }]) => {
      const headers = { ...commonHeaders, ...ownHeaders[Number(status)] }
      const content = { 'application/json': { schema: fault.schema, example: body(Number(status), example) } }
      return [name, { description, headers, content }]
    }),
  )
}

function body(code: number, error: Refusal['example']): FaultReply {
  const [title = '', explanation = ''] = statusWords[code] ?? []
  return { code, title, explanation, error: { ...error, traceback: null } }
}

const whereToAsk = {
  description: 'Where to get a token.',
  schema: { type: 'string' },
  example: 'Keystone uri="http://127.0.0.1:5000/v3"',
}

const whenAgain = {
  description: 'In how many seconds to ask again.',
  schema: { type: 'integer' },
  example: 3,
}

/** What only some refusals have in their header. */
const ownHeaders: Readonly<Record<number, object>> = {
  401: { 'www-authenticate': whereToAsk },
  429: { 'retry-after': whenAgain },
}

/** The refusals that an operation may answer with, by status. */
export function refusalsOf({ address, policy, status }: AnyEndpoint): Readonly<Record<string, object>> {
  const changes = splitAddress(address).method !== 'GET' && status !== 302
  const all = policy === null ? [] : [400, 401, 403, 404, ...(changes ? [409] : []), 429, 500, 503]
  return Object.fromEntries(
    all.map((code) => [code, { $ref: `#/components/responses/${refusals[code]?.name}` }]),
  )
}

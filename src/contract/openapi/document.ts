import { splitAddress } from '../endpoint.ts'
import type { JsonSchema } from '../reply.ts'
import { allEndpoints, type EndpointFamily } from '../rest/index.ts'
import { fault } from '../rest/replies/faults.ts'
import { refusalResponses } from './faults.ts'
import { operationObject } from './operation.ts'

/** What families of operations are called for people. */
const titles: Readonly<Record<string, string>> = {
  misc: 'The service',
  stacks: 'Stacks',
  actions: 'Actions on stacks',
  resources: 'Resources of a stack',
  events: 'Events of a stack',
  templates: 'Templates',
  resourceTypes: 'Resource types',
}

/** What a family of operations is called for people. */
export const titleOf = (family: string): string => titles[family] ?? family

const description = `An orchestration service for OpenStack, compatible with the Orchestration API of OpenStack.

Requests carry a token of Keystone in \`X-Auth-Token\`. A method that an address does not have is answered with 405 and
\`Allow\`, and \`OPTIONS\` with 204 and \`Allow\`. Query keys that an operation does not have are passed over, unless it says
otherwise. Every refusal has a body of the same form, \`Fault\`.`

/** The whole REST API in OpenAPI 3.1. */
export const openApiDocument = (): object => ({
  openapi: '3.1.1',
  info: {
    title: 'Hearth',
    version: 'v1.0',
    description,
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/', description: 'The service that this document was fetched from.' }],
  security: [{ token: [] }],
  tags: allEndpoints.map(({ family }) => ({ name: titleOf(family) })),
  paths: paths(),
  components: {
    securitySchemes: {
      token: { type: 'apiKey', in: 'header', name: 'X-Auth-Token', description: 'A token of Keystone.' },
    },
    headers: {
      RequestId: {
        description: 'The ID of the request, by which the log knows it.',
        schema: { type: 'string', pattern: '^req-' },
        example: 'req-4f7b0f5c-5d2e-4a3a-9a3c-0a9c6ad0b2f1',
      },
    },
    responses: refusalResponses(),
    schemas: schemas(),
  },
})

function paths(): Readonly<Record<string, object>> {
  const all: Record<string, Record<string, object>> = {}
  for (const { family, endpoints } of allEndpoints) {
    const ids = idsIn(endpoints)
    for (const [i, { endpoint }] of endpoints.entries()) {
      const { method, path } = splitAddress(endpoint.address)
      const title = { id: ids[i] ?? '', family: titleOf(family) }
      all[path] = { ...all[path], [method.toLowerCase()]: operationObject(endpoint, title) }
    }
  }
  return all
}

/** The names of operations; those of one name are told apart by method and what their addresses end in. */
function idsIn(endpoints: EndpointFamily['endpoints']): readonly string[] {
  const count = Map.groupBy(endpoints, ({ name }) => name)
  return endpoints.map(({ name, endpoint }) => {
    if (count.get(name)?.length === 1) return name
    const { method, path } = splitAddress(endpoint.address)
    const end = /\/(\w+)$/.exec(path)?.[1] ?? ''
    return [name, method.toLowerCase(), end].filter((word) => word !== '').join('-')
  })
}

/** Every schema that has a name. */
function schemas(): Readonly<Record<string, JsonSchema>> {
  const replies = allEndpoints.flatMap(({ endpoints }) => endpoints.map(({ endpoint }) => endpoint.reply))
  const all = Object.assign({}, fault.names, ...replies.map(({ names }) => names))
  return Object.fromEntries(Object.entries<JsonSchema>(all).sort(([a], [b]) => (a < b ? -1 : 1)))
}

import { splitAddress } from '../../src/contract/endpoint.ts'
import { titleOf } from '../../src/contract/openapi/document.ts'
import { allEndpoints } from '../../src/contract/rest/index.ts'
import { fieldList } from './fields.ts'

type AnyEndpoint = (typeof allEndpoints)[number]['endpoints'][number]['endpoint']

const introduction = `# REST API

The same is told to programs in [OpenAPI 3.1](openapi.json), which the service also answers at \`/openapi.json\`.

Requests carry a Keystone token in \`X-Auth-Token\`, unless an operation says that it needs none. Bodies are JSON. A
refusal is a body of \`{"code", "title", "explanation", "error": {"type", "message", "traceback"}}\`; one of a template
carries \`problems\` in its \`error\`, each with \`code\`, \`message\`, \`path\` and, as far as they are known, \`file\`, \`line\`, \`column\`, \`endLine\` and
\`endColumn\` (from one; the end is behind the last character), \`expected\`, \`version\` (the version of the template language that
would accept it), \`hint\` and \`meant\` (the nearest known name).`

/** Every operation of the REST API, by family. */
export function restApiPage(): string {
  const families = allEndpoints.map(({ family, endpoints }) => {
    const same = Map.groupBy(endpoints, ({ name }) => name)
    return [
      `## ${titleOf(family)}`,
      ...[...same.values()].map((ones) => operation(ones.map(({ endpoint }) => endpoint))),
    ].join('\n\n')
  })
  return [introduction, ...families].join('\n\n').concat('\n')
}

/** One operation, or several under one name that only their addresses tell apart. */
function operation(endpoints: readonly AnyEndpoint[]): string {
  const [first] = endpoints
  if (first === undefined) return ''
  const addresses = endpoints.map(({ address }) => `### ${heading(address)}`)
  const facts = [
    `${first.summary} Answers ${first.status}.`,
    first.policy === null ? 'Needs no token.' : `Policy: \`${first.policy}\`.`,
  ]
  const [query, body] = [fieldList(first.query), fieldList(first.body)]
  return [
    ...(addresses.length === 1
      ? addresses
      : [`### ${first.summary.split(';')[0]}`, addresses.map((one) => one.replace('### ', '- ')).join('\n')]),
    facts.join(' '),
    ...(query === '' ? [] : [`Query:\n\n${query.trimEnd()}`]),
    ...(body === '' ? [] : [`Body:\n\n${body.trimEnd()}`]),
  ].join('\n\n')
}

const heading = (address: AnyEndpoint['address']): string => {
  const { method, path } = splitAddress(address)
  return `${method} \`${path}\``
}

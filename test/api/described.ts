import { Ajv2020 } from 'ajv/dist/2020.js'
import { negotiate } from '../../src/api/negotiate.ts'
import { openApiDocument } from '../../src/contract/openapi/document.ts'

/** A request and its answer, as far as the document describes them. */
export interface Exchange {
  readonly method: string
  /** The path and query that were asked for. */
  readonly url: string
  readonly accept?: string | undefined
  readonly status: number
  readonly mediaType: string | undefined
  readonly text: string
}

interface Content {
  readonly [media: string]: object
}
interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: Responses }>>>>
  readonly components: { readonly responses: Readonly<Record<string, { readonly content: Content }>> }
}
type Responses = Readonly<Record<string, { readonly $ref?: string; readonly content?: Content }>>

/** The document as it is served. */
export const described = JSON.parse(JSON.stringify(openApiDocument())) as Described

const root = 'https://hearth.test/openapi.json'
const ajv = new Ajv2020({ strict: false, allErrors: true })
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
ajv.addFormat('uri-reference', (text: string) => URL.canParse(text, root))
ajv.addSchema(described, root)

/** What is wrong with a value by the schema at a place in the document; nothing if it fits. */
export function misfit(place: readonly string[], value: unknown): string | undefined {
  const pointer = place.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1')))
  const check = ajv.getSchema(`${root}#/${pointer.join('/')}`)
  if (check === undefined) throw new TypeError(`the document has no schema at ${place.join(' ')}`)
  return check(value) ? undefined : ajv.errorsText(check.errors)
}

const templates = Object.keys(described.paths)
  .map((path) => ({ path, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]*')}$`) }))
  .sort((a, b) => braces(a.path) - braces(b.path))

function braces(path: string): number {
  return path.split('{').length
}

/** The address in the document that a request is for, if it is for any. */
export function addressOf(url: string, accept?: string): string | undefined {
  const path = negotiate(url, accept).split('?', 1)[0] ?? ''
  return templates.find(({ pattern }) => pattern.test(path))?.path
}

/** In what an answer is not as the document describes it; nothing if it is. */
export function undescribed(exchange: Exchange): string | undefined {
  const { method, url, accept, status } = exchange
  const path = addressOf(url, accept)
  if (path === undefined) return fault(exchange, [400, 401, 403, 404, 429])
  // Whatever is asked at the root, the versions are the answer.
  const asked = path === '/' || method === 'HEAD' ? 'get' : method.toLowerCase()
  const operation = described.paths[path]?.[asked]
  if (operation === undefined || (method === 'HEAD' && status === 405))
    return method === 'OPTIONS' && (status === 204 || status === 200)
      ? undefined
      : fault(exchange, [400, 401, 403, 404, 405, 429])
  const response = operation.responses[status]
  if (response === undefined) return `${status} is not among ${Object.keys(operation.responses)}`
  if (method === 'HEAD') return undefined
  const name = response.$ref?.split('/').at(-1)
  const place =
    name === undefined
      ? ['paths', path, asked, 'responses', String(status)]
      : ['components', 'responses', name]
  const content = name === undefined ? response.content : described.components.responses[name]?.content
  return body(exchange, place, content)
}

/** What no operation is asked of, is refused. */
function fault({ status, text }: Exchange, allowed: readonly number[]): string | undefined {
  if (!allowed.includes(status))
    return `no operation has this address and method, and ${status} is not ${allowed}`
  return text === '' ? undefined : misfit(['components', 'schemas', 'Fault'], JSON.parse(text))
}

function body(
  { mediaType, text }: Exchange,
  place: readonly string[],
  content?: Content,
): string | undefined {
  if (content === undefined) return text === '' ? undefined : `there is to be no body, and it is ${text}`
  const media = mediaType?.split(';')[0] ?? ''
  if (!(media in content)) return `its type is ${media}, not ${Object.keys(content)}`
  return misfit(
    [...place, 'content', media, 'schema'],
    media === 'application/json' ? JSON.parse(text) : text,
  )
}

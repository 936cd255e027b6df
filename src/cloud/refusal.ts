import { isMap } from '../base/json.ts'
import { CloudError, type CloudErrorKind } from './error.ts'
import type { Reply } from './service.ts'

/** The error that a service's refusal is, in its own words. */
export function refusalOf(service: string, reply: Reply, doubtful: boolean): CloudError {
  const words = wordsOf(reply.body)
  const requestId = requestIdOf(reply)
  const retryAfterSeconds = retryAfterOf(reply)
  return new CloudError(
    words ?? `The ${service} service answered with status ${reply.status}.${redirection(reply)}`,
    {
      kind: kindOf(reply.status, words ?? '', typeOf(reply.body)),
      service,
      status: reply.status,
      doubtful,
      ...(requestId !== undefined && { requestId }),
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    },
  )
}

/** The service's own ID for a request, to find it in its logs. */
export function requestIdOf({ headers }: Pick<Reply, 'headers'>): string | undefined {
  const id = headers['x-openstack-request-id'] ?? headers['x-compute-request-id']
  return typeof id === 'string' ? id : id?.[0]
}

/** How long a service asks to be left alone, in seconds; it may say it as a date. */
export function retryAfterOf({ headers }: Pick<Reply, 'headers'>, now = Date.now()): number | undefined {
  const text = headers['retry-after']
  if (typeof text !== 'string') return undefined
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined
}

const quotaWords =
  /quota|exceeded for resources|limit exceeded|maximum number of .* (exceeded|allowed)|overlimit/i

function kindOf(status: number, words: string, type: string): CloudErrorKind {
  if (status === 413 || type === 'OverQuota') return 'over-limit'
  if ((status === 403 || status === 409) && quotaWords.test(words)) return 'over-limit'
  return byStatus[status] ?? (status >= 500 || status < 400 ? 'unavailable' : 'bad-request')
}

const byStatus: Readonly<Record<number, CloudErrorKind>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  410: 'not-found',
  429: 'rate-limited',
  501: 'bad-request',
}

/**
 * What a service says went wrong. Their bodies differ: `{badRequest: {message}}` (Nova, Cinder), `{NeutronError:
 * {type, message, detail}}`, `{error: {message}}` (Keystone, Heat), `{message}` or HTML (Glance), `{faultstring}`
 * (Octavia, Magnum), `{errors: [{detail}]}` (Placement).
 */
function wordsOf(body: unknown): string | undefined {
  if (typeof body === 'string') return textOf(body)
  if (!isMap(body)) return undefined
  // Heat's body says beside it what the status means in general.
  return (
    (isMap(body.error) ? ownWords(body.error) : undefined) ??
    ownWords(body) ??
    Object.values(body)
      .map(nestedWords)
      .find((words) => words !== undefined)
  )
}

function nestedWords(part: unknown): string | undefined {
  if (typeof part === 'string') return tidy(part)
  if (Array.isArray(part)) return part.map(nestedWords).find((words) => words !== undefined)
  return isMap(part) ? ownWords(part) : undefined
}

function ownWords(body: { readonly [key: string]: unknown }): string | undefined {
  for (const key of ['message', 'faultstring', 'description', 'detail', 'title']) {
    const said = body[key]
    if (typeof said === 'string' && said !== '')
      return withDetail(tidy(said), key === 'message' ? body.detail : undefined)
    if (isMap(said)) return ownWords(said)
  }
  return undefined
}

/** Neutron's `detail` is nearly always empty; when it is not, it holds the reason. */
function withDetail(words: string | undefined, detail: unknown): string | undefined {
  const more = typeof detail === 'string' ? tidy(detail) : undefined
  return words === undefined || more === undefined || words.includes(more) ? words : `${words} ${more}`
}

function typeOf(body: unknown): string {
  const inner = isMap(body) ? Object.values(body)[0] : undefined
  return isMap(inner) && typeof inner.type === 'string' ? inner.type : ''
}

/** Glance and proxies answer with a small page: its text, without the head that only repeats the status. */
function textOf(body: string): string | undefined {
  if (!/<(html|body|h1)/i.test(body)) return tidy(body)
  const inside = body.replace(/<head[\s\S]*?<\/head>/i, '').replace(/<h1>[\s\S]*?<\/h1>/i, '')
  return tidy(plain(inside)) ?? tidy(plain(body))
}

const plain = (html: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

const longestWords = 4000

function tidy(text: string): string | undefined {
  const short = text
    .replace(/<br ?\/?>/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return short === '' ? undefined : short.slice(0, longestWords)
}

function redirection({ status, headers }: Reply): string {
  if (status < 300 || status >= 400 || typeof headers.location !== 'string') return ''
  return ` It redirects to ${headers.location}; the endpoint in the catalog should be that.`
}

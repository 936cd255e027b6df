import type { IncomingHttpHeaders } from 'node:http'

/** What pages of other origins may do, by the names of oslo.middleware. */
export interface CrossOrigin {
  /** `*`: any. */
  readonly allowedOrigins: readonly string[]
  readonly allowCredentials: boolean
  readonly exposeHeaders: readonly string[]
  readonly maxAgeSeconds: number
  readonly allowMethods: readonly string[]
  readonly allowHeaders: readonly string[]
}

/** What the original lets them do; no origin is allowed. */
export const usualCrossOrigin: CrossOrigin = {
  allowedOrigins: [],
  allowCredentials: true,
  exposeHeaders: ['X-Auth-Token', 'X-Subject-Token', 'X-Service-Token', 'X-OpenStack-Request-ID'],
  maxAgeSeconds: 3600,
  allowMethods: ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'],
  allowHeaders: [
    ...['X-Auth-Token', 'X-Identity-Status', 'X-Roles', 'X-Service-Catalog', 'X-User-Id', 'X-Tenant-Id'],
    'X-OpenStack-Request-ID',
  ],
}

/** Headers that every page may send. */
const simpleHeaders: readonly string[] = [
  ...['accept', 'accept-language', 'content-type', 'cache-control', 'content-language', 'expires'],
  ...['last-modified', 'pragma'],
]

/** What a browser is told about a request from a page of another origin; nothing if that page may not ask it. */
export function crossOriginHeaders(
  headers: IncomingHttpHeaders,
  rules: CrossOrigin,
): Readonly<Record<string, string>> | undefined {
  const origin = allowedOrigin(headers.origin, rules)
  if (origin === undefined) return undefined
  const permit = {
    'access-control-allow-origin': origin,
    vary: 'Origin',
    ...(rules.allowCredentials && { 'access-control-allow-credentials': 'true' }),
  }
  const method = headers['access-control-request-method']
  if (method === undefined)
    return {
      ...permit,
      ...(rules.exposeHeaders.length > 0 && {
        'access-control-expose-headers': rules.exposeHeaders.join(','),
      }),
    }
  const wanted = namesIn(headers['access-control-request-headers'])
  const allowed = [...simpleHeaders, ...rules.allowHeaders.map((name) => name.toLowerCase())]
  if (!rules.allowMethods.includes(method)) return undefined
  if (!wanted.every((name) => allowed.includes(name.toLowerCase()))) return undefined
  return {
    ...permit,
    'access-control-allow-methods': method,
    ...(wanted.length > 0 && { 'access-control-allow-headers': wanted.join(',') }),
    ...(rules.maxAgeSeconds > 0 && { 'access-control-max-age': String(rules.maxAgeSeconds) }),
  }
}

function allowedOrigin(origin: string | undefined, { allowedOrigins }: CrossOrigin): string | undefined {
  if (!origin) return undefined
  if (allowedOrigins.includes(origin)) return origin
  return allowedOrigins.includes('*') ? '*' : undefined
}

const namesIn = (list: string | undefined): readonly string[] =>
  (list ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')

import type { IncomingHttpHeaders } from 'node:http'

const methods = 'GET,PUT,POST,DELETE,PATCH'
const asked =
  'X-Auth-Token,X-Identity-Status,X-Roles,X-Service-Catalog,X-User-Id,X-Tenant-Id,X-OpenStack-Request-ID,Content-Type'
const shown = 'X-Auth-Token,X-Subject-Token,X-Service-Token,X-OpenStack-Request-ID'

/** What a browser is told about a request from a page of another origin; nothing if that origin is not allowed. */
export function crossOriginHeaders(
  { origin, ...headers }: IncomingHttpHeaders,
  allowed: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (!origin || !(allowed.includes(origin) || allowed.includes('*'))) return undefined
  const permit = { 'access-control-allow-origin': origin, vary: 'Origin' }
  if (headers['access-control-request-method'] === undefined)
    return { ...permit, 'access-control-expose-headers': shown }
  return {
    ...permit,
    'access-control-allow-methods': methods,
    'access-control-allow-headers': asked,
    'access-control-max-age': '3600',
  }
}

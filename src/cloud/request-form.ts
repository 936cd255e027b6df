import { Readable } from 'node:stream'
import type { Call } from './exchange.ts'
import type { Ask } from './service.ts'
import { microversionHeaders, officialType, versionRoot } from './service-types.ts'

/** The HTTP request that an ask is, given where its service is and with which token. */
export function callFor(ask: Ask, endpoint: string, token: string): Call {
  const content = contentOf(ask.body)
  const root = ask.below === 'version' ? versionRoot(endpoint) : endpoint
  return {
    service: officialType(ask.service),
    method: ask.method,
    url: `${root}${ask.path}${queryText(ask.query)}`,
    headers: {
      accept: 'application/json',
      ...content.headers,
      ...(ask.microversion !== undefined && microversionHeaders(ask.service, ask.microversion)),
      ...lowerCased(ask.headers),
      'x-auth-token': token,
    },
    body: content.body,
    repeatable: ask.repeatable ?? safeMethods.has(ask.method),
    signal: ask.signal,
    bytesUpTo: ask.bytesUpTo,
    beforeSending: ask.beforeSending,
  }
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'PUT', 'DELETE'])

interface Content {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Call['body']
}

/** Objects go as JSON; texts, bytes and streams as they are. */
function contentOf(body: unknown): Content {
  if (body === undefined) return { headers: {}, body: undefined }
  if (typeof body === 'string' || body instanceof Uint8Array || body instanceof Readable) {
    return { headers: { 'content-type': 'application/octet-stream' }, body }
  }
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** Whether a body can be sent only once. */
export const isStream = (body: unknown): boolean => body instanceof Readable

function queryText(query: Ask['query']): string {
  const pairs = Object.entries(query ?? {}).flatMap(([key, value]): [string, string][] => {
    if (value === undefined) return []
    return typeof value === 'object' ? value.map((item) => [key, item]) : [[key, String(value)]]
  })
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`
}

function lowerCased(headers: Ask['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
}

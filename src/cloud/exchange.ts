import type { Readable } from 'node:stream'
import { type Dispatcher, request } from 'undici'
import type { Ask, Reply } from './service.ts'

/** One HTTP request, ready to be sent. */
export interface Exchange {
  readonly url: string
  readonly method: Ask['method']
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | Readable | undefined
  readonly signal: AbortSignal | undefined
  readonly bytesUpTo?: number | undefined
  readonly beforeSending?: (() => void) | undefined
}

/** A request with what must be known to send it as often as is safe. */
export interface Call extends Exchange {
  /** The service's official type: it names the limit and stands in messages. */
  readonly service: string
  /** Whether it may be sent again when nobody knows if it was done. */
  readonly repeatable: boolean
}

/** What came of sending a request once. */
export type Outcome =
  | { readonly is: 'answered'; readonly reply: Reply }
  /** Nothing reached the service. */
  | { readonly is: 'unsent'; readonly cause: Error; readonly transient: boolean }
  /** The connection broke or the answer did not come in time: nobody knows whether it was done. */
  | { readonly is: 'broken'; readonly cause: Error }

/** Sends a request once. An aborted signal rejects with its reason; whatever else happens is an outcome. */
export async function exchange(
  agent: Dispatcher,
  { url, method, headers, body, signal, bytesUpTo, beforeSending }: Exchange,
): Promise<Outcome> {
  signal?.throwIfAborted()
  beforeSending?.()
  try {
    const answer = await request(url, {
      dispatcher: agent,
      method,
      headers,
      body: body ?? null,
      ...(signal && { signal }),
    })
    const { statusCode: status, headers: told } = answer
    const content =
      bytesUpTo !== undefined && status < 300
        ? await firstBytes(answer.body, bytesUpTo)
        : readBody(await answer.body.text(), String(told['content-type'] ?? ''))
    return { is: 'answered', reply: { status, headers: told, body: content } }
  } catch (error) {
    signal?.throwIfAborted()
    const cause = error instanceof Error ? error : new Error(String(error))
    const code = codeOf(cause)
    if (!neverSent.has(code)) return { is: 'broken', cause }
    return { is: 'unsent', cause, transient: transient.has(code) }
  }
}

async function firstBytes(body: AsyncIterable<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= most) break
  }
  return Buffer.concat(chunks).subarray(0, most)
}

/** Text that says it is JSON and is not stays text, so that an error can still show it. */
function readBody(text: string, type: string): unknown {
  if (text === '') return undefined
  if (!/\bjson\b/.test(type)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const transient = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
])

const neverSent = new Set([
  ...transient,
  'ENOTFOUND',
  'UND_ERR_INVALID_ARG',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_SSL_WRONG_VERSION_NUMBER',
])

/** A host of several addresses fails with all their errors at once; they are alike. */
function codeOf(error: Error): string {
  const inner = error instanceof AggregateError ? error.errors[0] : error
  return String((inner as { code?: unknown } | undefined)?.code ?? (error as { code?: unknown }).code ?? '')
}

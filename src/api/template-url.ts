import { type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { getCACertificates } from 'node:tls'
import { messageOf, Problem } from '../base/problem.ts'
import { BadRequest } from '../contract/problems.ts'
import { lookupWithin, NotReachable, type Reachable, whyNot } from './reachable.ts'

interface Limits {
  readonly maxSize: number
  readonly timeoutMs: number
  readonly reachable: Reachable
}

/** How often an address may lead to another. */
const mostRedirects = 5

const cannot = (why: string, cause?: unknown) =>
  BadRequest({ message: `Could not retrieve template: ${why}` }, cause)

/**
 * Fetches the template that a request names by address: only from where the site allows it, only so long, only so much. Whatever an
 * address leads to is looked at in the same way.
 */
export async function fetchTemplate(address: unknown, limits: Limits): Promise<string> {
  const url = typeof address === 'string' ? URL.parse(address) : null
  if (url === null) throw cannot('Invalid URL')
  const reason = whyNot(url, limits.reachable)
  if (reason !== undefined) throw cannot(reason)
  const shown = new URL(url)
  shown.username = ''
  shown.password = ''
  const failed = `Failed to retrieve template from ${shown.href}`
  try {
    const response = await follow(url, limits, AbortSignal.timeout(limits.timeoutMs))
    const bytes = await readUpTo(limits.maxSize, response)
    if (bytes === undefined) throw cannot(`Template exceeds maximum allowed size (${limits.maxSize} bytes)`)
    return bytes.toString('utf8')
  } catch (error) {
    throw error instanceof Problem ? error : cannot(`${failed}${wordsOf(error)}`, error)
  }
}

/** What a site does not allow is told; what went wrong on the way is for nobody to draw conclusions from. */
const wordsOf = (error: unknown): string => (error instanceof NotReachable ? `: ${messageOf(error)}` : '')

async function follow(first: URL, { reachable }: Limits, signal: AbortSignal): Promise<IncomingMessage> {
  let url = first
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await ask(url, reachable, signal)
    const { statusCode = 0, headers } = response
    if (statusCode >= 200 && statusCode < 300) return response
    response.destroy()
    const next = statusCode >= 300 && statusCode < 400 ? URL.parse(headers.location ?? '', url.href) : null
    if (next === null) throw new Error(`the answer was ${statusCode}`)
    const reason = whyNot(next, reachable)
    if (reason !== undefined) throw new NotReachable(reason)
    url = next
  }
  throw new NotReachable('it leads from one address to another without end')
}

function ask(url: URL, reachable: Reachable, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const isSecure = url.protocol === 'https:'
    const options = {
      agent: false,
      lookup: lookupWithin(reachable),
      signal,
      headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'hearth' },
      ...(isSecure && { ca: [...getCACertificates('default'), ...getCACertificates('system')] }),
    }
    const asking = isSecure ? overHttps(url, options) : overHttp(url, options)
    asking.on('response', resolve)
    asking.on('error', reject)
    asking.end()
  })
}

/** The whole body, or nothing if it is larger than allowed, whatever it says of its own length. */
async function readUpTo(maxSize: number, body: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxSize) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

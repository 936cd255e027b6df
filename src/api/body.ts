import { isUtf8 } from 'node:buffer'
import type { Readable } from 'node:stream'
import { isMap, isShallow, type JsonMap } from '../base/json.ts'
import { BadRequest, RequestLimitExceeded } from '../contract/problems.ts'
import { malformed } from './faults.ts'

/** Bodies nested deeper than this can be meant for nothing but mischief. */
const maxDepth = 500

/** What more than the limit is read, only to be thrown away, so that the client gets to reading our answer. */
const patience = 64 * 1024 * 1024

/** A body that came in, or the size it would have had. */
export type Collected = { readonly bytes: Buffer } | { readonly tooLarge: number }

/** Reads a body as far as the limit allows; of a larger one nothing is kept. */
export function collect(
  stream: Readable,
  { announced, limit }: { announced: number; limit: number },
): Promise<Collected> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const refuse = (length: number) => {
      chunks.length = 0
      resolve({ tooLarge: length })
    }
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit + patience) stream.destroy()
      else if (size > limit) refuse(Math.max(size, announced))
      else if (announced <= limit) chunks.push(chunk)
    })
    stream.on('end', () => resolve({ bytes: Buffer.concat(chunks) }))
    stream.on('error', (error) => reject(BadRequest({ message: 'The body broke off.' }, error)))
    if (announced > limit) refuse(announced)
  })
}

/**
 * The JSON object in a body, if there is one: a text that says it is JSON, or says nothing of itself, and begins with a
 * brace. Other bodies count as none.
 */
export function objectIn(
  collected: Collected | undefined,
  contentType: string | undefined,
  limit: number,
): JsonMap | undefined {
  if (collected === undefined || !saysJson(contentType)) return undefined
  if ('tooLarge' in collected) {
    throw RequestLimitExceeded({
      message: `JSON body size (${collected.tooLarge} bytes) exceeds maximum allowed size (${limit} bytes).`,
    })
  }
  return collected.bytes[0] === 0x7b ? parse(collected.bytes) : undefined
}

function saysJson(contentType: string | undefined): boolean {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  return type === '' || type === 'application/json' || type.startsWith('text/plain')
}

function parse(bytes: Buffer): JsonMap {
  if (!isUtf8(bytes)) throw BadRequest({ message: 'The body is not UTF-8 text.' })
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw BadRequest({ message: error instanceof Error ? error.message : '' }, error)
  }
  if (!isMap(value)) throw malformed()
  if (!isShallow(value, maxDepth))
    throw BadRequest({ message: `The body is nested more than ${maxDepth} levels deep.` })
  return value as JsonMap
}

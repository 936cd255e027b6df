import { BadRequest } from '../contract/problems.ts'

const cannot = (why: string, cause?: unknown) =>
  BadRequest({ message: `Could not retrieve template: ${why}` }, cause)

/** Fetches the template that a request names by address. Only http and https, only so long, only so much. */
export async function fetchTemplate(
  address: unknown,
  { maxSize, timeoutMs }: { maxSize: number; timeoutMs: number },
): Promise<string> {
  const url = typeof address === 'string' ? URL.parse(address) : null
  if (url === null) throw cannot('Invalid URL')
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw cannot(`Invalid URL scheme ${url.protocol.slice(0, -1)}`)
  const failed = `Failed to retrieve template from ${url.href}`
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch((error: unknown) => {
    throw cannot(failed, error)
  })
  if (!response.ok) {
    await response.body?.cancel()
    throw cannot(failed)
  }
  const bytes = await readUpTo(maxSize, response).catch((error: unknown) => {
    throw cannot(failed, error)
  })
  if (bytes === undefined) throw cannot(`Template exceeds maximum allowed size (${maxSize} bytes)`)
  return bytes.toString('utf8')
}

/** The whole body, or nothing if it is larger than allowed, whatever it says of its own length. */
async function readUpTo(maxSize: number, { body }: Response): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body ?? []) {
    size += chunk.length
    if (size > maxSize) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

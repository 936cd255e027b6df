import { limiter } from '../../base/limiter.ts'
import { Problem } from '../../base/problem.ts'
import { isCloudError, wordsOf } from '../../cloud/error.ts'
import { type StoredObject, type Swift, swift } from '../../cloud/swift/index.ts'
import type { StackRequest } from '../../contract/engine.ts'
import { DownloadLimitExceeded, NotFound, Unavailable } from '../../contract/problems.ts'
import type { Caller } from '../../contract/views.ts'
import type { EngineParts } from '../parts.ts'

/** So many objects may be fetched for one request, so many of them at once, and so long may that take. */
const mostObjects = 1000
const atOnce = 8
const patienceMs = 60_000

/**
 * A request with the files of the container of the object store that it names, if it names one, read with the caller's own
 * token. Files that come with the request count more.
 */
export async function withContainer<Ask extends StackRequest>(
  parts: EngineParts,
  caller: Caller,
  ask: Ask,
): Promise<Ask> {
  const { filesContainer: container, files: given = {} } = ask
  if (!container) return ask
  const enough = new AbortController()
  parts.clock.sleep(patienceMs, enough.signal).then(
    () => enough.abort(),
    () => {},
  )
  try {
    const client = swift.connect(parts.access.forCaller(caller))
    const isWanted = (name: string) => !Object.hasOwn(given, name)
    const found = await filesIn(client, container, {
      isWanted,
      mostBytes: parts.options.maxJsonBodySize,
      signal: enough.signal,
    })
    return { ...ask, files: { ...found, ...given } }
  } catch (error) {
    throw enough.signal.aborted ? notFetched(container, 'it took too long') : told(container, error)
  } finally {
    enough.abort()
  }
}

interface Fetching {
  readonly isWanted: (name: string) => boolean
  readonly mostBytes: number
  readonly signal: AbortSignal
}

async function filesIn(
  client: Swift,
  container: string,
  { isWanted, mostBytes, signal }: Fetching,
): Promise<Readonly<Record<string, string>>> {
  if (!mayBeName(container)) throw notFetched(container, 'that is no name of a container')
  const listed = await client.list(container, { most: mostObjects + 1, signal })
  if (listed.length > mostObjects)
    throw DownloadLimitExceeded({
      message: `Number of files to download exceeds maximum allowed (${mostObjects} files).`,
    })
  const wanted = listed.filter(({ name }) => isFile(name) && isWanted(name))
  checkSize(sizeOf(wanted), mostBytes)
  const turns = limiter(atOnce)
  let read = 0
  const fetch = async (name: string): Promise<[string, string]> => {
    signal.throwIfAborted()
    const bytes = await client.bytes(container, name, { most: mostBytes + 1, signal })
    read += bytes.length
    checkSize(read, mostBytes)
    return [name, textOf(bytes)]
  }
  return Object.fromEntries(await Promise.all(wanted.map(({ name }) => turns.run(() => fetch(name)))))
}

/** Neither leads to another place of the object store than what it says. */
const mayBeName = (name: string): boolean => isFile(name) && !name.includes('/')

/** What ends with a slash only stands for a folder. */
const isFile = (name: string): boolean => !name.endsWith('/') && !/^(\.|%2e){1,2}$/i.test(name)

const sizeOf = (objects: readonly StoredObject[]): number =>
  objects.reduce((sum, { bytes }) => sum + (Number(bytes) || 0), 0)

function checkSize(size: number, most: number): void {
  if (size <= most) return
  const message = `Total size of files to download (${size} bytes) exceeds maximum allowed (${most} bytes).`
  throw DownloadLimitExceeded({ message })
}

/** Text as it is; other bytes as base64, as clients send them. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('base64')
  }
}

const notFetched = (container: string, reason: string): Problem =>
  NotFound({ message: `Could not fetch files from container ${container}, reason: ${reason}.` })

function told(container: string, error: unknown): unknown {
  if (!isCloudError(error)) return error
  if (error.kind === 'unavailable') return Unavailable({ message: wordsOf(error) })
  if (error.kind === 'unauthorized')
    return new Problem('Unauthorized', 'Authentication required', { status: 401, cause: error })
  return notFetched(container, wordsOf(error).replace(/\.$/, ''))
}

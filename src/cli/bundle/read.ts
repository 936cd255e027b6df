import { isUtf8 } from 'node:buffer'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { messageOf } from '../../base/problem.ts'

/** Gets the bytes behind a URL; what goes wrong is an `Unreadable`. */
export type Reader = (url: string) => Promise<Uint8Array>

/** A file or URL that gave nothing. The message says only why, unless `file` is there. */
export class Unreadable extends Error {
  /** How to speak of the file to people, where they have named it themselves. */
  readonly file?: string
  /** Where in the file the reason is. */
  readonly place?: Place
  /** What a server answered, where one did. */
  readonly status?: number

  constructor(message: string, { file, place, status, cause }: Whereabouts = {}) {
    super(message, { cause })
    if (file !== undefined) this.file = file
    if (place !== undefined) this.place = place
    if (status !== undefined) this.status = status
  }
}

interface Whereabouts {
  readonly file?: string
  readonly place?: Place
  readonly status?: number
  readonly cause?: unknown
}

interface Place {
  readonly line: number
  readonly column: number
}

/** Reads files from the disk and the rest over HTTP. */
export const readAnything: Reader = async (url) => {
  try {
    if (url.startsWith('file:')) return await readFile(fileURLToPath(url))
    const response = await fetch(url, { signal: AbortSignal.timeout(60_000) })
    const { status, statusText } = response
    if (!response.ok) throw new Unreadable(`the server answered ${status} ${statusText}`.trim(), { status })
    return new Uint8Array(await response.arrayBuffer())
  } catch (error) {
    if (error instanceof Unreadable) throw error
    throw new Unreadable(reasonOf(error), { cause: error })
  }
}

/** Text as it is; other bytes as base64, for everything that is sent is text. Its lines are those of Python. */
export function textOf(bytes: Uint8Array): string {
  if (isUtf8(bytes)) return new TextDecoder().decode(bytes)
  return Buffer.from(bytes)
    .toString('base64')
    .replaceAll(/.{1,76}/g, '$&\n')
}

/** The text of a template or an environment; other bytes are an `Unreadable` that says where they begin. */
export function writtenText(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes)
  if (isUtf8(bytes)) return text
  const before = text.slice(0, text.indexOf('\ufffd')).split('\n')
  const place = { line: before.length, column: (before.at(-1) ?? '').length + 1 }
  throw new Unreadable(`it is not text in UTF-8: see line ${place.line}, column ${place.column}`, { place })
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'you may not read it',
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const cause = error instanceof TypeError && error.cause !== undefined ? error.cause : error
  return reasons[code] ?? messageOf(cause)
}

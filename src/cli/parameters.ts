import { besides } from './bundle/address.ts'
import { type Reader, textOf, Unreadable } from './bundle/read.ts'
import { UsageError } from './kit/failure.ts'

/** Values as they are sent: the service knows their types. A name given more than once has all its values. */
export type ParameterValues = Readonly<Record<string, string | readonly string[]>>

/**
 * What `--parameter` says. A single option may hold several pairs with `;` between them, if each of them is a pair; a
 * value with a `;` in it stays whole.
 */
export function parseParameters(words: readonly string[]): ParameterValues {
  const single = words.length === 1 ? (words[0]?.split(';') ?? []) : []
  const pairs = single.length > 1 && single.every((part) => pair.test(part)) ? single : words
  return gather(pairs.map(split))
}

/** What `--parameter-file` says: the content of each file, sought beside the template. */
export async function readParameterFiles(
  words: readonly string[],
  base: string,
  read: Reader,
): Promise<ParameterValues> {
  const values: [string, string][] = []
  for (const [name, file] of words.map(split))
    values.push([name, textOf(await readFor(name, besides(base, file), read))])
  return gather(values)
}

async function readFor(name: string, url: string, read: Reader): Promise<Uint8Array> {
  try {
    return await read(url)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    throw new Unreadable(`Cannot read ${url}, which is to be the parameter ${name}: ${error.message}`, {
      cause: error,
    })
  }
}

const pair = /^\s*[^=\s]+=/

function split(word: string): [name: string, value: string] {
  const equals = word.indexOf('=')
  if (equals < 1) throw new UsageError(`Malformed parameter(${word}). Use the key=value format.`)
  return [word.slice(0, equals).trim(), word.slice(equals + 1)]
}

function gather(pairs: readonly (readonly [name: string, value: string])[]): ParameterValues {
  const values = new Map<string, string | readonly string[]>()
  for (const [name, value] of pairs) {
    const before = values.get(name)
    values.set(name, before === undefined ? value : [before, value].flat())
  }
  return Object.fromEntries(values)
}

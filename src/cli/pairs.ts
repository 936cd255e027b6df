import { UsageError } from './kit/failure.ts'

/** Conditions written as `key=value`; a key with several values means any of them. */
export function pairs(words: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const found = new Map<string, string[]>()
  for (const word of words) {
    const equals = word.indexOf('=')
    if (equals < 1) throw new UsageError(`Malformed parameter(${word}). Use the key=value format.`)
    const key = word.slice(0, equals).trim()
    found.set(key, [...(found.get(key) ?? []), word.slice(equals + 1)])
  }
  return Object.fromEntries(found)
}

import { shownAs } from '../base/text.ts'

/** Throws, in Heat's words, if a field of an object is not what a check expects it to be. */
export function expectField(field: string, allowed: readonly unknown[], found: unknown): void {
  if (allowed.includes(found)) return
  const words = allowed.length === 1 ? String(allowed[0]) : shownAs(allowed)
  throw new Error(`'${field}': expected '${words}', got '${String(found)}'`)
}

/** What JSON can say. Template values, cloud bodies and stored documents are all of this. */
export type Json = Scalar | readonly Json[] | JsonMap
export type Scalar = string | number | boolean | null
export interface JsonMap {
  readonly [key: string]: Json
}

/** Whether a value is a map: not an array, not null, not a scalar. */
export function isMap(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What a map has under a key of its own; `constructor` and the like are keys as any other. */
export function own<V>(map: { readonly [key: string]: V }, key: string | undefined): V | undefined {
  return key !== undefined && Object.hasOwn(map, key) ? map[key] : undefined
}

/** Sets a key of a map that is being made, whatever the key is called. */
export function put<V>(target: Record<string, V>, key: string, value: V): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true })
  else target[key] = value
}

/** What lies inside a value where a path leads to; what isn't there is null. */
export function within(value: unknown, path: readonly (string | number)[]): unknown {
  let here = value
  for (const step of path) {
    if (Array.isArray(here)) here = here[Number(step)]
    else if (isMap(here)) here = own(here, String(step))
    else return null
    if (here === undefined) return null
  }
  return here
}

/** Whether two JSON values say the same; the order of keys does not matter, the type of scalars does. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, i) => sameJson(item, b[i]))
  if (!isMap(a) || !isMap(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  )
}

/** JSON text with the keys of every map sorted, so that equal values have equal texts. */
export function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    isMap(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : part,
  )
}

/** How deep values may be nested that come as JSON inside of texts. */
const deepestText = 100

/** The value that a text of JSON stands for. Throws, in words for the user, if it is none or is nested beyond reason. */
export function parseShallowJson(text: string): Json {
  const value = JSON.parse(text) as Json
  if (!isShallow(value, deepestText)) throw new Error(`it is nested more than ${deepestText} levels deep`)
  return value
}

/** Whether a value is nested no deeper than so many levels. */
export function isShallow(value: unknown, deepest: number): boolean {
  // Level by level, since what this guards against is a depth that calls can't bear.
  let level: readonly object[] = [value].filter(isObject)
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= deepest) return false
    level = level.flatMap((one) => Object.values(one).filter(isObject))
  }
  return true
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

import { isMap, type Json, type JsonMap } from '../base/json.ts'
import { BadRequest } from '../contract/problems.ts'
import { malformed } from './faults.ts'

/** A text of a body that may be left out, or null. Longer than so many characters it is refused. */
export function textIn(body: JsonMap, key: string, most = 255): string | null {
  const value = body[key] ?? null
  if (value === null) return null
  if (typeof value !== 'string') throw malformed()
  if (value.length > most) throw BadRequest({ message: `${key} is longer than ${most} characters` })
  return value
}

/** A text of a body that must be there. */
export function neededTextIn(body: JsonMap, key: string, most: number): string {
  const value = textIn(body, key, most)
  if (value === null || value === '') throw BadRequest({ message: `${key} must be specified` })
  return value
}

/** A map of a body; without one it is empty. */
export function mapIn(body: JsonMap, key: string): JsonMap {
  const value = body[key] ?? {}
  if (!isMap(value)) throw malformed()
  return value as JsonMap
}

/** Whether a value counts as given: what is empty changes nothing. */
export const isGiven = (value: Json | undefined): boolean =>
  isMap(value) ? Object.keys(value).length > 0 : value !== undefined && value !== null && value !== ''

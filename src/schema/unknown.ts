import { isMap } from '../base/json.ts'

/**
 * Stands for a value that is not known yet: an attribute of something still to be made. Checks pass over it, functions
 * given one return one, and a plan shows it as "known after the change".
 */
export const UNKNOWN = Symbol('unknown')

/** Whether a value is, or holds anywhere inside, something that is not known yet. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true
  if (Array.isArray(value)) return value.some(hasUnknown)
  return isMap(value) && Object.values(value).some(hasUnknown)
}

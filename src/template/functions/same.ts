import { isMap } from '../../base/json.ts'

/**
 * Whether two values are the same to a template: as their JSON is, save that true and false are also 1 and 0, as they
 * are to Heat.
 */
export function sameValue(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, i) => sameValue(item, other[i]))
  }
  if (isMap(one) && isMap(other)) {
    const keys = Object.keys(one)
    return (
      keys.length === Object.keys(other).length &&
      keys.every((key) => Object.hasOwn(other, key) && sameValue(one[key], other[key]))
    )
  }
  return isNumeric(one) && isNumeric(other) && Number(one) === Number(other)
}

const isNumeric = (value: unknown): value is number | boolean =>
  typeof value === 'number' || typeof value === 'boolean'

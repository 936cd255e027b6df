import { isMap } from '../base/json.ts'

/** Whether a value counts as none: null, false, zero, and whatever is empty. */
export const isNothing = (value: unknown): boolean =>
  !value || (Array.isArray(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0)

import { isMap } from '../../base/json.ts'
import { plainText } from './width.ts'
import { yamlText } from './yaml.ts'

/** Whether a value has parts, so that each format shows it in its own way. */
export const isComplex = (value: unknown): value is object => typeof value === 'object' && value !== null

/** A value as a table shows it; what has parts is YAML. */
export function tableText(value: unknown): string {
  return plainText(isComplex(value) ? yamlText(value, { sorted: true }).trimEnd() : scalarText(value))
}

/** A value as formats for machines show it on one line; what has parts is JSON. */
export function machineText(value: unknown): string {
  return isComplex(value) ? pythonJson(value) : scalarText(value)
}

/** A scalar in the words that scripts around OpenStackClient look for. */
function scalarText(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return String(value)
}

/** JSON on one line with a space behind `,` and `:`, as Python writes it. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`
  if (!isMap(value)) return JSON.stringify(value ?? null)
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}: ${pythonJson(part)}`).join(', ')}}`
}

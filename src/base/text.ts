import { isMap } from './json.ts'

/**
 * A value as it reads inside a text: texts as they are, `True` and `None` for what JSON calls true and null, maps and
 * lists as Python shows them. Templates depend on it, for this is how Heat has always filled them in.
 */
export function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : shownAs(value)
}

/** A value as Python shows it, texts in quotes. */
export function shownAs(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map(shownAs).join(', ')}]`
  if (isMap(value)) {
    return `{${Object.entries(value)
      .map(([key, item]) => `${quoted(key)}: ${shownAs(item)}`)
      .join(', ')}}`
  }
  if (typeof value === 'symbol') return '(not known yet)'
  return typeof value === 'number' ? numberWord(value) : String(value)
}

/** Python turns to powers of ten sooner than JavaScript does. */
function numberWord(value: number): string {
  const size = Math.abs(value)
  if (Number.isInteger(value) || !Number.isFinite(value) || size >= 1e-4) return String(value)
  const [digits = '', power = '0'] = value.toExponential().split('e-')
  return `${digits}e-${power.padStart(2, '0')}`
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const inside = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(unprintable, escaped)
  return quote + inside + quote
}

/** All that Python takes for unprintable: control and other special characters, and spaces but for the ordinary one. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu

function escaped(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16)
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`
}

/**
 * A text of bounded length. All that is cut ends in the same sign, by which whoever takes secrets out of messages knows
 * where one may have been cut.
 */
export function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}${cutSign}` : text
}

/** Stands where a text was cut. */
export const cutSign = '…'

/** What is shown in place of a secret. */
export const mask = '******'

/** JSON with a space after commas and colons and only ASCII in it, to the letter what Heat puts into texts. */
export function jsonText(value: unknown, keys: 'sorted' | 'as written' = 'as written'): string {
  if (typeof value === 'string') return asciiJson(value)
  if (Array.isArray(value)) return `[${value.map((item) => jsonText(item, keys)).join(', ')}]`
  if (typeof value === 'number' && Number.isFinite(value)) return numberWord(value)
  if (!isMap(value)) return JSON.stringify(value) ?? 'null'
  const names = Object.keys(value)
  if (keys === 'sorted') names.sort()
  return `{${names.map((name) => `${asciiJson(name)}: ${jsonText(value[name], keys)}`).join(', ')}}`
}

function asciiJson(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** The name Python has for the kind of a value; messages use it. */
export function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'str'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (Array.isArray(value)) return 'list'
  return value === null || value === undefined ? 'NoneType' : 'dict'
}

const mostTold = 10

/** The first of what may be many reasons, and how many more there are. */
export function fewOf(reasons: readonly string[]): string {
  const more = reasons.length - mostTold
  return [...reasons.slice(0, mostTold), ...(more > 0 ? [`and ${more} more`] : [])].join('; ')
}

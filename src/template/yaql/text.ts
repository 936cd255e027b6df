import { floatText, integerText } from './numbers.ts'
import { momentShown, momentText, spanShown, spanText } from './time.ts'
import { kindOf, type Sequence, tuple, type Value, type View } from './values.ts'

/** A value as it reads in messages and inside of texts: texts as they are, others as the original shows them. */
export const textOf = (value: Value): string => {
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value?.is === 'moment') return momentText(value, ' ')
  if (typeof value === 'object' && value?.is === 'span') return spanText(value)
  return shown(value)
}

/** A value as the original shows it, texts in quotes. */
export function shown(value: Value): string {
  if (value === null) return 'None'
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False'
    case 'bigint':
      return integerText(value)
    case 'number':
      return floatText(value)
    case 'string':
      return quoted(value)
    default:
      return shownCompound(value)
  }
}

function shownCompound(value: Exclude<Value, null | boolean | bigint | number | string>): string {
  switch (value.is) {
    case 'tuple':
    case 'list':
      return shownSequence(value)
    case 'dictionary':
      return `{${[...value.entries.values()].map(([key, item]) => `${shown(key)}: ${shown(item)}`).join(', ')}}`
    case 'set':
      return value.items.size === 0
        ? 'frozenset()'
        : `frozenset({${[...value.items.values()].map(shown).join(', ')}})`
    case 'view':
      return shownView(value)
    case 'regex':
      return `re.compile(${quoted(value.source)}${value.flags})`
    case 'moment':
      return momentShown(value)
    case 'span':
      return spanShown(value)
    default:
      return `<${kindOf(value)} object>`
  }
}

function shownSequence({ is, items }: Sequence): string {
  const inside = items.map(shown).join(', ')
  if (is === 'list') return `[${inside}]`
  return items.length === 1 ? `(${inside},)` : `(${inside})`
}

function shownView(view: View): string {
  if (view.of.frozen) return `${kindOf(view)}(${shown(view.of)})`
  const pairs = [...view.of.entries.values()]
  const items =
    view.shows === 'items'
      ? pairs.map(tuple)
      : view.shows === 'keys'
        ? pairs.map(([key]) => key)
        : pairs.map(([, item]) => item)
  return `${kindOf(view)}([${items.map(shown).join(', ')}])`
}

const controls: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }

/** A text in quotes, with escapes for what can't be seen. */
export function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  let inside = ''
  for (const character of text) {
    if (character === quote) inside += `\\${quote}`
    else inside += controls[character] ?? (invisible.test(character) ? escaped(character) : character)
  }
  return quote + inside + quote
}

const invisible = /^(?! )[\p{C}\p{Z}]$/u

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  return code < 0x10000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`
}

/** Whether one text comes before another, by the numbers of their characters; negative if it does. */
export function compareTexts(left: string, right: string): number {
  if (left === right) return 0
  let at = 0
  while (at < left.length && left.charCodeAt(at) === right.charCodeAt(at)) at++
  // Inside of a surrogate pair, the pair counts.
  if (at > 0 && isHighSurrogate(left.charCodeAt(at - 1))) at--
  return (left.codePointAt(at) ?? -1) - (right.codePointAt(at) ?? -1)
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00

import { shortened } from '../../base/text.ts'
import { floatText, integerText } from './numbers.ts'
import type { Run } from './run.ts'
import { momentShown, momentText, spanShown, spanText } from './time.ts'
import { type Expression, kindOf, type Sequence, tuple, type Value, type View } from './values.ts'

/** A value as it reads inside of texts: texts as they are, others as the original shows them. Refused if it is too long. */
export function textOf(value: Value, run: Run): string {
  return fitting(value, plain, run)
}

/** A value as the original shows it, texts in quotes. Refused if it is too long. */
export function shownIn(value: Value, run: Run): string {
  return fitting(value, shown, run)
}

/** A value for a message; of a long one the start. */
export function brief(value: Value): string {
  const room: Room = { left: mostInMessages }
  return shortened(plain(value, room), mostInMessages)
}

/** A value as `brief` has it, texts in quotes. */
export const briefly = (value: Value): string => (typeof value === 'string' ? quoted(value) : brief(value))

/** Enough to know a value again. */
const mostInMessages = 500
const mostCharacters = 16_000_000

function fitting(value: Value, show: (value: Value, room: Room) => string, run: Run): string {
  const { memory } = run.limits
  const room: Room = { left: memory > 0 ? memory : mostCharacters }
  const text = show(value, room)
  if (room.left < 0) run.weighBytes(Number.POSITIVE_INFINITY)
  return run.weigh(text)
}

function plain(value: Value, room: Room): string {
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value?.is === 'moment') return momentText(value, ' ')
  if (typeof value === 'object' && value?.is === 'span') return spanText(value)
  return shown(value, room)
}

/** How many characters there is room for. What does not fit in is left out. */
interface Room {
  left: number
}

function shown(value: Value, room: Room): string {
  if (room.left < 0) return ''
  const text = typeof value === 'object' && value !== null ? shownCompound(value, room) : shownScalar(value)
  // What stands inside of it has been paid for.
  room.left -= typeof value === 'object' ? 2 : text.length
  return text
}

function shownScalar(value: Exclude<Value, object>): string {
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
      return 'None'
  }
}

function shownCompound(value: Extract<Value, object>, room: Room): string {
  switch (value.is) {
    case 'tuple':
    case 'list':
      return shownSequence(value, room)
    case 'dictionary':
      return `{${joined(value.entries.values(), ([key, item]) => `${shown(key, room)}: ${shown(item, room)}`, room)}}`
    case 'set':
      return value.items.size === 0
        ? 'frozenset()'
        : `frozenset({${joined(value.items.values(), (item) => shown(item, room), room)}})`
    case 'view':
      return shownView(value, room)
    case 'regex':
      return shownRegex(value)
    case 'moment':
      return momentShown(value)
    case 'span':
      return spanShown(value)
    default:
      return `<${kindOf(value)} object>`
  }
}

/** Items with commas between them, as far as there is room. */
function joined<T>(items: Iterable<T>, show: (item: T) => string, room: Room): string {
  const texts: string[] = []
  for (const item of items) {
    if (room.left < 0) break
    texts.push(show(item))
    room.left -= 2
  }
  return texts.join(', ')
}

function shownSequence({ is, items }: Sequence, room: Room): string {
  const inside = joined(items, (item) => shown(item, room), room)
  if (is === 'list') return `[${inside}]`
  return items.length === 1 ? `(${inside},)` : `(${inside})`
}

function shownView(view: View, room: Room): string {
  if (view.of.frozen) return `${kindOf(view)}(${shown(view.of, room)})`
  const inside = joined(
    view.of.entries.values(),
    ([key, item]) =>
      shown(view.shows === 'keys' ? key : view.shows === 'values' ? item : tuple([key, item]), room),
    room,
  )
  return `${kindOf(view)}([${inside}])`
}

const flagNames = [
  ['i', 'IGNORECASE'],
  ['m', 'MULTILINE'],
  ['s', 'DOTALL'],
] as const

function shownRegex({ source, flags }: Expression): string {
  const names = flagNames.flatMap(([letter, name]) => (flags.includes(letter) ? [`re.${name}`] : []))
  return `re.compile(${quoted(source)}${names.length > 0 ? `, ${names.join('|')}` : ''})`
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

import { type Definition, either } from '../definition.ts'
import { keyOf } from '../equality.ts'
import { any, named, rest, text } from '../kinds.ts'
import { typeError, valueError, YaqlError } from '../problem.ts'
import type { Run } from '../run.ts'
import { briefly, shownIn, textOf } from '../text.ts'
import { isDictionary, isSequence, kindOf, type Value } from '../values.ts'
import { charactersOf } from './characters.ts'
import { formatted } from './format-spec.ts'

/** Filling values into a text. */
export const format: Definition = either('format', {
  says: 'The text with values in place of `{}`, `{0}` or `{name}`; `{0:>8.2f}` says how they are written.',
  takes: { _FormatString: text, args: rest(any), named: named(any) },
  example: ["'{0}-{x:03d}'.format(a, x => 7)", '"a-007"'],
  gives: ({ _FormatString: pattern, args, named: values }, { run }) =>
    filled(pattern, { args, values, run, next: 0, manner: undefined, depth: 2 }),
})

interface Filling {
  readonly args: readonly Value[]
  readonly values: ReadonlyMap<string, Value>
  readonly run: Run
  /** The next value for a field without a name. */
  next: number
  manner: 'automatic' | 'manual' | undefined
  depth: number
}

function filled(pattern: string, filling: Filling): string {
  if (filling.depth-- === 0) throw valueError('Max string recursion exceeded')
  let result = ''
  let at = 0
  while (at < pattern.length) {
    const character = pattern[at] ?? ''
    if (character !== '{' && character !== '}') {
      result += character
      at++
    } else if (pattern[at + 1] === character) {
      result += character
      at += 2
    } else if (character === '}') throw valueError("Single '}' encountered in format string")
    else {
      const end = endOfField(pattern, at)
      result += fieldText(pattern.slice(at + 1, end), filling)
      filling.run.step(1 + (result.length >> 12))
      filling.run.weighBytes(result.length)
      at = end + 1
    }
  }
  filling.depth++
  return result
}

function endOfField(pattern: string, start: number): number {
  if (start + 1 >= pattern.length) throw valueError("Single '{' encountered in format string")
  let depth = 0
  for (let at = start; at < pattern.length; at++) {
    if (pattern[at] === '{') depth++
    else if (pattern[at] === '}' && --depth === 0) return at
  }
  throw valueError("expected '}' before end of string")
}

function fieldText(field: string, filling: Filling): string {
  const [, name = '', conversion, spec = ''] = /^([^!:]*)(?:!([^:]*))?(?::(.*))?$/s.exec(field) ?? []
  if (name.includes('{')) throw valueError("unexpected '{' in field name")
  const value = valueNamed(name, filling)
  const wanted = spec.includes('{') ? filled(spec, filling) : spec
  return formatted(converted(value, conversion, filling.run), wanted, filling.run)
}

function converted(value: Value, conversion: string | undefined, run: Run): Value {
  switch (conversion) {
    case undefined:
      return value
    case 's':
      return textOf(value, run)
    case 'r':
      return shownIn(value, run)
    case 'a':
      return shownIn(value, run).replace(/[\u0080-\u{10ffff}]/gu, escaped)
    case '':
      throw valueError('end of string while looking for conversion specifier')
    default:
      if (conversion.length > 1) throw valueError("expected ':' after conversion specifier")
      throw valueError(`Unknown conversion specifier ${conversion}`)
  }
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const digits = code.toString(16)
  if (code < 0x100) return `\\x${digits.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`
}

function valueNamed(name: string, filling: Filling): Value {
  const first = /^[^.[]*/.exec(name)?.[0] ?? ''
  let value = firstValue(first, filling)
  let left = name.slice(first.length)
  while (left !== '') {
    if (left.startsWith('.')) throw noAttribute(value, /^\.([^.[]*)/.exec(left)?.[1] ?? '')
    const [whole = '', key] = /^\[([^\]]*)\]/.exec(left) ?? []
    if (key === undefined) throw valueError("Missing ']' in format string")
    value = partOf(value, key, filling.run)
    left = left.slice(whole.length)
    if (left !== '' && !/^[.[]/.test(left))
      throw valueError("Only '.' or '[' may follow ']' in format field specifier")
  }
  return value
}

/** Attributes of values are things of Python: none are to be had here. */
const noAttribute = (value: Value, name: string): YaqlError =>
  name === ''
    ? valueError('Empty attribute in format string')
    : new YaqlError('AttributeError', `'${kindOf(value)}' object has no attribute '${name}'`)

function firstValue(name: string, filling: Filling): Value {
  if (name !== '' && !/^\d+$/.test(name)) {
    const value = filling.values.get(name)
    if (value === undefined) throw new YaqlError('KeyError', briefly(name))
    return value
  }
  const manner = name === '' ? 'automatic' : 'manual'
  if (filling.manner !== undefined && filling.manner !== manner) throw mixed(filling.manner)
  filling.manner = manner
  const number = name === '' ? filling.next++ : Number(name)
  const value = filling.args[number]
  if (value !== undefined) return value
  throw new YaqlError('IndexError', `Replacement index ${number} out of range for positional args tuple`)
}

const mixed = (before: 'automatic' | 'manual'): YaqlError =>
  valueError(
    before === 'automatic'
      ? 'cannot switch from automatic field numbering to manual field specification'
      : 'cannot switch from manual field specification to automatic field numbering',
  )

function partOf(value: Value, key: string, run: Run): Value {
  if (key === '') throw valueError('Empty attribute in format string')
  const number = /^\d+$/.test(key) ? BigInt(key) : undefined
  if (isDictionary(value)) {
    const found = value.entries.get(keyOf(number ?? key, run))
    if (found === undefined) throw new YaqlError('KeyError', briefly(number ?? key))
    return found[1]
  }
  if (typeof value === 'string') {
    if (number === undefined) throw typeError("string indices must be integers, not 'str'")
    return present(charactersOf(value)[Number(number)], 'string')
  }
  if (!isSequence(value)) throw typeError(`'${kindOf(value)}' object is not subscriptable`)
  if (number === undefined) throw typeError(`${value.is} indices must be integers or slices, not str`)
  return present(value.items[Number(number)], value.is)
}

function present(item: Value | undefined, kind: string): Value {
  if (item === undefined) throw new YaqlError('IndexError', `${kind} index out of range`)
  return item
}

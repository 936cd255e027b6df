import { floatOf, floatText, integerText, rounded } from '../numbers.ts'
import { typeError, valueError, YaqlError } from '../problem.ts'
import type { Run } from '../run.ts'
import { textOf } from '../text.ts'
import { kindOf, type Moment, type Value } from '../values.ts'
import { charactersOf } from './characters.ts'
import { strftime } from './strftime.ts'

/** How a value is to be written: `>+08,.2f`. */
interface Spec {
  readonly fill: string
  readonly align: string
  readonly sign: string
  readonly alternate: boolean
  readonly width: number
  readonly grouping: string
  readonly precision: number | undefined
  readonly type: string
}

const form = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?(.)?$/su

/** A value as a specification of Python's wants it. */
export function formatted(value: Value, spec: string, run: Run): string {
  if (spec === '') return textOf(value, run)
  if (typeof value === 'object' && value?.is === 'moment') return strftime(value as Moment, spec)
  if (typeof value === 'object')
    throw typeError(`unsupported format string passed to ${kindOf(value)}.__format__`)
  const read = specOf(spec, value)
  run.weighBytes(Math.max(read.width, read.precision ?? 0))
  return typeof value === 'string' ? textAs(value, read) : numberAs(value, read)
}

function specOf(spec: string, value: Value): Spec {
  const match = form.exec(spec)
  if (match === null) throw invalid(spec, value)
  const [, fill, align, sign = '', , alternate, zero, width = '0', grouping = '', precision, type = ''] =
    match
  const isText = typeof value === 'string'
  return {
    fill: fill ?? (zero && align === undefined ? '0' : zero && !isText ? '0' : ' '),
    align: align ?? (zero ? (isText ? '<' : '=') : isText ? '<' : '>'),
    sign,
    alternate: alternate !== undefined,
    width: countOf(width),
    grouping,
    precision: precision === undefined ? undefined : countOf(precision),
    type,
  }
}

function countOf(digits: string): number {
  const count = Number(digits)
  if (count > 0x7fff_ffff) throw valueError('Too many decimal digits in format string')
  return count
}

const invalid = (spec: string, value: Value): YaqlError =>
  valueError(`Invalid format specifier '${spec}' for object of type '${kindOf(value)}'`)

const unknownCode = (type: string, value: Value): YaqlError =>
  valueError(`Unknown format code '${type}' for object of type '${kindOf(value)}'`)

function textAs(value: string, spec: Spec): string {
  if (spec.type !== '' && spec.type !== 's') throw unknownCode(spec.type, value)
  if (spec.sign !== '') throw valueError('Sign not allowed in string format specifier')
  if (spec.alternate) throw valueError('Alternate form (#) not allowed in string format specifier')
  if (spec.align === '=') throw valueError("'=' alignment not allowed in string format specifier")
  if (spec.grouping !== '') throw valueError(`Cannot specify '${spec.grouping}' with 's'.`)
  const characters = charactersOf(value)
  return padded('', spec.precision === undefined ? value : characters.slice(0, spec.precision).join(''), spec)
}

function numberAs(value: boolean | bigint | number, spec: Spec): string {
  const number = typeof value === 'boolean' ? BigInt(value) : value
  if (typeof number === 'bigint' && !'eEfFgG%'.includes(spec.type || 'd'))
    return integerAs(number, spec, value)
  if (!'eEfFgG%n'.includes(spec.type || 'g')) throw unknownCode(spec.type, value)
  return signed(number < 0 || Object.is(number, -0), floatDigits(Math.abs(floatOf(number)), spec), spec)
}

const radixes: Readonly<Record<string, readonly [radix: number, prefix: string]>> = {
  b: [2, '0b'],
  o: [8, '0o'],
  x: [16, '0x'],
  X: [16, '0X'],
}

function integerAs(number: bigint, spec: Spec, value: Value): string {
  if (spec.precision !== undefined) throw valueError('Precision not allowed in integer format specifier')
  const type = spec.type || 'd'
  if (type === 'c') return characterAs(number, spec)
  const size = number < 0n ? -number : number
  if (type === 'd' || type === 'n') return signed(number < 0n, integerText(size), spec)
  const [radix, prefix] = radixes[type] ?? []
  if (radix === undefined) throw unknownCode(type, value)
  if (spec.grouping === ',') throw valueError(`Cannot specify ',' with '${type}'.`)
  const digits = size.toString(radix)
  const shownDigits = type === 'X' ? digits.toUpperCase() : digits
  return signed(number < 0n, shownDigits, spec, spec.alternate ? prefix : '')
}

function characterAs(number: bigint, spec: Spec): string {
  if (spec.sign !== '') throw valueError("Sign not allowed with integer format specifier 'c'")
  if (number < 0n || number > 0x10ffffn) throw new YaqlError('OverflowError', '%c arg not in range(0x110000)')
  return padded('', String.fromCodePoint(Number(number)), spec)
}

function floatDigits(size: number, { type, precision, alternate }: Spec): string {
  if (!Number.isFinite(size)) return specialNumber(size, type)
  const digits = Math.min(precision ?? 6, 100)
  switch (type) {
    case 'e':
    case 'E': {
      const text = exponential(size, digits)
      return type === 'E' ? text.toUpperCase() : text
    }
    case 'f':
    case 'F':
      return fixed(size, digits)
    case '%':
      return `${fixed(size * 100, digits)}%`
    case '':
      return precision === undefined
        ? floatText(size)
        : general(size, digits, { alternate, keepsPoint: true })
    default: {
      const text = general(size, digits, { alternate, keepsPoint: false })
      return type === 'G' ? text.toUpperCase() : text
    }
  }
}

function specialNumber(size: number, type: string): string {
  const text = floatText(size) + (type === '%' ? '%' : '')
  return 'EFG'.includes(type || 'g') ? text.toUpperCase() : text
}

/** Large numbers too are written without an exponent, and to the exact digit. */
function fixed(size: number, digits: number): string {
  if (size < 1e21) return floatOf(rounded(size, BigInt(digits))).toFixed(digits)
  return BigInt(size).toString() + (digits > 0 ? `.${'0'.repeat(digits)}` : '')
}

/** With an exponent of two digits at least; what lies half-way goes to the even neighbour. */
function exponential(size: number, digits: number): string {
  const [, exponent = '0'] = size.toExponential().split('e')
  const even = size === 0 ? 0 : floatOf(rounded(size, BigInt(digits - Number(exponent))))
  return even.toExponential(digits).replace(/e([-+])(\d)$/, 'e$10$2')
}

interface General {
  readonly alternate: boolean
  /** A number in which no digit stands behind the point is still shown with one. */
  readonly keepsPoint: boolean
}

function general(size: number, precision: number, { alternate, keepsPoint }: General): string {
  const digits = precision === 0 ? 1 : precision
  const exponent = size === 0 ? 0 : Number(exponential(size, digits - 1).split('e')[1])
  const isLarge = exponent >= (keepsPoint ? digits - 1 : digits)
  const text =
    exponent < -4 || (isLarge && (exponent >= digits || keepsPoint))
      ? exponential(size, digits - 1)
      : fixed(size, Math.max(0, digits - 1 - exponent))
  const plain = alternate ? text : text.replace(/(\.\d*?)0+(?=e|$)/, '$1').replace(/\.(?=e|$)/, '')
  return keepsPoint && !/[.e]/.test(plain) ? `${plain}.0` : plain
}

function signed(isNegative: boolean, digits: string, spec: Spec, prefix = ''): string {
  const sign = isNegative ? '-' : spec.sign === '-' ? '' : spec.sign
  return padded(sign + prefix, grouped(digits, spec, sign.length + prefix.length), spec)
}

/** Digits in groups; zeros in front of them are put into groups too. */
function grouped(digits: string, { grouping, align, fill, width, type }: Spec, taken: number): string {
  if (grouping === '') return digits
  const [whole = '', rest = ''] = /^\d/.test(digits) ? split(digits) : [digits, '']
  const size = 'boxX'.includes(type || 'd') ? 4 : 3
  let text = group(whole, size, grouping)
  if (align === '=' && fill === '0') {
    let zeros = whole
    while (taken + text.length + rest.length < width) {
      zeros = `0${zeros}`
      text = group(zeros, size, grouping)
    }
  }
  return text + rest
}

function split(digits: string): readonly [whole: string, rest: string] {
  const end = /^[\da-fA-F]+/.exec(digits)?.[0].length ?? 0
  const point = digits.search(/[.e]/)
  const at = point >= 0 ? Math.min(point, end) : end
  return [digits.slice(0, at), digits.slice(at)]
}

function group(digits: string, size: number, between: string): string {
  const parts: string[] = []
  for (let end = digits.length; end > 0; end -= size)
    parts.unshift(digits.slice(Math.max(0, end - size), end))
  return parts.join(between)
}

function padded(sign: string, text: string, { fill, align, width }: Spec): string {
  const missing = Math.max(0, width - charactersOf(sign + text).length)
  switch (align) {
    case '<':
      return sign + text + fill.repeat(missing)
    case '=':
      return sign + fill.repeat(missing) + text
    case '^': {
      const left = Math.floor(missing / 2)
      return fill.repeat(left) + sign + text + fill.repeat(missing - left)
    }
    default:
      return fill.repeat(missing) + sign + text
  }
}

import { unescaped } from './escapes.ts'
import { integerFrom } from './numbers.ts'
import { signs, words } from './operators.ts'
import { YaqlError } from './problem.ts'
import type { Value } from './values.ts'

/** A word of an expression. */
export interface Token {
  readonly is: 'value' | 'keyword' | 'variable' | 'function' | 'operator' | 'bracket'
  /** As messages name it. */
  readonly text: string
  readonly value: Value
  /** Where it begins, in UTF-16 units. */
  readonly at: number
}

/** The next word of an expression from a place on, and where it ends; `undefined` at the end. Throws a `YaqlError` at a character that begins none. */
export function tokenAfter(text: string, from: number): Found | undefined {
  let at = from
  while (at < text.length && ' \t\r\n'.includes(text[at] ?? '')) at++
  return at < text.length ? tokenAt(text, at) : undefined
}

/** The number of characters before a place, as messages count them. */
export const positionIn = (text: string, at: number): number => Array.from(text.slice(0, at)).length

type Found = readonly [token: Token, end: number]

function tokenAt(text: string, at: number): Found {
  const found = variableAt(text, at) ?? wordAt(text, at) ?? quotedAt(text, at) ?? signAt(text, at)
  if (found !== undefined) return found
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
  throw new YaqlError(
    'YaqlLexicalException',
    `Lexical error: illegal character '${character}' at position ${positionIn(text, at)}`,
  )
}

const variable = /\$[\p{L}\p{N}_]*/uy
const number = /\p{Nd}+(\.\p{Nd}+)?(?![\p{L}\p{N}_])/uy
const functionName = /[\p{L}\p{N}_]+\(/uy
const keyword = /(?!__)[\p{L}\p{N}_]+/uy
const wordBefore = /[\p{L}\p{N}_]$/u
const digit = /^\p{Nd}/u

function variableAt(text: string, at: number): Found | undefined {
  const name = matchAt(variable, text, at)
  return name === undefined ? undefined : [{ is: 'variable', text: name, value: name, at }, at + name.length]
}

function wordAt(text: string, at: number): Found | undefined {
  if (at > 0 && wordBefore.test(text.slice(Math.max(0, at - 2), at))) return undefined
  if (digit.test(text.slice(at, at + 2))) {
    const digits = matchAt(number, text, at)
    return digits === undefined ? undefined : [numberToken(digits, at), at + digits.length]
  }
  const called = matchAt(functionName, text, at)
  if (called !== undefined) {
    const name = called.slice(0, -1)
    return [{ is: 'function', text: name, value: name, at }, at + called.length]
  }
  const word = matchAt(keyword, text, at)
  return word === undefined ? undefined : [wordToken(word, at), at + word.length]
}

function numberToken(digits: string, at: number): Token {
  const ascii = digits.replace(/[^\d.]/gu, digitValue)
  const value = ascii.includes('.') ? Number(ascii) : integerFrom(ascii)
  return { is: 'value', text: String(value), value, at }
}

/** Digits of every script stand in runs of ten. */
function digitValue(character: string): string {
  const code = character.codePointAt(0) ?? 0
  let zero = code
  while (code - zero < 9 && digit.test(String.fromCodePoint(zero - 1))) zero--
  return String(code - zero)
}

const named: ReadonlyMap<string, readonly [value: Value, shown: string]> = new Map([
  ['true', [true, 'True']],
  ['false', [false, 'False']],
  ['null', [null, 'None']],
])

function wordToken(word: string, at: number): Token {
  if (words.has(word)) return { is: 'operator', text: word, value: word, at }
  const known = named.get(word)
  return known === undefined
    ? { is: 'keyword', text: word, value: word, at }
    : { is: 'value', text: known[1], value: known[0], at }
}

function quotedAt(text: string, at: number): Found | undefined {
  const quote = text[at]
  if (quote !== "'" && quote !== '"' && quote !== '`') return undefined
  let end = at + 1
  while (end < text.length && text[end] !== quote) {
    if (text[end] !== '\\') end++
    else if (text[end + 1] === '\n') return undefined
    else end += 2
  }
  if (end >= text.length) return undefined
  const inside = text.slice(at + 1, end)
  const value = quote === '`' ? inside.replaceAll('\\`', '`') : unescaped(inside)
  return [{ is: 'value', text: value, value, at }, end + 1]
}

function signAt(text: string, at: number): Found | undefined {
  const sign = signs.find((one) => text.startsWith(one, at))
  if (sign !== undefined) return [{ is: 'operator', text: sign, value: sign, at }, at + sign.length]
  const bracket = text[at] ?? ''
  return '()[]{},'.includes(bracket)
    ? [{ is: 'bracket', text: bracket, value: bracket, at }, at + 1]
    : undefined
}

function matchAt(expression: RegExp, text: string, at: number): string | undefined {
  expression.lastIndex = at
  return expression.exec(text)?.[0]
}

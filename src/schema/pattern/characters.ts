import type { CharacterSet } from './syntax.ts'

/** What the letters of `\d`, `\w` and `\s` stand for. */
export const classes: Readonly<Record<string, CharacterSet>> = {
  d: byExpression(/\p{Nd}/u),
  w: byExpression(/[\p{L}\p{N}_]/u),
  s: (code) => code !== 0xfeff && (isSpace(code) || (code >= 0x1c && code <= 0x1f) || code === 0x85),
}

const isSpace = byExpression(/\s/)

/** Those of `classes` where the pattern asks for ASCII. */
export const asciiClasses: Readonly<Record<string, CharacterSet>> = {
  d: byExpression(/[0-9]/),
  w: byExpression(/[0-9A-Za-z_]/),
  s: byExpression(/[\t-\r ]/),
}

/** Characters that an expression for one character fits; those of ASCII are looked up. */
function byExpression(expression: RegExp): CharacterSet {
  const low = Array.from({ length: 128 }, (_, code) => expression.test(String.fromCharCode(code)))
  return (code) => low[code] ?? expression.test(String.fromCodePoint(code))
}

export const not =
  (set: CharacterSet): CharacterSet =>
  (code) =>
    !set(code)

export const anyOf =
  (sets: readonly CharacterSet[]): CharacterSet =>
  (code) =>
    sets.some((set) => set(code))

export const range =
  (from: number, to: number): CharacterSet =>
  (code) =>
    code >= from && code <= to

/** The set with the capital and the small form of each of its letters. */
export const ignoringCase =
  (set: CharacterSet): CharacterSet =>
  (code) =>
    set(code) || set(smallOf(code)) || set(capitalOf(code))

export const smallOf = (code: number): number => onlyCode(String.fromCodePoint(code).toLowerCase(), code)

const capitalOf = (code: number): number => onlyCode(String.fromCodePoint(code).toUpperCase(), code)

/** A few letters have forms of two letters: those stay as they are. */
function onlyCode(text: string, otherwise: number): number {
  const code = text.codePointAt(0) ?? otherwise
  return text.length === String.fromCodePoint(code).length ? code : otherwise
}

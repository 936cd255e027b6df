import { valueError } from './problem.ts'

const escapes = /\\(U.{8}|u.{4}|x.{2}|[0-7]{1,3}|N\{[^}]+\}|[\\'"abfnrtv])/gsu

/** The letters behind a backslash that stand for control characters. */
export const controls: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
}

/** A quoted text with what its backslashes stand for. A backslash before anything else stays as it is. */
export function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(escapes, (_, code: string) => meaningOf(code)) : text
}

function meaningOf(code: string): string {
  if (/^[0-7]/.test(code)) return String.fromCodePoint(Number.parseInt(code, 8))
  if (/^[Uux]/.test(code)) return byNumber(code)
  if (code.startsWith('N'))
    throw valueError(`The character name in "\\${code}" can't be looked up: write it as \\u`)
  return controls[code] ?? code
}

function byNumber(code: string): string {
  const digits = code.slice(1)
  const number = /^[\da-fA-F]+$/.test(digits) ? Number.parseInt(digits, 16) : Number.POSITIVE_INFINITY
  if (number > 0x10ffff) throw valueError(`"\\${code}" in a text stands for no character`)
  return String.fromCodePoint(number)
}

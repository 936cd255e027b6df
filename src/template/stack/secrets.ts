import { isMap } from '../../base/json.ts'
import { cutSign, jsonText, mask, shownAs } from '../../base/text.ts'
import type { ParameterValue } from '../definition.ts'
import type { TemplateProblem } from '../problem.ts'

/** Shorter texts are parts of ordinary words; taking them out would only make a message unreadable. */
const shortest = 4

type Parameters = ReadonlyMap<string, Pick<ParameterValue, 'declaration' | 'value'>>

/** The problems without the values of hidden parameters in their words. */
export function withoutSecrets(
  problems: readonly TemplateProblem[],
  parameters: Parameters,
): readonly TemplateProblem[] {
  if (problems.length === 0) return problems
  const clean = maskOf(parameters)
  return problems.map(({ message, expected, hint, ...problem }) => ({
    ...problem,
    message: clean(message),
    ...(expected !== undefined && { expected: clean(expected) }),
    ...(hint !== undefined && { hint: clean(hint) }),
  }))
}

/** Takes the values of hidden parameters out of texts. */
export const maskOf = (parameters: Parameters): ((text: string) => string) =>
  masking(hiddenValues(parameters))

/** The values of hidden parameters. */
export const hiddenValues = (parameters: Parameters): readonly unknown[] =>
  [...parameters.values()].flatMap(({ declaration, value }) => (declaration.hidden ? [value] : []))

/** Takes some values, and what is in them, out of texts: as they are, and as quotes or an early end change them. */
export function masking(values: readonly unknown[]): (text: string) => string {
  const secrets = new Set(values.flatMap(textsIn).flatMap(spellings))
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length)
  return (text) => {
    const whole = longestFirst.reduce((left, secret) => left.replaceAll(secret, mask), text)
    return whole.includes(cutSign) ? withoutBeginnings(whole, longestFirst) : whole
  }
}

/** Takes out what is left of secrets where a text was cut in the middle of one; the longest first, for one may hold the sign. */
function withoutBeginnings(text: string, secrets: readonly string[]): string {
  const lengths = secrets
    .filter((secret) => text.includes(secret.slice(0, shortest)))
    .map((secret) => beginningsIn(text, secret.slice(0, text.length)))
  let clean = text
  for (let end = text.lastIndexOf(cutSign); end > 0; end = clean.lastIndexOf(cutSign, end - 1)) {
    const length = lengths.reduce((longest, one) => Math.max(longest, one[end - 1] ?? 0), 0)
    if (length < shortest) continue
    clean = clean.slice(0, end - length) + mask + clean.slice(end + cutSign.length)
    end -= length
  }
  return clean
}

/** For each place of a text, how long the beginning of a word is that ends there; in time that only grows with both. */
function beginningsIn(text: string, word: string): readonly number[] {
  const both = `${word}\uffff${text}`
  const lengths = [0]
  for (let at = 1, length = 0; at < both.length; at++) {
    while (length > 0 && both[at] !== both[length]) length = lengths[length - 1] ?? 0
    if (both[at] === both[length]) length++
    lengths.push(length)
  }
  return lengths.slice(word.length + 1)
}

const spellings = (text: string): readonly string[] => [
  text,
  JSON.stringify(text).slice(1, -1),
  jsonText(text).slice(1, -1),
  shownAs(text).slice(1, -1),
]

function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (isMap(value)) return Object.values(value).flatMap(textsIn)
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  return text.length >= shortest ? [text] : []
}

import { isMap } from '../../base/json.ts'
import type { ParameterValue } from '../definition.ts'
import type { TemplateProblem } from '../problem.ts'
import { jsonText, shownAs } from '../text.ts'

/** Shorter texts are parts of ordinary words; taking them out would only make a message unreadable. */
const shortest = 4

/** Messages show no more than so much of a value. */
const longestShown = 500

type Parameters = ReadonlyMap<string, Pick<ParameterValue, 'declaration' | 'value'>>

/** The problems without the values of hidden parameters in their words. */
export function withoutSecrets(
  problems: readonly TemplateProblem[],
  parameters: Parameters,
): readonly TemplateProblem[] {
  if (problems.length === 0) return problems
  const mask = maskOf(parameters)
  return problems.map(({ message, expected, hint, ...problem }) => ({
    ...problem,
    message: mask(message),
    ...(expected !== undefined && { expected: mask(expected) }),
    ...(hint !== undefined && { hint: mask(hint) }),
  }))
}

/** Takes the values of hidden parameters out of texts. */
export function maskOf(parameters: Parameters): (text: string) => string {
  return masking(
    [...parameters.values()].flatMap(({ declaration, value }) => (declaration.hidden ? [value] : [])),
  )
}

/** Takes some values, and what is in them, out of texts: as they are, and as quotes or an early end change them. */
export function masking(values: readonly unknown[]): (text: string) => string {
  const secrets = new Set(values.flatMap(textsIn).flatMap(spellings))
  const longestFirst = [...secrets].sort((a, b) => b.length - a.length)
  return (text) => longestFirst.reduce(masked, text)
}

function masked(text: string, secret: string): string {
  const whole = text.replaceAll(secret, '******')
  if (!whole.includes('…')) return whole
  let cut = whole
  for (let length = Math.min(secret.length - 1, longestShown); length >= shortest; length--)
    cut = cut.replaceAll(`${secret.slice(0, length)}…`, '******')
  return cut
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

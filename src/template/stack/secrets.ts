import { isMap } from '../../base/json.ts'
import type { ParameterValue } from '../definition.ts'
import type { TemplateProblem } from '../problem.ts'
import { jsonText, shownAs } from '../text.ts'

/** Shorter texts are parts of ordinary words; taking them out would only make a message unreadable. */
const shortest = 4

/** The problems without the values of hidden parameters in their words. */
export function withoutSecrets(
  problems: readonly TemplateProblem[],
  parameters: ReadonlyMap<string, ParameterValue>,
): readonly TemplateProblem[] {
  if (problems.length === 0) return problems
  const secrets = [...parameters.values()].flatMap(({ declaration, value }) =>
    declaration.hidden ? textsIn(value) : [],
  )
  if (secrets.length === 0) return problems
  const longestFirst = [...new Set(secrets)].sort((a, b) => b.length - a.length)
  return problems.map(({ message, expected, hint, ...problem }) => ({
    ...problem,
    message: masked(message, longestFirst),
    ...(expected !== undefined && { expected: masked(expected, longestFirst) }),
    ...(hint !== undefined && { hint: masked(hint, longestFirst) }),
  }))
}

function masked(message: string, secrets: readonly string[]): string {
  const whole = secrets.reduce((text, secret) => text.replaceAll(secret, stars), message)
  const [told = '', ...rest] = whole.split('…')
  return rest.length === 0 ? whole : [secrets.reduce(withoutEnd, told), ...rest].join('…')
}

const stars = '******'
const longestEnd = 500

/** A text that was cut off may end with the beginning of a secret. */
function withoutEnd(text: string, secret: string): string {
  for (let size = Math.min(secret.length, longestEnd); size >= shortest; size--)
    if (text.endsWith(secret.slice(0, size))) return text.slice(0, -size) + stars
  return text
}

/** The texts in a value, as they are and as messages write them. */
function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (isMap(value)) return Object.values(value).flatMap(textsIn)
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  if (text.length < shortest) return []
  return [text, shownAs(text).slice(1, -1), jsonText(text).slice(1, -1)]
}

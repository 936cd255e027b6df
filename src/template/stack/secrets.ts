import { isMap } from '../../base/json.ts'
import type { ParameterValue } from '../definition.ts'
import type { TemplateProblem } from '../problem.ts'

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
  return secrets.reduce((text, secret) => text.replaceAll(secret, '******'), message)
}

function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  if (isMap(value)) return Object.values(value).flatMap(textsIn)
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  return text.length >= shortest ? [text] : []
}

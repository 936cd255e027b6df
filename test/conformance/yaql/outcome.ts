import { YaqlError } from '../../../src/template/yaql/problem.ts'
import { defaultLimits } from '../../../src/template/yaql/run.ts'
import { readYaql } from '../../../src/template/yaql/yaql.ts'

/** What came of an expression: a value, or the kind of an error and its words. */
export type Outcome = { readonly gives: unknown } | { readonly fails: readonly [kind: string, words: string] }

/** What comes of an expression here. */
export function outcomeOf(expression: string, data: unknown): Outcome {
  try {
    return { gives: readYaql(expression).evaluate({ data }, defaultLimits, () => undefined) }
  } catch (error) {
    if (error instanceof YaqlError) return { fails: [error.kind, error.message] }
    throw error
  }
}

/** Errors whose words are each program's own: they speak of its regular expressions, or of what JSON can say. */
const ownWords = new Set(['error', 'Unusable', 'RecursionError'])

/** An outcome as far as both programs must agree on it. */
export function comparable(outcome: Outcome): unknown {
  if ('gives' in outcome) return outcome
  const [kind, words] = outcome.fails
  return { fails: ownWords.has(kind) ? [kind] : [kind, words.replace(/ at 0x[0-9a-f]+/g, '')] }
}

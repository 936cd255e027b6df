import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { installed } from '../../../tools/services.ts'
import { differences } from '../../conformance/yaql/differences.ts'
import { data, expressions } from '../../conformance/yaql/expressions.ts'
import { isSame, type Outcome, outcomeOf } from '../../conformance/yaql/outcome.ts'
import { outcomesOfReference } from '../../conformance/yaql/reference.ts'
import { randomExpressions, randomWords } from './random.ts'

describe('expressions and python3-yaql', {
  skip: !installed.yaql() && 'python3-yaql is not installed: node tools/services.ts install',
}, () => {
  it('agree on every expression of the table', { timeout: 120_000 }, async () => {
    const all = Object.values(expressions)
      .flat()
      .filter((expression) => !Object.hasOwn(differences, expression))
    assert.deepEqual(await disagreements(all), [])
  })

  it('agree on expressions made by chance', { timeout: 300_000 }, async () => {
    for (const seed of [1, 2, 3]) assert.deepEqual(await disagreements(randomExpressions(1000, seed)), [])
    assert.deepEqual(await disagreements(randomWords(3000, 1)), [])
  })
})

/** The expressions on which the two differ, with what each makes of them. */
async function disagreements(all: readonly string[]): Promise<readonly unknown[]> {
  const outcomes = await outcomesOfReference(all.map((expression) => ({ expression, data })))
  return all.flatMap((expression, i) => {
    const theirs = outcomes[i]
    assert.ok(theirs)
    const ours = outcomeOf(expression, data)
    return isBeyond(theirs) || isBeyond(ours) || isSame(ours, theirs) ? [] : [{ expression, ours, theirs }]
  })
}

/** Each has bounds of its own for how long an expression may take, and for what a template has a use for. */
const isBeyond = (outcome: Outcome): boolean =>
  'fails' in outcome && ['TooLong', 'TooManySteps', 'Unusable'].includes(outcome.fails[0])

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it, test } from 'node:test'
import type { Definition, Parameter } from '../../src/template/yaql/definition.ts'
import { themes } from '../../src/template/yaql/library/index.ts'
import { differences } from './yaql/differences.ts'
import { data, expressions } from './yaql/expressions.ts'
import { isSame, type Outcome, outcomeOf } from './yaql/outcome.ts'
import type { FunctionFact } from './yaql/reference.ts'

const recorded = new Map(facts('yaql-results') as readonly (readonly [string, Outcome])[])

describe('expressions give what python3-yaql gives, or fail as there', () => {
  for (const [theme, list] of Object.entries(expressions)) {
    it(theme, () => {
      for (const expression of list) {
        const expected = recorded.get(expression)
        assert.ok(expected, `${expression} is not recorded: node tools/yaql-facts.ts`)
        const ours = outcomeOf(expression, data)
        const isKept = Object.hasOwn(differences, expression)
        if (isSame(ours, expected) === isKept) assert.deepEqual(ours, expected, expression)
      }
    })
  }
})

test('what differs on purpose is among the expressions', () => {
  const all = new Set(Object.values(expressions).flat())
  assert.deepEqual(
    Object.keys(differences).filter((expression) => !all.has(expression)),
    [],
  )
})

test('every function of the language is there, and takes what it takes in python3-yaql', () => {
  const theirs = (facts('yaql-functions') as readonly FunctionFact[])
    // What is for objects of Python, of which a template has none.
    .filter(({ takes }) => !takes.some(({ kind }) => kind.startsWith('Yaqlized')))
    .map(({ name, called, keywords, takes }) =>
      signature(
        name,
        { called, keywords },
        takes.map((one) => one.spread ?? `${one.name}${one.optional ? '?' : ''}`),
      ),
    )
  const ours = themes.flatMap(([, definitions]) => definitions.map(signatureOf))
  assert.deepEqual(ours.sort(), theirs.sort())
})

test('every function has an expression that calls it', () => {
  const all = Object.values(expressions).flat().join('\n')
  const names = new Set(themes.flatMap(([, definitions]) => definitions.map(({ name }) => name)))
  const uncalled = [...names].filter((name) => /^\w+$/.test(name) && !all.includes(`${name}(`))
  // There is nothing to compare where the result is another every time.
  assert.deepEqual(uncalled, ['random', 'localtz'])
})

function signatureOf({ name, called, keywords, takes }: Definition): string {
  const plain = takes.plain.map(
    ([key, { fallback }]: Parameter) => `${key}${fallback === undefined ? '' : '?'}`,
  )
  const spread = [...(takes.positions ? ['positions'] : []), ...(takes.names ? ['names'] : [])]
  return signature(name, { called, keywords }, [...plain, ...spread])
}

function signature(
  name: string,
  { called, keywords }: { readonly called: string; readonly keywords: boolean },
  takes: readonly string[],
): string {
  // Nobody calls an operator with its operands by name.
  const told = /^\W/.test(name)
    ? takes.map((one) => (['positions', 'names'].includes(one) ? one : '_'))
    : takes
  return `${called} ${name}(${told.join(', ')})${keywords ? '' : ' without names'}`
}

function facts(name: string): unknown {
  return JSON.parse(readFileSync(`test/conformance/facts/${name}.json`, 'utf8'))
}

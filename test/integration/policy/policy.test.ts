import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { type Facts, meets } from '../../../src/identity/check.ts'
import { readCheck } from '../../../src/identity/check-string.ts'
import { Chance } from '../../../src/testing/chance.ts'
import { installed } from '../../../tools/services.ts'

const script = 'test/conformance/facts/policy.py'
const { callers, target } = JSON.parse(readFileSync('test/conformance/facts/policy.json', 'utf8')) as {
  readonly callers: readonly Facts['caller'][]
  readonly target: Facts['target']
}

type Question = readonly [check: string, caller: Facts['caller'], target: Facts['target']]

describe('checks of a policy and python3-oslo.policy', {
  skip: !installed.policy() && 'python3-oslo.policy is not installed: node tools/services.ts install',
}, () => {
  it('agree on checks made by chance, whole ones and broken ones', { timeout: 120_000 }, () => {
    const chance = new Chance(5)
    const checks = Array.from({ length: 4000 }, (_, i) => (i % 2 === 0 ? whole(chance, 3) : broken(chance)))
    const questions = checks.map((check, i): Question => [check, callers[i % callers.length] ?? {}, target])
    const theirs = answersOfReference(questions)
    const different = questions.flatMap(([check, caller], i) => {
      const [ours, said] = [answerOf(check, caller), theirs[i] ?? false]
      return ours === said ? [] : [{ check, ours, said }]
    })
    assert.deepEqual(different, [])
    assert.ok(theirs.filter((answer) => answer === true).length > 500)
  })
})

function answersOfReference(questions: readonly Question[]): readonly (boolean | null)[] {
  const input = JSON.stringify(questions)
  const output = execFileSync('/usr/bin/python3', [script, '-'], {
    input,
    maxBuffer: 1 << 26,
    encoding: 'utf8',
  })
  return JSON.parse(output) as (boolean | null)[]
}

/** What can't be read lets nobody pass. */
function answerOf(text: string, caller: Facts['caller']): boolean {
  const rule = (name: string) => name === 'yes'
  try {
    return meets(readCheck(text), { caller, target, rule })
  } catch (error) {
    assert.ok(error instanceof SyntaxError)
    return false
  }
}

const words = [
  ...[
    '@',
    '!',
    'role:member',
    'role:admin',
    'role:READER',
    'role:%(role)s',
    'rule:yes',
    'rule:no',
    'rule:none',
  ],
  ...[
    'project_id:%(project_id)s',
    'user_id:%(user_id)s',
    'is_admin:True',
    'system_scope:all',
    'domain_id:None',
  ],
  ...[
    "'x':%(a.b)s",
    'True:%(enabled)s',
    '3:%(number)s',
    'roles:member',
    'roles:admin',
    'user_id:%(nothing)s',
  ],
]

function whole(chance: Chance, depth: number): string {
  if (depth === 0) return words[chance.below(words.length)] ?? '@'
  const part = () => whole(chance, depth - 1)
  switch (chance.below(5)) {
    case 0:
      return `not ${bracketed(chance, part())}`
    case 1:
      return `${bracketed(chance, part())} and ${bracketed(chance, part())}`
    case 2:
      return `${part()} or ${part()}`
    case 3:
      return `(${part()})`
    default:
      return part()
  }
}

const bracketed = (chance: Chance, text: string): string => (chance.below(2) === 0 ? `(${text})` : text)

const scraps = [
  ...words,
  'and',
  'or',
  'not',
  'AND',
  '(',
  ')',
  '((',
  '))',
  '@)',
  '(!',
  "'a'",
  '"x:y"',
  ':a',
  'a:',
]

function broken(chance: Chance): string {
  return Array.from({ length: 1 + chance.below(6) }, () => scraps[chance.below(scraps.length)]).join(' ')
}

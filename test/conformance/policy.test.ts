import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { Caller } from '../../src/contract/views.ts'
import { type Facts, meets } from '../../src/identity/check.ts'
import { type CheckText, readCheck } from '../../src/identity/check-string.ts'
import { policy } from '../../src/identity/index.ts'
import { defaultRules } from '../../src/identity/policy-rules.ts'

interface PolicyFacts {
  /** Name, check, and what was accepted before. */
  readonly rules: readonly (readonly [string, string, string | null])[]
  readonly others: Readonly<Record<string, CheckText>>
  readonly callers: readonly Facts['caller'][]
  readonly target: Facts['target']
  /** A check, and whether each caller meets it; null: the original fails. */
  readonly checks: readonly (readonly [CheckText, readonly (boolean | null)[]])[]
}

const facts = JSON.parse(readFileSync('test/conformance/facts/policy.json', 'utf8')) as PolicyFacts

describe('checks of a policy', () => {
  it('mean what they mean to oslo.policy; what it can make nothing of, and so lets nobody pass, is refused', () => {
    const others = new Map(Object.entries(facts.others).map(([name, text]) => [name, readCheck(text)]))
    const rule = (name: string): boolean => {
      const check = others.get(name)
      return check !== undefined && meets(check, { caller: {}, target: {}, rule })
    }
    for (const [text, answers] of facts.checks) {
      const shown = JSON.stringify(text)
      let check: ReturnType<typeof readCheck>
      try {
        check = readCheck(text)
      } catch (error) {
        assert.ok(error instanceof SyntaxError)
        assert.ok(!answers.includes(true), `${shown} is refused: ${error.message}`)
        continue
      }
      for (const [i, caller] of facts.callers.entries())
        assert.equal(
          meets(check, { caller, target: facts.target, rule }),
          answers[i] ?? false,
          `${shown} ${i}`,
        )
    }
  })
})

const caller = (roles: readonly string[], more: Partial<Caller> = {}): Caller => ({
  ...{ userId: 'u', userName: 'u', projectId: 'p1', projectName: 'p1', roles, isAdmin: false },
  ...more,
})

const callers: Readonly<Record<string, Caller>> = {
  administrator: caller(['admin', 'member', 'reader'], { isAdmin: true }),
  'administrator of another project': caller(['admin', 'member', 'reader'], {
    isAdmin: true,
    projectId: 'p2',
  }),
  'administrator of a project that is not the one for that': caller(['admin'], { isAdminProject: false }),
  member: caller(['member', 'reader']),
  reader: caller(['reader']),
  'member of another project': caller(['member', 'reader'], { projectId: 'p2' }),
  'stack user': caller(['heat_stack_user']),
  nobody: caller([]),
}

/** What is another on purpose: later releases of the original say it so. */
const differences: readonly string[] = [
  // There are no callers of the whole cloud here, who have no project to ask in: administrators of a project see the engines.
  'service:index for administrator of a project that is not the one for that',
  'service:index for administrator, enforced',
  'service:index for administrator of a project that is not the one for that, enforced',
  // There readers may make software configs.
  'software_configs:create for reader, enforced',
]

describe('the rules', () => {
  it('have the names of the original, and a few that its checks have no name for', () => {
    const theirs = new Set(facts.rules.map(([name]) => name))
    const ours = Object.keys(defaultRules)
    assert.deepEqual(
      [...theirs].filter((name) => !ours.includes(name)),
      [],
    )
    assert.deepEqual(
      ours.filter((name) => !theirs.has(name)),
      [
        ...['admin_of_project', 'project_member', 'project_reader', 'project_stack_user'],
        ...['OS::Octavia::AvailabilityZone', 'OS::Octavia::AvailabilityZoneProfile'].map(
          (type) => `resource_types:${type}`,
        ),
      ],
    )
  })

  for (const enforceNewDefaults of [false, true]) {
    it(`let the same callers pass, ${enforceNewDefaults ? 'once' : 'before'} the new defaults are enforced`, () => {
      const ours = policy({ enforceNewDefaults })
      const theirs = policy({
        rules: Object.fromEntries(
          facts.rules.map(([name, check, before]) => [
            name,
            before === null || enforceNewDefaults ? check : `(${check}) or ${before}`,
          ]),
        ),
      })
      const target = { project_id: 'p1' }
      const different = facts.rules.flatMap(([rule]) =>
        Object.entries(callers)
          .filter(([, who]) => ours.allowed(rule, who, target) !== theirs.allowed(rule, who, target))
          .map(([name]) => `${rule} for ${name}${enforceNewDefaults ? ', enforced' : ''}`),
      )
      assert.deepEqual(
        different,
        differences.filter((name) => name.endsWith(', enforced') === enforceNewDefaults),
      )
    })
  }
})

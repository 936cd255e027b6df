import { readFile } from 'node:fs/promises'
import { isMap } from '../base/json.ts'
import { messageOf, problem } from '../base/problem.ts'
import { Forbidden } from '../contract/problems.ts'
import type { Caller } from '../contract/views.ts'
import { type Check, type Facts, readCheck } from './check-string.ts'
import { defaultRules } from './policy-rules.ts'
import { readYaml } from './yaml.ts'

/** What a request is about, as far as rules ask: `project_id`, … */
export type Target = Readonly<Record<string, unknown>>

/** Who may do what. */
export interface Policy {
  /** Whether the caller may do it: to their own project, if no target is said. A rule that does not exist allows nothing. */
  allowed(rule: string, caller: Caller, target?: Target): boolean
  /** Problem 403 unless the caller may do it. */
  demand(rule: string, caller: Caller, target?: Target): void
  /** Whether the caller may have resources of a type; types without a rule are for everybody. */
  allowedType(type: string, caller: Caller): boolean
  /** Problem 403 unless the caller may have resources of the type. */
  demandType(type: string, caller: Caller): void
}

export interface PolicyOptions {
  /** Rules of the site's own, in place of those of the same name. */
  readonly rules?: Readonly<Record<string, string>>
  /** Whether rules no longer accept what they did before OpenStack had the roles `member` and `reader`. */
  readonly enforceNewDefaults?: boolean
}

/** A policy that can't be used. */
export const PolicyInvalid = problem(
  'PolicyInvalid',
  { status: 500 },
  ({ where, reason }: { where: string; reason: string }) => `The policy ${where} can't be used: ${reason}.`,
)

/** Makes a policy of the default rules and a site's own. */
export function policy({ rules = {}, enforceNewDefaults = false }: PolicyOptions = {}): Policy {
  const checks = new Map<string, Check>()
  for (const [name, { check, orBefore }] of Object.entries(defaultRules)) {
    const both = orBefore !== undefined && !enforceNewDefaults ? `(${check}) or ${orBefore}` : check
    checks.set(name, readRule(name, both))
  }
  for (const [name, check] of Object.entries(rules)) checks.set(name, readRule(name, check))

  function allowed(rule: string, caller: Caller, target: Target = { project_id: caller.projectId }): boolean {
    return meets(rule, { caller: attributesOf(caller), target }, new Set())
  }

  /** A rule that leads back to itself is met by nobody. */
  function meets(name: string, facts: Omit<Facts, 'rule'>, above: ReadonlySet<string>): boolean {
    const check = checks.get(name)
    if (check === undefined || above.has(name)) return false
    const within = new Set([...above, name])
    return check({ ...facts, rule: (other) => meets(other, facts, within) })
  }

  function allowedType(type: string, caller: Caller): boolean {
    const family = `${type.split('::').slice(0, -1).join('::')}::*`
    return [type, family]
      .map((name) => `resource_types:${name}`)
      .every((rule) => !checks.has(rule) || allowed(rule, caller))
  }

  return {
    allowed,
    demand(rule, caller, target) {
      if (!allowed(rule, caller, target)) throw Forbidden({ action: rule })
    },
    allowedType,
    demandType(type, caller) {
      if (!allowedType(type, caller)) throw Forbidden({ action: type })
    },
  }
}

function readRule(name: string, check: string): Check {
  try {
    return readCheck(check)
  } catch (error) {
    throw PolicyInvalid({ where: `rule "${name}"`, reason: messageOf(error) }, error)
  }
}

function attributesOf(caller: Caller): Facts['caller'] {
  const roles = caller.roles.map((role) => role.toLowerCase())
  return {
    user_id: caller.userId,
    user_name: caller.userName,
    user_domain_id: caller.userDomainId,
    project_id: caller.projectId,
    tenant: caller.projectId,
    tenant_id: caller.projectId,
    project_name: caller.projectName,
    project_domain_id: caller.projectDomainId,
    trust_id: caller.trustId,
    is_admin: caller.isAdmin,
    // A caller keeps only the outcome: an administrator of a project that is not the cloud's own is none.
    is_admin_project: caller.isAdmin || !roles.includes('admin'),
    roles,
  }
}

/** The rules of a site's policy file (YAML, or JSON as of old); none if there is no such file. */
export async function readPolicyFile(path: string): Promise<Readonly<Record<string, string>>> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'ENOENT') return ''
    throw PolicyInvalid({ where: `file ${path}`, reason: messageOf(error) }, error)
  })
  return rulesOf(path, text)
}

function rulesOf(path: string, text: string): Readonly<Record<string, string>> {
  const where = `file ${path}`
  let document: unknown
  try {
    document = readYaml(text)
  } catch (error) {
    throw PolicyInvalid({ where, reason: messageOf(error) }, error)
  }
  if (!isMap(document)) throw PolicyInvalid({ where, reason: 'it is not a map of rules' })
  return Object.fromEntries(
    Object.entries(document).map(([name, check]): [string, string] => {
      if (check === null) return [name, '']
      if (typeof check !== 'string') throw PolicyInvalid({ where, reason: `rule "${name}" is not a text` })
      return [name, check]
    }),
  )
}

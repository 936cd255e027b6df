import { messageOf, problem } from '../base/problem.ts'
import { Forbidden } from '../contract/problems.ts'
import type { Caller } from '../contract/views.ts'
import { type Check, type Facts, meets, rulesIn } from './check.ts'
import { type CheckText, readCheck } from './check-string.ts'
import { defaultRules } from './policy-rules.ts'

/** What a request is about, as far as rules ask: `project_id`, … */
export type Target = Readonly<Record<string, unknown>>

/** Rules of a site's own, by name. */
export type Rules = Readonly<Record<string, CheckText>>

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
  readonly rules?: Rules
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
export function policy(options: PolicyOptions = {}): Policy {
  const checks = checksOf(options)

  function allowed(rule: string, caller: Caller, target: Target = { project_id: caller.projectId }): boolean {
    return isMet(rule, { caller: attributesOf(caller), target }, new Set())
  }

  /** A rule that leads back to itself is met by nobody. */
  function isMet(name: string, facts: Omit<Facts, 'rule'>, above: ReadonlySet<string>): boolean {
    const check = checks.get(name)
    if (check === undefined || above.has(name)) return false
    const within = new Set([...above, name])
    return meets(check, { ...facts, rule: (other) => isMet(other, facts, within) })
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

function checksOf(options: PolicyOptions): Map<string, Check> {
  return new Map(
    Object.entries(effectiveRules(options)).map(([name, check]) => [name, readRule(name, check)]),
  )
}

/** Every rule as it counts, as it would stand in a file. */
export function effectiveRules({ rules = {}, enforceNewDefaults = false }: PolicyOptions): Rules {
  const builtIn = Object.entries(defaultRules).map(([name, { check, orBefore }]): [string, string] => [
    name,
    orBefore !== undefined && !enforceNewDefaults ? `(${check}) or ${orBefore}` : check,
  ])
  return { ...Object.fromEntries(builtIn), ...rules }
}

function readRule(name: string, check: CheckText): Check {
  try {
    return readCheck(check)
  } catch (error) {
    throw PolicyInvalid({ where: `rule "${name}"`, reason: messageOf(error) }, error)
  }
}

/** What is odd about rules, though they can be used: they speak of rules that are not there, or lead back to themselves. */
export function odditiesIn(options: PolicyOptions): readonly string[] {
  const checks = checksOf(options)
  const othersOf = (name: string) => rulesIn(checks.get(name) ?? { is: 'never' })
  const leadsBack = (name: string): boolean => {
    const reached = new Set<string>()
    const left = [...othersOf(name)]
    for (let next = left.pop(); next !== undefined; next = left.pop()) {
      if (next === name) return true
      if (!reached.has(next)) left.push(...othersOf(next))
      reached.add(next)
    }
    return false
  }
  return [...checks.keys()].flatMap((name) => [
    ...othersOf(name)
      .filter((other) => !checks.has(other))
      .map((other) => `rule "${name}" speaks of the rule "${other}", which is not there and met by nobody`),
    ...(leadsBack(name) ? [`rule "${name}" leads back to itself, and is met by nobody there`] : []),
  ])
}

/** A caller by the names that policy files have; what is not known is `None` to them. */
function attributesOf(caller: Caller): Facts['caller'] {
  return {
    user_id: caller.userId,
    user: caller.userId,
    user_domain_id: caller.userDomainId ?? null,
    project_id: caller.projectId === '' ? null : caller.projectId,
    tenant: caller.projectId === '' ? null : caller.projectId,
    project_domain_id: caller.projectDomainId ?? null,
    domain_id: caller.domainId ?? null,
    system_scope: caller.isOfSystem ? 'all' : null,
    is_admin: caller.isAdmin,
    is_admin_project: caller.isAdminProject !== false,
    roles: caller.roles,
    ...withoutService,
  }
}

/** No service speaks for its callers here. */
const withoutService = {
  service_user_id: null,
  service_user_domain_id: null,
  service_project_id: null,
  service_project_domain_id: null,
  service_roles: [],
}

import { splitAddress } from '../contract/endpoint.ts'
import { actions, allEndpoints } from '../contract/rest/index.ts'
import type { Check } from './check.ts'
import { type CheckText, readCheck } from './check-string.ts'
import type { Rules } from './policy.ts'
import { defaultRules } from './policy-rules.ts'

/** All built-in rules as a policy file, each as a comment with what it is asked for. */
export function samplePolicy(): string {
  const rules = Object.entries(defaultRules).map(([name, { check, orBefore }]) =>
    [
      ...operationsOf(name).map((line) => `# ${line}`),
      `#"${name}": "${check}"`,
      ...(orBefore === undefined
        ? []
        : [`# Until [oslo_policy] enforce_new_defaults is set, "${orBefore}" will do as well.`]),
      '',
    ].join('\n'),
  )
  return rules.join('\n')
}

/** What is asked under a rule: `GET /v1/{project_id}/stacks: List stacks.` */
function operationsOf(rule: string): readonly string[] {
  const asked = allEndpoints.flatMap(({ endpoints }) => endpoints.map(({ endpoint }) => endpoint))
  const named = asked
    .filter(({ policy }) => policy === rule)
    .map(({ address, summary }) => `${words(address)}: ${summary}`)
  const [family, action = ''] = rule.split(':', 2)
  const isAction = family === 'actions' && Object.hasOwn(actions.actions, action)
  return isAction ? [...named, `${words(actions.actOnStack.address)}: {"${action}": null}`] : named
}

const words = (address: Parameters<typeof splitAddress>[0]): string => {
  const { method, path } = splitAddress(address)
  return `${method} ${path}`
}

/** The rules of a site that say what the built-in ones of the same name say. */
export function redundantRules(rules: Rules): readonly string[] {
  return Object.entries(rules)
    .filter(([name, check]) => {
      const built = Object.hasOwn(defaultRules, name) ? defaultRules[name] : undefined
      return built !== undefined && isSame(check, built.check)
    })
    .map(([name]) => name)
}

const isSame = (one: CheckText, other: CheckText): boolean => written(one) === written(other)
const written = (check: CheckText): string => JSON.stringify(readCheck(check) satisfies Check)

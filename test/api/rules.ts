import type { JsonMap } from '../../src/base/json.ts'
import { allEndpoints } from '../../src/contract/rest/index.ts'

/**
 * For whom a rule is: whoever has the role, and those above it. `stack user`: readers, and what stacks have in servers;
 * `server`: the same, of a rule that never let others pass.
 */
export type Level = 'reader' | 'stack user' | 'server' | 'member' | 'admin'

/** The levels of all who are no administrators, those left out of which no others pass. */
export const usual: readonly Level[] = ['reader', 'stack user', 'member']
/** The levels of a member. */
export const below: readonly Level[] = [...usual, 'server']
/** The levels of an administrator. */
export const all: readonly Level[] = [...below, 'admin']

/** The rules of the original, by its names (§16). */
export const levels: Readonly<Record<string, Level>> = {
  ...each(
    'stacks',
    'member',
    'abandon create delete export generate_template update update_patch update_no_change',
  ),
  ...each(
    'stacks',
    'member',
    'preview_update preview_update_patch validate_template snapshot delete_snapshot',
  ),
  ...each('stacks', 'member', 'restore_snapshot'),
  ...each(
    'stacks',
    'reader',
    'detail index list_resource_types list_template_versions list_template_functions',
  ),
  ...each('stacks', 'reader', 'preview resource_schema show template environment files show_snapshot'),
  ...each('stacks', 'reader', 'list_snapshots list_outputs show_output'),
  ...each('stacks', 'stack user', 'lookup'),
  ...each('actions', 'member', 'suspend resume cancel_update cancel_without_rollback'),
  ...each('actions', 'reader', 'check'),
  ...each('resource', 'member', 'mark_unhealthy'),
  ...each('resource', 'reader', 'index show'),
  ...each('resource', 'stack user', 'metadata signal'),
  ...each('events', 'reader', 'index show'),
  ...each('software_configs', 'member', 'create delete'),
  ...each('software_configs', 'reader', 'index show'),
  ...each('software_deployments', 'member', 'create update delete'),
  ...each('software_deployments', 'reader', 'index show'),
  ...each('software_deployments', 'server', 'metadata'),
  ...each('build_info', 'reader', 'build_info'),
  ...each('service', 'admin', 'index'),
}

function each(family: string, level: Level, names: string): Readonly<Record<string, Level>> {
  return Object.fromEntries(names.split(' ').map((name) => [`${family}:${name}`, level]))
}

/** An operation asked rightly, and the rule that it asks. */
export interface Question {
  readonly rule: string
  readonly address: string
  readonly body: JsonMap | undefined
  readonly status: number
}

/** Every operation that asks a rule, asked rightly; those whose rule hangs on the body once for each. */
export const questions: readonly Question[] = allEndpoints.flatMap(({ endpoints }) =>
  endpoints.flatMap(
    ({ endpoint: { address, policy: rule, example: body, status, exclusive, body: keys } }) => {
      if (rule === null) return []
      if (exclusive)
        return Object.keys(keys).map((key) => ({
          rule: `actions:${key}`,
          address,
          body: { [key]: null },
          status,
        }))
      const alike = { rule, address, body, status }
      return rule === 'stacks:update_patch'
        ? [alike, { ...alike, rule: 'stacks:update_no_change', body: {} }]
        : [alike]
    },
  ),
)

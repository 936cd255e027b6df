import { resourceTypeRules } from './policy-types.ts'

/** A rule with what it demands and, until `enforce_new_defaults` is set, what it demanded before and still accepts. */
export interface Rule {
  readonly check: string
  readonly orBefore?: string
}

const projectReader = 'rule:project_reader'
const projectMember = 'rule:project_member'

const named: Readonly<Record<string, string>> = {
  context_is_admin: 'role:admin and is_admin_project:True',
  project_admin: 'role:admin',
  admin_of_project: 'role:admin and project_id:%(project_id)s',
  project_member: 'role:member and project_id:%(project_id)s',
  project_reader: 'role:reader and project_id:%(project_id)s',
  project_stack_user: 'role:heat_stack_user and project_id:%(project_id)s',
  deny_stack_user: 'not role:heat_stack_user',
  deny_everybody: '!',
  allow_everybody: '',
}

const forMembers: Readonly<Record<string, readonly string[]>> = {
  stacks: [
    'abandon',
    'create',
    'delete',
    'export',
    'generate_template',
    'update',
    'update_patch',
    'preview_update',
    'preview_update_patch',
    'validate_template',
    'snapshot',
    'delete_snapshot',
    'restore_snapshot',
  ],
  actions: ['action', 'snapshot', 'suspend', 'resume', 'cancel_update', 'cancel_without_rollback'],
  resource: ['mark_unhealthy'],
  software_configs: ['create', 'delete'],
  software_deployments: ['create', 'update', 'delete'],
  cloudformation: ['CreateStack', 'DeleteStack', 'UpdateStack', 'CancelUpdateStack'],
}

const forReaders: Readonly<Record<string, readonly string[]>> = {
  stacks: [
    'detail',
    'index',
    'list_resource_types',
    'list_template_versions',
    'list_template_functions',
    'preview',
    'resource_schema',
    'show',
    'template',
    'environment',
    'files',
    'show_snapshot',
    'list_snapshots',
    'list_outputs',
    'show_output',
  ],
  actions: ['check'],
  build_info: ['build_info'],
  events: ['index', 'show'],
  resource: ['index', 'show'],
  software_configs: ['index', 'show'],
  software_deployments: ['index', 'show'],
  cloudformation: [
    'ListStacks',
    'DescribeStacks',
    'DescribeStackEvents',
    'DescribeStackResources',
    'ListStackResources',
    'ValidateTemplate',
    'GetTemplate',
    'EstimateTemplateCost',
  ],
}

/** What the users that stacks make for their servers may do too. */
const forStackUsers: Readonly<Record<string, readonly string[]>> = {
  stacks: ['lookup'],
  resource: ['metadata', 'signal'],
  cloudformation: ['DescribeStackResource'],
}

const ofStackUsers = `(${projectReader}) or (rule:project_stack_user)`

const forNobody: Readonly<Record<string, readonly string[]>> = {
  stacks: ['global_index'],
  software_configs: ['global_index'],
}

/** All rules by name, as they are when no policy file says otherwise. */
export const defaultRules: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(Object.entries(named).map(([name, check]) => [name, { check }])),
  ...each(forMembers, { check: projectMember, orBefore: 'rule:deny_stack_user' }),
  ...each(forReaders, { check: projectReader, orBefore: 'rule:deny_stack_user' }),
  ...each(forStackUsers, {
    check: ofStackUsers,
    orBefore: 'rule:allow_everybody',
  }),
  ...each(forNobody, { check: 'rule:deny_everybody' }),
  'software_deployments:metadata': { check: ofStackUsers },
  'stacks:update_no_change': { check: 'rule:stacks:update_patch' },
  'service:index': { check: 'rule:admin_of_project', orBefore: 'rule:context_is_admin' },
  ...Object.fromEntries(
    resourceTypeRules.map((type) => [`resource_types:${type}`, { check: 'rule:project_admin' }]),
  ),
}

function each(groups: Readonly<Record<string, readonly string[]>>, rule: Rule): Record<string, Rule> {
  const names = Object.entries(groups).flatMap(([prefix, actions]) =>
    actions.map((action) => `${prefix}:${action}`),
  )
  return Object.fromEntries(names.map((name) => [name, rule]))
}

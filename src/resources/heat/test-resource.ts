import { failure } from '../../base/problem.ts'
import { resource } from '../../plugin/index.ts'
import { any, boolean, number, object, string } from '../../schema/index.ts'

const wait = (action: string) => number(`How many seconds a ${action} takes.`, { updatable: true })

/** Behaves as it is told to, so that templates and services can be tested. */
export const TestResource = resource('OS::Heat::TestResource', {
  summary: 'Behaves as its properties say: takes time, fails, is replaced. For tests.',
  since: '5.0.0',
  uses: {},
  properties: {
    value: string('The value that the attribute `output` gives.', {
      default: 'test_string',
      updatable: true,
    }),
    fail: boolean('Whether the resource fails.', { default: false, updatable: true }),
    update_replace: boolean('Whether an update that sets this replaces the resource.', {
      default: false,
      updatable: true,
    }),
    update_replace_value: string('A value whose change replaces the resource.', { since: '7.0.0' }),
    wait_secs: number('How many seconds each action takes.', { default: 0, updatable: true }),
    action_wait_secs: object(
      { create: wait('create'), update: wait('update'), delete: wait('delete') },
      'How many seconds an action takes, where that differs.',
      { updatable: true },
    ),
    attr_wait_secs: number('How many seconds reading an attribute takes. Accepted, and of no effect.', {
      default: 0,
      updatable: true,
      since: '6.0.0',
    }),
    client_name: string('A client to call. Accepted, and of no effect.', { default: '', updatable: true }),
    entity_name: string('What to call it for. Accepted, and of no effect.', { default: '', updatable: true }),
    constraint_prop_secs: number(
      'How many seconds checking this property takes. Accepted, and of no effect.',
      {
        default: 0,
        updatable: true,
        since: '6.0.0',
        format: 'test_constr',
      },
    ),
  },
  attributes: { output: any('The value.') },
  takes({ props, action }) {
    if (action === 'SUSPEND' || action === 'RESUME') return 0
    return props.action_wait_secs?.[inLowerCase(action)] ?? props.wait_secs
  },
  async create({ self, props }) {
    refuseIfAsked(self.name, props.fail)
    return { id: self.physicalName }
  },
  async update({ self, props }) {
    refuseIfAsked(self.name, props.fail)
  },
  replaces: ({ changed }) => (changed.update_replace === true ? 'update_replace is set' : undefined),
  repairable: async () => false,
  compute: { output: ({ props }) => props.value },
})

const inLowerCase = (action: 'CREATE' | 'UPDATE' | 'DELETE'): 'create' | 'update' | 'delete' =>
  action.toLowerCase() as 'create' | 'update' | 'delete'

function refuseIfAsked(name: string, fail: boolean): void {
  if (fail) throw failure('ValueError', `Test Resource failed ${name}`)
}

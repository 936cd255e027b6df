import { isMap } from '../../base/json.ts'
import { failure, messageOf } from '../../base/problem.ts'
import { mask } from '../../base/text.ts'
import { isAway, isCloudError } from '../../cloud/error.ts'
import { type Heat, heat, type LiveStack, type Stacks, type Whereabouts } from '../../cloud/heat/index.ts'
import type { Place } from '../../cloud/service.ts'
import { resource } from '../../plugin/index.ts'
import { boolean, integer, map, object, string } from '../../schema/index.ts'

const actions = ['CREATE', 'UPDATE', 'ROLLBACK', 'ADOPT', 'CHECK', 'RESUME', 'RESTORE', 'SNAPSHOT', 'SUSPEND']

type Props = Readonly<Record<string, unknown>>

interface Context {
  readonly region_name?: string | null
  readonly credential_secret_id?: string | null
  readonly ca_cert?: string | null
  readonly insecure?: boolean | null
}

interface Wanted {
  readonly template: string
  readonly timeout?: number
  readonly parameters: Props
}

/** What a stack is made of, besides its name. */
type Inherited = (parameters: Props) => { readonly files: object; readonly environment: object }

const contextIn = (props: Props): Context => (props.context ?? {}) as Context

/** Where a resource's stack is, or is to be. */
function whereabouts(props: Props): Whereabouts {
  const {
    region_name: region,
    credential_secret_id: secret,
    ca_cert: certificates,
    insecure,
  } = contextIn(props)
  return {
    ...(region && { region }),
    ...(secret && { secret }),
    ...(certificates && { certificates }),
    ...(insecure && { verify: false }),
  }
}

const lives: Place<LiveStack> = {
  service: heat.name,
  open: (client, props) => (client as Heat).stacks(whereabouts(props)),
}

function bodyOf({ template, timeout, parameters }: Wanted, inherited: Inherited): object {
  const { files, environment } = inherited(parameters)
  return {
    template,
    parameters,
    files,
    environment,
    ...(typeof timeout === 'number' && { timeout_mins: timeout }),
  }
}

/** A stack of the same or another orchestration service. */
export const RemoteStack = resource('OS::Heat::Stack', {
  summary: 'A stack in another region of this cloud, or in another cloud.',
  uses: { heat },
  lives,
  alwaysUpdated: true,
  passesTrustOn: true,
  verifiedAtOnce: true,
  properties: {
    context: object(
      {
        region_name: string('The region that the stack is in; if not said, the same.'),
        credential_secret_id: string(
          'The ID of a Barbican secret that holds who one is in another cloud, as `{"auth_type": …, "auth": {…}}`.',
          { updatable: true, since: '12.0.0' },
        ),
        ca_cert: string('The certificate, in PEM, of the authority that the other services are trusted by.', {
          updatable: true,
          since: '12.0.0',
        }),
        insecure: boolean('Whether the certificates of the other services are taken as they come.', {
          default: false,
          updatable: true,
          since: '12.0.0',
        }),
      },
      'Where the stack is.',
      { updatable: true },
    ),
    template: string('The template of the stack.', { required: true, updatable: true }),
    timeout: integer('How many minutes the stack may take.', { updatable: true }),
    parameters: map('The parameters of the stack.', { default: {}, updatable: true }),
  },
  attributes: {
    stack_name: string('The name of the stack.'),
    outputs: map('The outputs of the stack, by their names.'),
  },
  async verify({ heat: { stacks }, props, inherited }) {
    const there = stacks(whereabouts(props))
    await refusing(props, 'Cannot establish connection to', () => there.named('-'))
    const { template, files, environment } = bodyOf(props, inherited) as Record<string, unknown>
    const what = 'Failed validating stack template using'
    await refusing(props, what, () => there.validate({ template, files, environment }))
  },
  async create({ heat: { stacks }, props, self, inherited }) {
    const body = { ...bodyOf(props, inherited), stack_name: self.physicalName, disable_rollback: true }
    return await stacks(whereabouts(props)).create(body)
  },
  find: async ({ heat: { stacks }, props, self }) =>
    await stacks(whereabouts(props)).named(self.physicalName),
  update: async ({ heat: { stacks }, props, id, inherited }) =>
    await stacks(whereabouts(props)).update(id, bodyOf(props, inherited)),
  gone({ live: { stack_status: status, stack_status_reason: reason } }) {
    if (status === 'DELETE_FAILED') throw inError(status, reason)
    return status === 'DELETE_COMPLETE'
  },
  settles: settlingIn('CREATE', 'UPDATE', 'ROLLBACK', 'ADOPT', 'CHECK', 'RESUME', 'RESTORE', 'SNAPSHOT'),
  suspend: {
    begin: ({ heat: { stacks }, props, id }) => actUnless(stacks(whereabouts(props)), id, 'suspend'),
    settles: settlingIn('SUSPEND'),
  },
  resume: {
    begin: ({ heat: { stacks }, props, id }) => actUnless(stacks(whereabouts(props)), id, 'resume'),
    settles: settlingIn('RESUME'),
  },
  examine: {
    begin: async ({ heat: { stacks }, props, id }) => await stacks(whereabouts(props)).act(id, 'check'),
    settles: settlingIn('CHECK'),
  },
  snapshot: {
    as: 'snapshot_id',
    begin: async ({ heat: { stacks }, props, id, mark }) => await stacks(whereabouts(props)).keep(id, mark),
    find: async ({ heat: { stacks }, props, id, mark }) =>
      props && (await stacks(whereabouts(props)).keptAs(id, mark)),
    async isKept({ heat: { stacks }, props, id, kept }) {
      const { status, status_reason: reason } = await stacks(whereabouts(props)).kept(id, kept)
      if (status === 'FAILED') throw inError('SNAPSHOT_FAILED', reason ?? '')
      return status === 'COMPLETE'
    },
    // As in Heat, it stays for as long as its stack does.
    remove: async () => {},
    read: async ({ heat: { stacks }, props, id, kept }) =>
      (await stacks(whereabouts(props)).kept(id, kept)).data,
    restored(properties, _kept, data) {
      const { template, environment } = mapIn(data)
      if (!isMap(template)) return properties
      const given = mapIn(properties.parameters)
      const parameters = Object.entries(mapIn(mapIn(environment).parameters))
        // What is hidden there, only this stack's own template can tell.
        .map(([key, value]) => [key, value === mask ? given[key] : value] as const)
      return { ...properties, template: JSON.stringify(template), parameters: Object.fromEntries(parameters) }
    },
  },
  replaces({ props, before }) {
    const [was, is] = [contextIn(before), contextIn(props)].map((context) => context.region_name ?? '')
    return was === is ? undefined : 'its region changed'
  },
  async repairable({ heat: { stacks }, props, id }) {
    try {
      return (await stacks(whereabouts(props)).get(id)).stack_status !== 'CHECK_FAILED'
    } catch (error) {
      if (isCloudError(error, 'not-found')) return false
      throw error
    }
  },
  compute: {
    outputs: async ({ heat: { stacks }, props, id }) => await stacks(whereabouts(props)).outputs(id),
  },
})

const mapIn = (value: unknown): Props => (isMap(value) ? value : {})

/** A stack is ready when one of these actions is complete; whatever it is at otherwise is waited for. */
function settlingIn(...ready: readonly string[]) {
  return {
    on: 'stack_status' as const,
    ready: ready.map((action) => `${action}_COMPLETE`),
    busy: [
      ...actions.map((action) => `${action}_IN_PROGRESS`),
      ...actions.filter((action) => !ready.includes(action)).map((action) => `${action}_COMPLETE`),
    ],
    failed: actions.map((action) => `${action}_FAILED`),
    reason: ({ stack_status_reason: reason }: LiveStack) => reason,
  }
}

/** Suspends or resumes a stack, unless it is at it, or done with it. */
async function actUnless(stacks: Stacks, id: string, action: 'resume' | 'suspend'): Promise<void> {
  const { stack_status: status } = await stacks.get(id)
  const done = [`${action.toUpperCase()}_IN_PROGRESS`, `${action.toUpperCase()}_COMPLETE`]
  if (!done.includes(status)) await stacks.act(id, action)
}

const inError = (status: string, reason: string): Error =>
  failure('ResourceInError', `Went to status ${status} due to "${reason}"`)

/** A cloud that is only away for a while is asked again; any other failure is told in Heat's words. */
async function refusing(props: Props, what: string, ask: () => Promise<unknown>): Promise<void> {
  try {
    await ask()
  } catch (error) {
    if (isAway(error)) throw error
    const { region_name: region, credential_secret_id: secret } = contextIn(props)
    const place = secret ? 'remote cloud' : `region "${region ?? 'None'}"`
    const reason = `${what} Heat endpoint at ${place} due to "${saidBy(error)}"`
    throw failure('StackValidationFailed', reason, { cause: error })
  }
}

/** What the other service says is quoted as a client of Heat would show it. */
const saidBy = (error: unknown): string =>
  isCloudError(error) && error.service === 'orchestration' && error.status !== undefined
    ? `ERROR: ${error.message}`
    : messageOf(error)

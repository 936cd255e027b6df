import type { HearthClient, StackAddress, UpdateBody } from '../../client/index.ts'
import type { Bundle } from '../bundle/bundle.ts'
import { one } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import type { Context } from '../kit/context.ts'
import { UsageError } from '../kit/failure.ts'
import { choice, commaList, flag, many, whole } from '../kit/options.ts'
import { shortStack } from '../stack-shape.ts'
import { askAndWatch } from '../wait/ask-and-watch.ts'
import { answerAbout, containerOption, hookOption, readWanted, wantedOptions } from '../wanted.ts'

/** `hearth stack update` */
export const stackUpdate = command({
  name: 'stack update',
  summary: 'Change a stack to what a template now says.',
  notes:
    'With --existing, the template, environment and parameters that are not given stay as they are; otherwise only what is given counts. An update may be sent while another one runs.',
  example:
    'hearth stack update web -t web.yaml -e prod.yaml --dry-run\nhearth stack update web --existing --parameter size=5 --wait',
  shows: { form: 'one' },
  arguments: { stack: one('the name or ID of the stack') },
  options: {
    ...wantedOptions,
    filesContainer: containerOption,
    existing: flag('-x, --existing', 'keep what is not given'),
    clearParameter: many(
      '--clear-parameter <name>',
      'with --existing: forget this parameter; may be repeated',
    ),
    wait: flag('--wait', 'show what happens until the stack is complete or has failed'),
    poll: whole('--poll <seconds>', 'while waiting, ask at least this often (default: 2)'),
    timeout: whole('--timeout <minutes>', 'give up after so many minutes'),
    tags: commaList('--tags <tag,…>', 'words to find the stack by'),
    rollback: choice('--rollback <value>', 'whether to go back if the update fails; keep: as it is set now', [
      'enabled',
      'disabled',
      'keep',
    ]),
    converge: flag('--converge', 'compare with what is really there, and mend it'),
    preUpdate: hookOption('--pre-update <resource>', 'before it is updated'),
    dryRun: flag('--dry-run', 'show what would change, and why, and change nothing'),
    showNested: flag('--show-nested', 'with --dry-run: show changes inside nested stacks too'),
  },
  async run({ args, options, context }) {
    if (options.template === undefined && !options.existing) {
      throw new UsageError('Need to specify exactly one of [--template, --existing]')
    }
    if (options.clearParameter.length > 0 && !options.existing)
      throw new UsageError('--clear-parameter needs --existing')
    const { bundle, body } = await readWanted(context, {
      ...options,
      hooks: { hook: 'pre-update', paths: options.preUpdate },
    })
    const request: UpdateBody = {
      ...body,
      ...(options.rollback === 'enabled' && { disable_rollback: false }),
      ...(options.rollback === 'disabled' && { disable_rollback: true }),
      ...(options.timeout !== undefined && { timeout_mins: options.timeout }),
      ...(options.tags !== undefined && { tags: options.tags }),
      ...(options.clearParameter.length > 0 && { clear_parameters: options.clearParameter }),
      ...(options.converge && { converge: true }),
    }
    const client = await context.connect()
    const stack = await client.findStack(args.stack)
    if (options.dryRun) return dryRun({ context, client, stack, request, bundle, options })
    await update({ context, client, stack, request, bundle, options })
    return shortStack(client, stack)
  },
})

interface Update {
  readonly context: Context
  readonly client: HearthClient
  readonly stack: StackAddress
  readonly request: UpdateBody
  readonly bundle: Bundle
  readonly options: {
    readonly existing: boolean
    readonly showNested: boolean
    readonly wait: boolean
    readonly poll: number | undefined
  }
}

async function dryRun({
  context,
  client,
  stack,
  request,
  bundle,
  options: { existing, showNested },
}: Update) {
  const { updatePlan } = await import('../plan/plan.ts')
  const { planOutput } = await import('../plan/show-plan.ts')
  const { resource_changes } = await answerAbout(
    bundle,
    client.previewUpdate(stack, request, { existing, showNested }),
  )
  return planOutput(updatePlan(stack.stack_name, resource_changes), context)
}

async function update({
  context,
  client,
  stack,
  request,
  bundle,
  options: { existing, wait, poll },
}: Update): Promise<void> {
  await askAndWatch(context, client, { stack, action: 'UPDATE', wait, poll }, () =>
    answerAbout(bundle, client.updateStack(stack, request, { existing })),
  )
}

import { one } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import { UsageError } from '../kit/failure.ts'
import { commaList, flag, whole } from '../kit/options.ts'
import { shortStack } from '../stack-shape.ts'
import { answerAbout, containerOption, hookOption, readWanted, wantedOptions } from '../wanted.ts'

/** `hearth stack create` */
export const stackCreate = command({
  name: 'stack create',
  summary: 'Create a stack from a template.',
  notes: 'Files that the template and the environments name are read from here and sent along.',
  example: 'hearth stack create web -t web.yaml -e prod.yaml --parameter size=3 --wait',
  shows: { form: 'one' },
  arguments: { name: one('the name of the new stack') },
  options: {
    ...wantedOptions,
    filesContainer: containerOption,
    wait: flag('--wait', 'show what happens until the stack is complete or has failed'),
    poll: whole('--poll <seconds>', 'while waiting, ask at least this often (default: 2)'),
    timeout: whole('--timeout <minutes>', 'give up after so many minutes'),
    tags: commaList('--tags <tag,…>', 'words to find the stack by'),
    enableRollback: flag('--enable-rollback', 'take everything away again if the creation fails'),
    preCreate: hookOption('--pre-create <resource>', 'before it is created'),
    dryRun: flag('--dry-run', 'show what would be created and create nothing'),
  },
  async run({ args, options, context }) {
    if (options.template === undefined)
      throw new UsageError("required option '-t, --template <file>' not specified")
    const { bundle, body } = await readWanted(context, {
      ...options,
      hooks: { hook: 'pre-create', paths: options.preCreate },
    })
    const request = {
      ...body,
      stack_name: args.name,
      disable_rollback: !options.enableRollback,
      ...(options.timeout !== undefined && { timeout_mins: options.timeout }),
      ...(options.tags !== undefined && { tags: options.tags }),
    }
    const client = await context.connect()
    if (options.dryRun) {
      const { creationPlan } = await import('../plan/plan.ts')
      const { planOutput } = await import('../plan/show-plan.ts')
      const preview = await answerAbout(bundle, client.previewStack(request))
      return planOutput(creationPlan(args.name, preview.stack), context)
    }
    const { stack } = await answerAbout(bundle, client.createStack(request))
    const address = { stack_name: args.name, stack_id: stack.id }
    if (options.wait) {
      const { watchToEnd } = await import('../wait/conclude.ts')
      await watchToEnd(context, client, { stack: address, action: 'CREATE', poll: options.poll })
    }
    return shortStack(client, address)
  },
})

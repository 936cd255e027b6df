import { failuresOf, failuresText, withOutputs } from '../failures.ts'
import { one } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import { flag } from '../kit/options.ts'
import { plainText } from '../render/width.ts'

/** `hearth stack failures list` */
export const stackFailuresList = command({
  name: 'stack failures list',
  summary: 'Show what failed in a failed stack and the stacks inside it.',
  notes: 'Of a software deployment also what it wrote on its server.',
  example: 'hearth stack failures list web --long',
  shows: { form: 'list', format: 'text', formats: ['text'] },
  arguments: { stack: one('the name or ID of the stack') },
  options: { long: flag('--long', 'the whole of long reasons') },
  async run({ args, options, context }) {
    const client = await context.connect()
    const { stack } = await client.showStack(args.stack, { resolveOutputs: false })
    const failures = stack.stack_status.endsWith('_FAILED')
      ? await failuresOf(client, { stack_name: stack.stack_name, stack_id: stack.id }, stack.stack_name)
      : []
    const told = context.format === 'text' ? await withOutputs(client, failures) : failures
    return {
      shows: 'list',
      columns: ['path', 'resource_type', 'physical_resource_id', 'resource_status', 'resource_status_reason'],
      rows: failures.map(({ path, resource }) => [
        path,
        resource.resource_type,
        resource.physical_resource_id,
        resource.resource_status,
        resource.resource_status_reason,
      ]),
      texts: { text: () => plainText(failuresText(told, options)) },
    }
  },
})

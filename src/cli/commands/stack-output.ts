import { Problem } from '../../base/problem.ts'
import type { HearthClient } from '../../client/index.ts'
import type { OutputReply } from '../../contract/rest/index.ts'
import { maybe, one } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import { UsageError } from '../kit/failure.ts'
import { flag } from '../kit/options.ts'

const stack = one('the name or ID of the stack')

/** `hearth stack output list` */
export const stackOutputList = command({
  name: 'stack output list',
  summary: 'List the outputs of a stack.',
  example: 'hearth stack output list web',
  shows: { form: 'list' },
  arguments: { stack },
  async run({ args, context }) {
    const outputs = await outputsOf(await context.connect(), args.stack)
    return {
      shows: 'list',
      columns: ['output_key', 'description'],
      rows: outputs.map(({ output_key, description }) => [output_key, description]),
    }
  },
})

/** `hearth stack output show` */
export const stackOutputShow = command({
  name: 'stack output show',
  summary: 'Show one output of a stack, or all.',
  example:
    'hearth stack output show web address -f value -c output_value\nhearth stack output show web --all',
  shows: { form: 'one' },
  arguments: { stack, output: maybe('the name of the output') },
  options: { all: flag('--all', 'show every output') },
  async run({ args, options, context }) {
    if (args.output === undefined && !options.all)
      throw new UsageError('either <output> or --all must be given')
    if (args.output !== undefined && options.all)
      throw new UsageError('<output> and --all cannot be given together')
    const client = await context.connect()
    if (args.output === undefined) {
      const { stack } = await client.showStack(args.stack, { resolveOutputs: true })
      return {
        shows: 'one',
        fields: (stack.outputs ?? []).map((output) => [output.output_key, jsonOf(output)]),
      }
    }
    const { output } = await client.showOutput(args.stack, args.output)
    if (output.output_error) throw new Error(`Output error: ${output.output_error}`)
    return { shows: 'one', fields: Object.entries(output).toSorted(([a], [b]) => (a < b ? -1 : 1)) }
  },
})

/** One JSON text per output, in every format: what scripts around OpenStackClient take apart. */
const jsonOf = (output: OutputReply): string => JSON.stringify(output, null, 2)

/** Services that don't list outputs by themselves show them with the stack. */
async function outputsOf(client: HearthClient, stack: string): Promise<readonly OutputReply[]> {
  try {
    return (await client.listOutputs(stack)).outputs
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error
    return (await client.showStack(stack, { resolveOutputs: true })).stack.outputs ?? []
  }
}

import { messageOf } from '../../base/problem.ts'
import { one } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import type { Context } from '../kit/context.ts'
import { UsageError } from '../kit/failure.ts'
import { flag, text, whole } from '../kit/options.ts'
import { shortStack } from '../stack-shape.ts'
import { answerAbout, readWanted, wantedOptions } from '../wanted.ts'

const { environment, parameter } = wantedOptions

/** `hearth stack adopt` */
export const stackAdopt = command({
  name: 'stack adopt',
  summary: 'Make a stack of what `stack abandon` left.',
  notes:
    'Nothing is made: the resources are those that the abandoned stack had. The service must be set up with enable_stack_adopt.',
  example: 'hearth stack adopt web --adopt-file web.json --wait',
  shows: { form: 'one' },
  arguments: { name: one('the name of the new stack') },
  options: {
    environment,
    parameter,
    adoptFile: text('--adopt-file <file>', "the document: a path, a URL, or '-' to read it from the input"),
    wait: flag('--wait', 'show what happens until the stack is complete or has failed'),
    timeout: whole('--timeout <minutes>', 'give up after so many minutes'),
    enableRollback: flag('--enable-rollback', 'forget everything again if it fails; nothing is deleted'),
  },
  async run({ args, options, context }) {
    if (options.adoptFile === undefined)
      throw new UsageError("required option '--adopt-file <file>' not specified")
    const document = await documentIn(context, options.adoptFile)
    const { bundle, body } = await readWanted(context, {
      ...{ environment: options.environment, parameter: options.parameter },
      ...{ template: undefined, parameterFile: [] },
    })
    const request = {
      ...body,
      stack_name: args.name,
      disable_rollback: !options.enableRollback,
      adopt_stack_data: document,
      ...(options.timeout !== undefined && { timeout_mins: options.timeout }),
    }
    const client = await context.connect()
    const { stack } = await answerAbout(bundle, client.createStack(request))
    const address = { stack_name: args.name, stack_id: stack.id }
    if (options.wait) {
      const { watchToEnd } = await import('../wait/conclude.ts')
      await watchToEnd(context, client, { stack: address, action: 'ADOPT' })
    }
    return shortStack(client, address)
  },
})

async function documentIn({ directory, terminal }: Context, named: string): Promise<string> {
  const { addressOf } = await import('../bundle/address.ts')
  const { readAnything, writtenText } = await import('../bundle/read.ts')
  try {
    return writtenText(
      named === '-' ? await terminal.readStdin() : await readAnything(addressOf(named, directory)),
    )
  } catch (error) {
    throw new UsageError(`${named} can not be read: ${messageOf(error)}`)
  }
}

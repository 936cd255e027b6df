import { messageOf } from '../../base/problem.ts'
import type { HearthClient, StackAddress } from '../../client/index.ts'
import { agrees } from '../kit/agrees.ts'
import { some } from '../kit/arguments.ts'
import { command, nothing } from '../kit/command.ts'
import type { Context } from '../kit/context.ts'
import { Failed } from '../kit/failure.ts'
import { flag, whole } from '../kit/options.ts'

/** `hearth stack delete` */
export const stackDelete = command({
  name: 'stack delete',
  summary: 'Delete stacks and all that they made.',
  notes: 'Asks first, if somebody is there to answer.',
  example: 'hearth stack delete web --yes --wait',
  arguments: { stacks: some('the names or IDs of the stacks') },
  options: {
    yes: flag('-y, --yes', "don't ask"),
    wait: flag('--wait', 'show what happens until the stacks are gone or have failed'),
    poll: whole('--poll <seconds>', 'while waiting, ask at least this often (default: 2)'),
  },
  async run({ args, options, context }) {
    const question = 'Are you sure you want to delete this stack(s) [y/N]? '
    if (!options.yes && !(await agrees(context, question))) return nothing
    const client = await context.connect()
    const troubles: unknown[] = []
    const begun: Begun[] = []
    for (const name of args.stacks) {
      try {
        begun.push(await begin(client, name, options.wait))
      } catch (error) {
        context.terminal.err.write(`${messageOf(error)}\n`)
        troubles.push(error)
      }
    }
    for (const stack of options.wait ? begun : []) {
      if (!(await isGone(context, client, { ...stack, poll: options.poll }))) troubles.push(stack)
    }
    if (troubles.length === 0) return nothing
    context.terminal.err.write(`Unable to delete ${troubles.length} of the ${args.stacks.length} stacks.\n`)
    throw new Failed()
  },
})

interface Begun {
  readonly stack: StackAddress
  /** The newest event before the deletion began. */
  readonly marker: string | undefined
}

async function begin(client: HearthClient, name: string, wait: boolean): Promise<Begun> {
  const stack = await client.findStack(name)
  const { newestEvent } = await import('../../client/index.ts')
  const marker = wait ? await newestEvent(client, stack) : undefined
  await client.deleteStack(stack)
  return { stack, marker }
}

async function isGone(
  context: Context,
  client: HearthClient,
  begun: Begun & { readonly poll: number | undefined },
): Promise<boolean> {
  const { watchToEnd } = await import('../wait/conclude.ts')
  try {
    await watchToEnd(context, client, { ...begun, action: 'DELETE' })
    return true
  } catch (error) {
    if (error instanceof Failed && error.exitCode === 1) return false
    throw error
  }
}

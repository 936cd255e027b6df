import type { HearthClient, StackAddress, StackDeed } from '../../client/index.ts'
import type { StackReply } from '../../contract/rest/index.ts'
import { some } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import type { Context } from '../kit/context.ts'
import { flag, whole } from '../kit/options.ts'
import type { Output } from '../render/output.ts'
import { askAndWatch } from '../wait/ask-and-watch.ts'
import type { WatchedAction } from '../wait/progress.ts'

const named = { stacks: some('the names or IDs of the stacks') }
const waiting = {
  wait: flag('--wait', 'show what happens until it is done or has failed'),
  poll: whole('--poll <seconds>', 'while waiting, ask at least this often (default: 2)'),
}

/** `hearth stack suspend` */
export const stackSuspend = command({
  name: 'stack suspend',
  summary: 'Suspend what stacks made, users before what they need.',
  example: 'hearth stack suspend web --wait',
  shows: { form: 'list' },
  arguments: named,
  options: waiting,
  run: ({ args, options, context }) =>
    onEach(context, args.stacks, (deeds) => act(deeds, { deed: 'suspend', watched: 'SUSPEND', ...options })),
})

/** `hearth stack resume` */
export const stackResume = command({
  name: 'stack resume',
  summary: 'Resume what stacks made, after they were suspended.',
  example: 'hearth stack resume web --wait',
  shows: { form: 'list' },
  arguments: named,
  options: waiting,
  run: ({ args, options, context }) =>
    onEach(context, args.stacks, (deeds) => act(deeds, { deed: 'resume', watched: 'RESUME', ...options })),
})

/** `hearth stack check` */
export const stackCheck = command({
  name: 'stack check',
  summary: 'Look whether all that stacks made is there and in order.',
  notes: 'The next update replaces what is not.',
  example: 'hearth stack check web --wait',
  shows: { form: 'list' },
  arguments: named,
  options: waiting,
  run: ({ args, options, context }) =>
    onEach(context, args.stacks, (deeds) => act(deeds, { deed: 'check', watched: 'CHECK', ...options })),
})

/** `hearth stack cancel` */
export const stackCancel = command({
  name: 'stack cancel',
  summary: 'Give up the update or creation of stacks that is under way.',
  notes: 'An update is taken back, unless --no-rollback says to leave things as they are then.',
  example: 'hearth stack cancel web --wait\nhearth stack cancel web --no-rollback',
  shows: { form: 'list' },
  arguments: named,
  options: { ...waiting, noRollback: flag('--no-rollback', 'leave things as they are') },
  run: ({ args, options, context }) =>
    onEach(context, args.stacks, async (one) => {
      const { stack } = await one.client.showStack(one.stack, { resolveOutputs: false })
      const status = stack.stack_status.toLowerCase()
      const allowed = options.noRollback
        ? ['create_in_progress', 'update_in_progress']
        : ['update_in_progress']
      if (!allowed.includes(status))
        throw new Error(`Stack ${one.stack.stack_name} with status '${status}' not in cancelable state`)
      if (!options.noRollback) await act(one, { deed: 'cancel_update', watched: 'ROLLBACK', ...options })
      else await act(one, { deed: 'cancel_without_rollback', ...options })
      if (options.noRollback && options.wait) await untilQuiet(one, options.poll)
    }),
})

interface One {
  readonly context: Context
  readonly client: HearthClient
  readonly stack: StackAddress
}

const columns = [
  ['ID', 'id'],
  ['Stack Name', 'stack_name'],
  ['Stack Status', 'stack_status'],
  ['Creation Time', 'creation_time'],
  ['Updated Time', 'updated_time'],
] as const satisfies readonly (readonly [string, keyof StackReply])[]

/** Does the same to each of the stacks, and shows how they then are. */
async function onEach(
  context: Context,
  names: readonly string[],
  work: (one: One) => Promise<void>,
): Promise<Output> {
  const client = await context.connect()
  const rows: unknown[][] = []
  for (const name of names) {
    const stack = await client.findStack(name)
    await work({ context, client, stack })
    const { stack: shown } = await client.showStack(stack, { resolveOutputs: false })
    rows.push(columns.map(([, key]) => shown[key] ?? null))
  }
  return { shows: 'list', columns: columns.map(([title]) => title), rows }
}

interface Act {
  readonly deed: StackDeed
  /** What it makes the stack do; absent: it only ends what the stack does. */
  readonly watched?: WatchedAction
  readonly wait: boolean
  readonly poll: number | undefined
}

async function act({ context, client, stack }: One, { deed, watched, wait, poll }: Act): Promise<void> {
  const ask = () => client.actOnStack(stack, deed)
  if (watched === undefined) await ask()
  else await askAndWatch(context, client, { stack, action: watched, wait, poll }, ask)
}

/** How deep to look into stacks inside the stack. */
const allLevels = 20

/** Waits until whatever a stack had begun has ended: it has itself failed as soon as it is cancelled. */
async function untilQuiet({ context, client, stack }: One, poll = 2): Promise<void> {
  for (;;) {
    const { resources } = await client.listResources(stack, { nested_depth: allLevels })
    if (!resources.some(({ resource_status }) => resource_status.endsWith('_IN_PROGRESS'))) return
    await context.clock.sleep(poll * 1000)
  }
}

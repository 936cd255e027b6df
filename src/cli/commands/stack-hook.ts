import { Problem } from '../../base/problem.ts'
import type { HearthClient, StackArgument } from '../../client/index.ts'
import type { EventRow } from '../../contract/rest/index.ts'
import { one, some } from '../kit/arguments.ts'
import { command, nothing } from '../kit/command.ts'
import { flag, whole } from '../kit/options.ts'
import { stackNameOf } from '../resource-paths.ts'

const stack = one('the name or ID of the stack')

const titles = ['Resource Name', 'ID', 'Resource Status Reason', 'Resource Status', 'Event Time']
const columns = ['id', 'resource_status_reason', 'resource_status', 'event_time'] as const

/** `hearth stack hook poll` */
export const stackHookPoll = command({
  name: 'stack hook poll',
  summary: 'List the resources of a stack that wait at a hook until it is cleared.',
  example: 'hearth stack hook poll web --nested-depth 2',
  shows: { form: 'list' },
  arguments: { stack },
  options: { nestedDepth: whole('--nested-depth <levels>', 'go so many levels into nested stacks') },
  async run({ args, options: { nestedDepth = 0 }, context }) {
    const client = await context.connect()
    const { hook, action, name } = await underWay(client, args.stack)
    const depth = nestedDepth > 0 ? { nested_depth: nestedDepth } : {}
    const { events } = await client.listEvents(args.stack, { sort_dir: 'asc', ...depth })
    const begun = events.findLastIndex(
      (event) => event.resource_status_reason === `Stack ${action} started` && stackNameOf(event) === name,
    )
    const waiting = waitingAt(hook, action, events.slice(Math.max(begun, 0)))
    return {
      shows: 'list',
      columns: nestedDepth > 0 ? [...titles, 'Stack Name'] : titles,
      rows: waiting.map((event) => [
        event.resource_name,
        ...columns.map((column) => event[column]),
        ...(nestedDepth > 0 ? [stackNameOf(event)] : []),
      ]),
    }
  },
})

/** Of these events those that say that a resource waits at a hook which nobody has cleared since. */
function waitingAt(hook: string, action: string, events: readonly EventRow[]): readonly EventRow[] {
  const waiting = new Map<string, EventRow>()
  for (const event of events) {
    const resource = `${stackNameOf(event)}/${event.resource_name}`
    if (event.resource_status_reason === `${action} paused until Hook ${hook} is cleared`)
      waiting.set(resource, event)
    else if (event.resource_status_reason === `Hook ${hook} is cleared`) waiting.delete(resource)
  }
  return [...waiting.values()]
}

/** `hearth stack hook clear` */
export const stackHookClear = command({
  name: 'stack hook clear',
  summary: 'Let resources go on that wait at a hook.',
  notes:
    'Resources in nested stacks are named by their path: `group/0/server`. Shell patterns (`*`, `?`) name several. Without an option the hook is the one before what the stack is doing now.',
  example: "hearth stack hook clear web server\nhearth stack hook clear web --pre-delete 'group/*/server'",
  arguments: { stack, resource: some('the resources to let go on') },
  options: {
    preCreate: flag('--pre-create', 'those that wait before they are created'),
    preUpdate: flag('--pre-update', 'those that wait before they are updated'),
    preDelete: flag('--pre-delete', 'those that wait before they are deleted'),
  },
  async run({ args, options, context }) {
    const client = await context.connect()
    const { fits } = await import('../../template/index.ts')
    const hook = named(options) ?? (await underWay(client, args.stack)).hook
    for (const path of args.resource) {
      const patterns = path.split('/').filter((part) => part !== '')
      if ((await clear({ client, hook, fits }, args.stack, patterns)) === 0)
        throw new Error(`No resource of stack ${args.stack} waits at a ${hook} hook under the name ${path}`)
    }
    return nothing
  },
})

interface Named {
  readonly preCreate: boolean
  readonly preUpdate: boolean
  readonly preDelete: boolean
}

function named({ preCreate, preUpdate, preDelete }: Named): string | undefined {
  if (preCreate) return 'pre-create'
  if (preUpdate) return 'pre-update'
  return preDelete ? 'pre-delete' : undefined
}

/** What a stack is doing now, and the hook before that. */
async function underWay(client: HearthClient, argument: string) {
  const { stack: shown } = await client.showStack(argument, { resolveOutputs: false })
  const { stack_status: status, stack_name: name } = shown
  if (!status.includes('IN_PROGRESS')) throw new Error(`Stack status ${status} not IN_PROGRESS`)
  const action = ['CREATE', 'UPDATE', 'DELETE'].find((one) => status.includes(one))
  if (action === undefined)
    throw new Error(`Unexpected stack status ${status}, only create, update and delete supported`)
  return { name, action, hook: `pre-${action.toLowerCase()}` }
}

interface Clearing {
  readonly client: HearthClient
  readonly hook: string
  /** Whether a name is one that a pattern means. */
  readonly fits: (pattern: string, name: string) => boolean
}

/** Clears the hook on all resources that the patterns name; answers on how many. */
async function clear(
  clearing: Clearing,
  stackOf: StackArgument,
  patterns: readonly string[],
): Promise<number> {
  const { client, hook, fits } = clearing
  const [pattern = '', ...below] = patterns
  const { resources } = await client.listResources(stackOf)
  const found = resources.filter(({ resource_name }) => fits(pattern, resource_name))
  let cleared = 0
  for (const { resource_name, physical_resource_id: child } of found) {
    if (below.length > 0) {
      if (child) cleared += await clear(clearing, child, below)
      continue
    }
    try {
      await client.signalResource(stackOf, resource_name, { unset_hook: hook })
      cleared++
    } catch (error) {
      // A pattern may name resources that do not wait.
      const isMeant = pattern === resource_name
      if (isMeant || !(error instanceof Problem) || error.code !== 'InvalidBreakPointHook') throw error
    }
  }
  return cleared
}

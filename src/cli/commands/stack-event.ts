import type { EventListQuery, HearthClient, StackAddress } from '../../client/index.ts'
import type { EventReply, EventRow } from '../../contract/rest/index.ts'
import { type EventPaths, eventPaths, logLine, logText } from '../events/event-log.ts'
import { one } from '../kit/arguments.ts'
import { command, nothing } from '../kit/command.ts'
import type { Context } from '../kit/context.ts'
import { UsageError } from '../kit/failure.ts'
import { flag, many, text, whole } from '../kit/options.ts'
import { pairs } from '../pairs.ts'
import type { Output } from '../render/output.ts'
import { plainText } from '../render/width.ts'
import { stackNameOf } from '../resource-paths.ts'
import { sortBy } from '../sort.ts'

const stack = one('the name or ID of the stack')

/** `hearth stack event list` */
export const stackEventList = command({
  name: 'stack event list',
  summary: 'List what happened to a stack and its resources.',
  example:
    'hearth stack event list web --follow\nhearth stack event list web --filter resource_status=FAILED -f table',
  shows: { form: 'list', format: 'log', formats: ['log'] },
  arguments: { stack },
  options: {
    resource: text('--resource <name>', 'only events of this resource'),
    filter: many(
      '--filter <key=value>',
      'only those of which this is true (resource_status, resource_action, resource_name, resource_type)',
    ),
    limit: whole('--limit <number>', 'at most so many'),
    marker: text('--marker <id>', 'only those after the event of this ID'),
    nestedDepth: whole('--nested-depth <levels>', 'go so many levels into nested stacks'),
    sort: many('--sort <key[:asc|desc]>', 'in this order, by event_time, resource_type, …; may be repeated'),
    follow: flag('--follow', 'go on showing events as they happen, until Ctrl-C'),
  },
  async run({ args, options, context }) {
    if (options.follow && context.format !== 'log')
      throw new UsageError('--follow works only with the format log')
    const client = await context.connect()
    const query = queryOf(options)
    const only = options.resource === undefined ? {} : { resource: options.resource }
    if (options.follow) {
      await follow({ context, client, stack: await client.findStack(args.stack), query, only })
      return nothing
    }
    const { events } = await client.listEvents(args.stack, query, only)
    const order = ordersOf(options).join(',')
    return listing(order === '' ? events : sortBy(events, order), {
      withStack: options.nestedDepth !== undefined,
    })
  },
})

interface ListOptions {
  readonly filter: readonly string[]
  readonly sort: readonly string[]
  readonly limit: number | undefined
  readonly marker: string | undefined
  readonly nestedDepth: number | undefined
}

/** A direction without a key is that of the times. */
const ordersOf = ({ sort }: Pick<ListOptions, 'sort'>): readonly string[] =>
  sort.map((order) => order.replace(/^:/, 'event_time:'))

/** Which events there are within a limit depends on the order in which the service goes through them. */
function queryOf(options: ListOptions): EventListQuery {
  const { filter, limit, marker, nestedDepth } = options
  const orders = ordersOf(options).map((order) => order.split(':'))
  return {
    sort_dir: orders[0]?.[1] ?? 'asc',
    ...(orders.length > 0 && { sort_keys: orders.map(([key = '']) => key) }),
    ...pairs(filter),
    ...(limit !== undefined && { limit }),
    ...(marker !== undefined && { marker }),
    ...(nestedDepth !== undefined && { nested_depth: nestedDepth }),
  }
}

const columns = [
  'resource_name',
  'id',
  'resource_status',
  'resource_status_reason',
  'event_time',
  'physical_resource_id',
] as const

function listing(events: readonly EventRow[], { withStack }: { readonly withStack: boolean }): Output {
  return {
    shows: 'list',
    columns: [...columns, ...(withStack ? ['stack_name'] : []), 'logical_resource_id'],
    rows: events.map((event) => [
      ...columns.map((name) => event[name]),
      ...(withStack ? [stackNameOf(event)] : []),
      event.logical_resource_id,
    ]),
    texts: { log: () => plainText(logText(events)) },
  }
}

interface Following {
  readonly context: Context
  readonly client: HearthClient
  readonly stack: StackAddress
  readonly query: EventListQuery
  readonly only: { readonly resource?: string }
}

/** Writes events as they come, until the user has seen enough. */
async function follow({ context, client, stack, query, only }: Following): Promise<void> {
  const { followEvents } = await import('../../client/index.ts')
  const { out } = context.terminal
  const stopped = new AbortController()
  const stopListening = context.terminal.onInterrupt(() => stopped.abort())
  const paths: EventPaths = eventPaths()
  const wanted = { ...query, ...only, clock: context.clock, signal: stopped.signal }
  try {
    for await (const event of followEvents(client, stack, wanted))
      out.write(`${plainText(logLine(event, paths.pathOf(event)))}\n`)
  } finally {
    stopListening()
  }
}

/** `hearth stack event show` */
export const stackEventShow = command({
  name: 'stack event show',
  summary: 'Show one event in full.',
  example: 'hearth stack event show web server 0c4b9f5e-8f7a-4c39-9a65-3d2a6d4d9b1f',
  shows: { form: 'one' },
  arguments: { stack, resource: one('the name of the resource'), event: one('the ID of the event') },
  async run({ args, context }) {
    const { event } = await (await context.connect()).showEvent(args.stack, args.resource, args.event)
    return { shows: 'one', fields: Object.entries({ ...event, ...formatted(event) }) }
  },
})

/** What OpenStackClient shows as text in every format. */
const formatted = ({ links, resource_properties: properties }: EventReply): object => ({
  links: links.map(({ href, rel }) => `${href} (${rel})`).join('\n'),
  ...(properties !== undefined && { resource_properties: JSON.stringify(properties, null, 2) }),
})

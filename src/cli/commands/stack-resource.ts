import type { ResourceListQuery } from '../../client/index.ts'
import type { ResourceReply } from '../../contract/rest/index.ts'
import { maybe, one } from '../kit/arguments.ts'
import { command, nothing } from '../kit/command.ts'
import { flag, many, whole } from '../kit/options.ts'
import { pairs } from '../pairs.ts'
import { stackNameOf } from '../resource-paths.ts'

const stack = one('the name or ID of the stack')

/** `hearth stack resource list` */
export const stackResourceList = command({
  name: 'stack resource list',
  summary: 'List the resources of a stack.',
  notes: 'The format dot draws them and their dependencies for Graphviz.',
  example:
    'hearth stack resource list web --nested-depth 5 --filter status=FAILED\nhearth stack resource list web -f dot | dot -Tsvg > web.svg',
  shows: { form: 'list', formats: ['dot'] },
  arguments: { stack },
  options: {
    long: flag('--long', 'with the stack that each is in'),
    nestedDepth: whole('-n, --nested-depth <levels>', 'go so many levels into nested stacks'),
    filter: many(
      '--filter <key=value>',
      'only those of which this is true (name, status, type, action, id, physical_resource_id)',
    ),
  },
  async run({ args, options, context }) {
    const client = await context.connect()
    const query: ResourceListQuery = {
      ...pairs(options.filter),
      ...(options.nestedDepth !== undefined && { nested_depth: options.nestedDepth }),
    }
    const { resources } = await client.listResources(args.stack, query)
    const { resourcesDot } = await import('../graph/resources.ts')
    const withStack = options.long || (options.nestedDepth ?? 0) > 0
    return {
      shows: 'list',
      columns: withStack ? [...columns, 'stack_name'] : columns,
      rows: resources.map((resource) => [
        ...columns.map((name) => resource[name]),
        ...(withStack ? [stackNameOf(resource)] : []),
      ]),
      texts: { dot: () => resourcesDot(resources) },
    }
  },
})

const columns = [
  'resource_name',
  'physical_resource_id',
  'resource_type',
  'resource_status',
  'updated_time',
] as const satisfies readonly (keyof ResourceReply)[]

/** `hearth stack resource show` */
export const stackResourceShow = command({
  name: 'stack resource show',
  summary: 'Show a resource of a stack, its attributes included.',
  example: 'hearth stack resource show web server --with-attr console_urls',
  shows: { form: 'one' },
  arguments: { stack, resource: one('the name of the resource') },
  options: { withAttr: many('--with-attr <attribute>', 'show this attribute too; may be repeated') },
  async run({ args, options, context }) {
    const client = await context.connect()
    const { resource } = await client.showResource(args.stack, args.resource, {
      withAttributes: options.withAttr,
    })
    return { shows: 'one', fields: Object.entries(resource).toSorted(([a], [b]) => (a < b ? -1 : 1)) }
  },
})

/** `hearth stack resource mark unhealthy` */
export const stackResourceMarkUnhealthy = command({
  name: 'stack resource mark unhealthy',
  summary: 'Say that a resource is not well, so that the next update replaces it.',
  example: "hearth stack resource mark unhealthy web server 'its disk is full'",
  arguments: {
    stack,
    resource: one('the name of the resource, or its ID in the cloud'),
    reason: maybe('why'),
  },
  options: { reset: flag('--reset', 'say that it is well after all') },
  async run({ args, options, context }) {
    const client = await context.connect()
    const mark = { unhealthy: !options.reset, reason: args.reason ?? '' }
    await client.markUnhealthy(args.stack, args.resource, mark)
    return nothing
  },
})

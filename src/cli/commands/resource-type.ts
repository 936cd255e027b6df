import type { ResourceTypeQuery } from '../../client/index.ts'
import { one } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import { UsageError } from '../kit/failure.ts'
import { choice, flag, many } from '../kit/options.ts'
import { pairs } from '../pairs.ts'

/** `hearth resource type list` */
export const resourceTypeList = command({
  name: 'resource type list',
  otherName: 'orchestration resource type list',
  summary: 'List the resource types that templates may use.',
  example: 'hearth resource type list --filter name=OS::Nova --long',
  shows: { form: 'list' },
  options: {
    filter: many('--filter <key=value>', 'only those of which this is true (name, version, support_status)'),
    long: flag('--long', 'with their descriptions'),
  },
  async run({ options, context }) {
    const filters = Object.entries(pairs(options.filter)).map(([key, values]) => [key, values.at(-1)])
    const query: ResourceTypeQuery = {
      ...Object.fromEntries(filters),
      ...(options.long && { with_description: true }),
    }
    const { resource_types } = await (await context.connect()).listResourceTypes(query)
    const rows = resource_types
      .map((type) => (typeof type === 'string' ? { resource_type: type, description: '' } : type))
      .toSorted((a, b) => (a.resource_type < b.resource_type ? -1 : 1))
    return {
      shows: 'list',
      columns: options.long ? ['Resource Type', 'Description'] : ['Resource Type'],
      rows: rows.map(({ resource_type, description }) =>
        options.long ? [resource_type, description] : [resource_type],
      ),
    }
  },
})

/** `hearth resource type show` */
export const resourceTypeShow = command({
  name: 'resource type show',
  otherName: 'orchestration resource type show',
  summary: 'Show the properties and attributes of a resource type, or a template made of it.',
  example:
    'hearth resource type show OS::Nova::Server\nhearth resource type show OS::Nova::Server --template-type hot > server.yaml',
  shows: { form: 'one', format: 'yaml' },
  arguments: { type: one('the type: OS::Nova::Server') },
  options: {
    templateType: choice('--template-type <form>', 'show a template with one resource of the type', [
      'hot',
      'cfn',
    ]),
    long: flag('--long', 'with the description of the type'),
  },
  async run({ args, options, context }) {
    if (options.templateType !== undefined && options.long) {
      throw new UsageError('--template-type and --long cannot be given together')
    }
    const client = await context.connect()
    const shown =
      options.templateType === undefined
        ? await client.showResourceType(args.type, { withDescription: options.long })
        : await client.showResourceTypeTemplate(args.type, options.templateType)
    return { shows: 'one', fields: Object.entries(shown) }
  },
})

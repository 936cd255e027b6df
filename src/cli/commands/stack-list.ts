import type { StackListQuery } from '../../client/index.ts'
import type { StackRow } from '../../contract/rest/index.ts'
import { command } from '../kit/command.ts'
import { UsageError } from '../kit/failure.ts'
import { choice, commaList, flag, many, text, whole } from '../kit/options.ts'
import { pairs } from '../pairs.ts'
import { sortBy } from '../sort.ts'

/** `hearth stack list` */
export const stackList = command({
  name: 'stack list',
  summary: 'List stacks.',
  example: 'hearth stack list --property status=FAILED --sort stack_name:asc',
  shows: { form: 'list' },
  options: {
    deleted: flag('--deleted', 'the deleted too'),
    nested: flag('--nested', 'stacks inside stacks too'),
    hidden: flag('--hidden', 'stacks hidden by a tag too'),
    property: many(
      '--property <key=value>',
      'only those of which this is true (id, name, status, action, …); may be repeated',
    ),
    project: text('--project <project>', 'those of this project, by name or ID (administrators)'),
    projectDomain: text('--project-domain <domain>', 'with --project: the domain of the project'),
    tags: commaList('--tags <tag,…>', 'only those with all of these tags'),
    tagMode: choice(
      '--tag-mode <mode>',
      'with --tags: those with any of them, without all of them, or without any',
      ['any', 'not', 'not-any'],
    ),
    limit: whole('--limit <number>', 'at most so many'),
    marker: text('--marker <id>', 'only those after the stack of this ID'),
    sort: text('--sort <key[:asc|desc],…>', 'in this order, by stack_name, stack_status, creation_time, …'),
    allProjects: flag('--all-projects', 'those of all projects (administrators)'),
    short: flag('--short', 'without the times'),
    long: flag('--long', 'with their owners, of all projects (administrators)'),
  },
  async run({ options, context }) {
    if (options.tagMode !== undefined && options.tags === undefined)
      throw new UsageError('--tag-mode needs --tags')
    const client = await context.connect()
    const { allStacks } = await import('../../client/index.ts')
    const { project, projectDomain: domain } = options
    const tenant =
      project === undefined
        ? undefined
        : await client.findProject(project, { ...(domain !== undefined && { domain }) })
    const ofProject =
      tenant === undefined
        ? {}
        : { tenant: [tenant], ...(tenant !== client.projectId && { global_tenant: true }) }
    const rows = await allStacks(client, { ...queryOf(options), ...ofProject })
    const columns = columnsOf(rows, options)
    const sorted = options.sort === undefined ? rows : sortBy(rows, options.sort)
    return {
      shows: 'list',
      columns: columns.map(([title]) => title),
      rows: sorted.map((row) => columns.map(([, key]) => row[key] ?? null)),
    }
  },
})

interface ListOptions {
  readonly deleted: boolean
  readonly nested: boolean
  readonly hidden: boolean
  readonly property: readonly string[]
  readonly tags: readonly string[] | undefined
  readonly tagMode: 'any' | 'not' | 'not-any' | undefined
  readonly limit: number | undefined
  readonly marker: string | undefined
  readonly allProjects: boolean
  readonly short: boolean
  readonly long: boolean
}

function queryOf(options: ListOptions): StackListQuery {
  const tagKey = { any: 'tags_any', not: 'not_tags', 'not-any': 'not_tags_any', all: 'tags' }[
    options.tagMode ?? 'all'
  ]
  return {
    ...pairs(options.property),
    ...(options.deleted && { show_deleted: true }),
    ...(options.nested && { show_nested: true }),
    ...(options.hidden && { show_hidden: true }),
    ...((options.allProjects || options.long) && { global_tenant: true }),
    ...(options.tags !== undefined && { [tagKey]: options.tags }),
    ...(options.limit !== undefined && { limit: options.limit }),
    ...(options.marker !== undefined && { marker: options.marker }),
  }
}

type Column = readonly [title: string, key: keyof StackRow]

function columnsOf(
  rows: readonly StackRow[],
  { short, long, nested, deleted }: ListOptions,
): readonly Column[] {
  const times: readonly Column[] = [
    ['Creation Time', 'creation_time'],
    ['Updated Time', 'updated_time'],
  ]
  return [
    ['ID', 'id'],
    ['Stack Name', 'stack_name'],
    ...(rows.some((row) => row.project !== undefined) ? ([['Project', 'project']] as const) : []),
    ...(long ? ([['Stack Owner', 'stack_owner']] as const) : []),
    ['Stack Status', 'stack_status'],
    ...(short ? [] : times),
    ...(nested ? ([['Parent', 'parent']] as const) : []),
    ...(deleted ? ([['Deletion Time', 'deletion_time']] as const) : []),
  ]
}

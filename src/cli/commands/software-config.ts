import type { Json, JsonMap } from '../../base/json.ts'
import type { SoftwareConfigBody } from '../../client/index.ts'
import { one, some } from '../kit/arguments.ts'
import { command, nothing } from '../kit/command.ts'
import type { Context } from '../kit/context.ts'
import { flag, text, whole } from '../kit/options.ts'
import { deleteEach, orMissing } from '../software.ts'

/** `hearth software config create` */
export const softwareConfigCreate = command({
  name: 'software config create',
  summary: 'Keep what servers can be configured with.',
  notes: 'It is never changed: another one takes its place.',
  example:
    'hearth software config create install-web --config-file install.sh --group script\nhearth software config create install-web --config-file install.sh --definition-file inputs.yaml',
  shows: { form: 'one', format: 'json' },
  arguments: { name: one('a name for it') },
  options: {
    configFile: text('--config-file <file>', 'the script, or whatever the tool takes: a path or a URL'),
    definitionFile: text(
      '--definition-file <file>',
      'a map in YAML or JSON with its inputs, outputs and options: a path or a URL',
    ),
    group: text('--group <group>', 'the tool that makes something of it (default: Heat::Ungrouped)'),
  },
  async run({ args, options, context }) {
    const { inputs, outputs, options: more } = await definitionIn(context, options.definitionFile)
    const config = {
      group: options.group ?? 'Heat::Ungrouped',
      config: options.configFile === undefined ? '' : await contentOf(context, options.configFile),
      ...{ inputs: inputs ?? [], outputs: outputs ?? [], options: more ?? {} },
    }
    const client = await context.connect()
    // As a template says it, for then all that is wrong is told.
    await client.validateTemplate({ template: templateOf(args.name, config) })
    const made = await client.createSoftwareConfig({ name: args.name, ...config } as SoftwareConfigBody)
    return { shows: 'one', fields: Object.entries(made) }
  },
})

const templateOf = (name: string, properties: Readonly<Record<string, Json>>): JsonMap => ({
  heat_template_version: '2013-05-23',
  resources: { [name]: { type: 'OS::Heat::SoftwareConfig', properties } },
})

async function contentOf({ directory }: Context, named: string): Promise<string> {
  const { addressOf } = await import('../bundle/address.ts')
  const { readAnything, textOf, Unreadable } = await import('../bundle/read.ts')
  try {
    return textOf(await readAnything(addressOf(named, directory)))
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    throw new Unreadable(`Cannot read ${named}: ${error.message}`, { cause: error })
  }
}

const mostCharacters = 1024 * 1024

async function definitionIn(context: Context, named: string | undefined): Promise<JsonMap> {
  if (named === undefined) return {}
  const { readSource } = await import('../../template/index.ts')
  const reading = { what: 'environment', maxSize: mostCharacters } as const
  const { value, problems } = readSource(await contentOf(context, named), reading)
  if (value !== undefined) return value.data
  const why = problems.map(({ message, line }) => (line === undefined ? message : `line ${line}: ${message}`))
  throw new Error(`Cannot read ${named}, which must be a map in YAML or JSON: ${why.join(' ')}`)
}

/** `hearth software config list` */
export const softwareConfigList = command({
  name: 'software config list',
  summary: 'List software configs, the newest first.',
  example: 'hearth software config list --limit 10',
  shows: { form: 'list' },
  options: {
    limit: whole('--limit <number>', 'at most so many'),
    marker: text('--marker <id>', 'only those after the software config of this ID'),
  },
  async run({ options: { limit, marker }, context }) {
    const { software_configs } = await (await context.connect()).listSoftwareConfigs({
      ...(limit !== undefined && limit > 0 && { limit }),
      ...(marker !== undefined && { marker }),
    })
    const columns = ['id', 'name', 'group', 'creation_time'] as const
    return { shows: 'list', columns, rows: software_configs.map((row) => columns.map((key) => row[key])) }
  },
})

/** `hearth software config show` */
export const softwareConfigShow = command({
  name: 'software config show',
  summary: 'Show a software config.',
  example: 'hearth software config show 3f9c…\nhearth software config show 3f9c… --config-only > install.sh',
  shows: { form: 'one', format: 'yaml' },
  arguments: { config: one('the ID of the software config') },
  options: {
    configOnly: flag('--config-only', 'only the script, or whatever the tool takes'),
  },
  async run({ args, options, context }) {
    const client = await context.connect()
    const asked = client.showSoftwareConfig(args.config)
    const found = await orMissing(asked, `Configuration not found: ${args.config}`)
    if (options.configOnly) {
      const { machineText } = await import('../render/cells.ts')
      return { shows: 'text', text: machineText(found.config) }
    }
    const columns = [
      'id',
      'name',
      'group',
      'config',
      'inputs',
      'outputs',
      'options',
      'creation_time',
    ] as const
    return { shows: 'one', fields: columns.map((key) => [key, found[key]]) }
  },
})

/** `hearth software config delete` */
export const softwareConfigDelete = command({
  name: 'software config delete',
  summary: 'Delete software configs.',
  notes: 'Those that a software deployment refers to stay.',
  example: 'hearth software config delete 3f9c… 71be…',
  arguments: { config: some('the IDs of the software configs') },
  async run({ args, context }) {
    const client = await context.connect()
    await deleteEach(args.config, {
      context,
      what: 'software configs',
      remove: (id) => client.deleteSoftwareConfig(id),
      missing: (id) => `Software config with ID ${id} not found`,
    })
    return nothing
  },
})

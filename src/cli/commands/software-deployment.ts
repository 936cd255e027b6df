import { messageOf, Problem } from '../../base/problem.ts'
import type { HearthClient, SoftwareConfigBody } from '../../client/index.ts'
import type { SoftwareConfigReply, SoftwareDeploymentReply } from '../../contract/rest/index.ts'
import { outputText } from '../deployment-outputs.ts'
import { derivedConfig } from '../derived-config.ts'
import { maybe, one, some } from '../kit/arguments.ts'
import { command, nothing } from '../kit/command.ts'
import { UsageError } from '../kit/failure.ts'
import { flag, many, text, whole } from '../kit/options.ts'
import { parseParameters } from '../parameters.ts'
import { plainText } from '../render/width.ts'
import { deleteEach, orMissing } from '../software.ts'

const transports: ReadonlySet<string> = new Set(['TEMP_URL_SIGNAL', 'NO_SIGNAL'])

const deployment = one('the ID of the software deployment')

/** `hearth software deployment create` */
export const softwareDeploymentCreate = command({
  name: 'software deployment create',
  summary: 'Have a server be configured with a software config.',
  notes:
    'A software config of its own is made for it, with the values of the inputs. It is IN_PROGRESS until whoever configures the server says otherwise.',
  example:
    'hearth software deployment create install-web --server 5d3e… --config 3f9c… --input-value port=8080',
  shows: { form: 'one', format: 'yaml' },
  arguments: {
    name: one('the name of its software config: a server is configured in the order of these names'),
  },
  options: {
    inputValue: many('--input-value <key=value>', 'the value of an input; may be repeated'),
    action: text('--action <action>', 'what it is done for: CREATE, UPDATE, … (default: UPDATE)'),
    config: text('--config <config>', 'the ID of the software config'),
    signalTransport: text(
      '--signal-transport <transport>',
      'how whoever configures the server tells what came of it: TEMP_URL_SIGNAL, by writing it to an address in the object store (the default), or NO_SIGNAL, through the API',
    ),
    container: text('--container <container>', 'where in the object store; by default a new container'),
    timeout: whole('--timeout <minutes>', 'how long it may be told there (default: 60)'),
    server: text('--server <server>', 'the ID of the server'),
  },
  async run({ args, options, context }) {
    const { server, action = 'UPDATE', signalTransport = 'TEMP_URL_SIGNAL' } = options
    if (server === undefined) throw new UsageError("required option '--server <server>' not specified")
    if (!transports.has(signalTransport)) throw new Error(`Unsupported signal transport ${signalTransport}`)
    const values = parseParameters(options.inputValue)
    const client = await context.connect()
    const source = options.config === undefined ? undefined : await sourceOf(client, options.config)
    const { uuid } = await import('../../base/ids.ts')
    const container = options.container ?? `${args.name}-${uuid()}`
    const minutes = options.timeout ?? 60
    const place = { container, minutes, now: context.clock.now() }
    const signalUrl = signalTransport === 'NO_SIGNAL' ? undefined : await client.newSignalUrl(place)
    const deploying = { name: args.name, values, action, server, signalTransport, signalUrl }
    const derived = derivedConfig(source, deploying)
    const config = await client.createSoftwareConfig(derived as SoftwareConfigBody)
    const made = await client.createSoftwareDeployment({
      ...{ config_id: config.id, server_id: server, action, status: 'IN_PROGRESS' },
    })
    return { shows: 'one', fields: Object.entries(made).toSorted(([a], [b]) => (a < b ? -1 : 1)) }
  },
})

const sourceOf = (client: HearthClient, id: string): Promise<SoftwareConfigReply> =>
  orMissing(client.showSoftwareConfig(id), `Software configuration not found: ${id}`)

/** `hearth software deployment list` */
export const softwareDeploymentList = command({
  name: 'software deployment list',
  summary: 'List software deployments, the oldest first.',
  example: 'hearth software deployment list --server 5d3e… --long',
  shows: { form: 'list' },
  options: {
    server: text('--server <server>', 'those of the server of this ID'),
    long: flag('--long', 'with when they were made, and why their status is as it is'),
  },
  async run({ options: { server, long }, context }) {
    const client = await context.connect()
    const query = server === undefined ? {} : { server }
    const { software_deployments } = await client.listSoftwareDeployments(query)
    const columns: readonly (keyof SoftwareDeploymentReply)[] = [
      ...(['id', 'config_id', 'server_id', 'action', 'status'] as const),
      ...(long ? (['creation_time', 'status_reason'] as const) : []),
    ]
    return { shows: 'list', columns, rows: software_deployments.map((row) => columns.map((key) => row[key])) }
  },
})

/** `hearth software deployment show` */
export const softwareDeploymentShow = command({
  name: 'software deployment show',
  summary: 'Show a software deployment.',
  example: 'hearth software deployment show 90ab… --long',
  shows: { form: 'one' },
  arguments: { deployment },
  options: { long: flag('--long', 'with what came of it') },
  async run({ args, options, context }) {
    const found = await deploymentOf(await context.connect(), args.deployment, 'Software Deployment')
    const columns: readonly (keyof SoftwareDeploymentReply)[] = [
      ...(['id', 'server_id', 'config_id', 'creation_time', 'updated_time', 'status'] as const),
      ...(['status_reason', 'input_values', 'action'] as const),
      ...(options.long ? (['output_values'] as const) : []),
    ]
    return {
      shows: 'one',
      fields: columns.map((key) => [key, found[key] ?? (key === 'updated_time' ? '' : null)]),
    }
  },
})

const deploymentOf = (client: HearthClient, id: string, what: string): Promise<SoftwareDeploymentReply> =>
  orMissing(client.showSoftwareDeployment(id), `${what} not found: ${id}`)

/** `hearth software deployment metadata show` */
export const softwareDeploymentMetadataShow = command({
  name: 'software deployment metadata show',
  summary: 'Show what a server is to be configured with.',
  example: 'hearth software deployment metadata show 5d3e…',
  arguments: { server: one('the ID of the server') },
  async run({ args, context }) {
    const configs = await (await context.connect()).showServerConfigs(args.server)
    return { shows: 'text', text: JSON.stringify(configs, null, 2) }
  },
})

/** `hearth software deployment output show` */
export const softwareDeploymentOutputShow = command({
  name: 'software deployment output show',
  summary: 'Show what came of a software deployment: one of its outputs, or all.',
  notes: 'Of what was written while it was done, the last ten lines are shown, unless all are wanted.',
  example:
    'hearth software deployment output show 90ab… deploy_stdout\nhearth software deployment output show 90ab… --all --long',
  arguments: { deployment, output: maybe('the name of the output') },
  options: {
    all: flag('--all', 'show every output'),
    long: flag('--long', 'the whole of long outputs'),
  },
  async run({ args, options: { all, long }, context }) {
    if (all === (args.output !== undefined))
      throw new Error('Error: either <output-name> or --all argument is needed.')
    const { output_values: outputs } = await deploymentOf(
      await context.connect(),
      args.deployment,
      'Deployment',
    )
    if (outputs === null || Object.keys(outputs).length === 0) return nothing
    const names = args.output === undefined ? Object.keys(outputs) : [args.output]
    for (const name of names)
      if (!Object.hasOwn(outputs, name))
        throw new Error(`Output ${name} does not exist in deployment ${args.deployment}`)
    const head = all ? 'output_values:\n\n' : 'output_value:\n\n'
    return {
      shows: 'text',
      text: plainText(head + names.map((name) => outputText(name, outputs, { long })).join('')),
    }
  },
})

/** `hearth software deployment delete` */
export const softwareDeploymentDelete = command({
  name: 'software deployment delete',
  summary: 'Delete software deployments, each with the software config that was made for it.',
  example: 'hearth software deployment delete 90ab…',
  arguments: { deployment: some('the IDs of the software deployments') },
  async run({ args, context }) {
    const client = await context.connect()
    const { out } = context.terminal
    await deleteEach(args.deployment, {
      context,
      what: 'deployments',
      missing: (id) => `Deployment with ID ${id} not found`,
      async remove(id) {
        const { config_id } = await client.showSoftwareDeployment(id)
        await client.deleteSoftwareDeployment(id)
        try {
          await client.deleteSoftwareConfig(config_id)
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          const words = `Failed to delete the correlative config ${config_id} of deployment ${id}`
          out.write(`${words}: ${messageOf(error)}\n`)
        }
      },
    })
    return nothing
  },
})

import { one } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import { flag } from '../kit/options.ts'
import { wholeStack } from '../stack-shape.ts'

const stack = one('the name or ID of the stack')

/** `hearth stack show` */
export const stackShow = command({
  name: 'stack show',
  summary: 'Show a stack.',
  example: 'hearth stack show web -f json',
  shows: { form: 'one' },
  arguments: { stack },
  options: {
    noResolveOutputs: flag('--no-resolve-outputs', "don't work out the outputs, which may ask the cloud"),
  },
  async run({ args, options, context }) {
    const client = await context.connect()
    const outputs = !options.noResolveOutputs
    const reply = await client.showStack(args.stack, { resolveOutputs: outputs })
    return wholeStack(reply.stack, { outputs })
  },
})

/** `hearth stack template show` */
export const stackTemplateShow = command({
  name: 'stack template show',
  summary: 'Show the template of a stack.',
  example: 'hearth stack template show web > web.yaml',
  shows: { form: 'one', format: 'yaml' },
  arguments: { stack },
  async run({ args, context }) {
    const template = await (await context.connect()).showTemplate(args.stack)
    return { shows: 'one', fields: Object.entries(template).toSorted(([a], [b]) => (a < b ? -1 : 1)) }
  },
})

/** `hearth stack environment show` */
export const stackEnvironmentShow = command({
  name: 'stack environment show',
  summary: 'Show the environment of a stack; hidden parameters read ******.',
  example: 'hearth stack environment show web > web-env.yaml',
  shows: { form: 'one', format: 'yaml' },
  arguments: { stack },
  async run({ args, context }) {
    const environment = await (await context.connect()).showEnvironment(args.stack)
    const sections = ['parameters', 'resource_registry', 'parameter_defaults']
    return {
      shows: 'one',
      fields: sections.filter((name) => name in environment).map((name) => [name, environment[name]]),
    }
  },
})

/** `hearth stack file list` */
export const stackFileList = command({
  name: 'stack file list',
  summary: 'Show the files that came with the template of a stack, by their names.',
  example: 'hearth stack file list web',
  shows: { form: 'one', format: 'yaml' },
  arguments: { stack },
  async run({ args, context }) {
    const files = await (await context.connect()).showFiles(args.stack)
    return { shows: 'one', fields: [['files', files]] }
  },
})

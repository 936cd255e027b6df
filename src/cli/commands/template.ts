import { one } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import { flag } from '../kit/options.ts'

/** `hearth template version list` */
export const templateVersionList = command({
  name: 'template version list',
  otherName: 'orchestration template version list',
  summary: 'List the versions of the template language that the service knows.',
  example: 'hearth template version list',
  shows: { form: 'list' },
  async run({ context }) {
    const { template_versions } = await (await context.connect()).listTemplateVersions()
    const withAliases = template_versions.some(({ aliases }) => aliases !== undefined)
    return {
      shows: 'list',
      columns: ['Version', 'Type', ...(withAliases ? ['Aliases'] : [])],
      rows: template_versions.map(({ version, type, aliases }) => [
        version,
        type,
        ...(withAliases ? [(aliases ?? []).join(',')] : []),
      ]),
    }
  },
})

/** `hearth template function list` */
export const templateFunctionList = command({
  name: 'template function list',
  otherName: 'orchestration template function list',
  summary: 'List the functions of a version of the template language.',
  example: 'hearth template function list heat_template_version.2021-04-16 --with-conditions',
  shows: { form: 'list' },
  arguments: { version: one('the version, as `template version list` shows it') },
  options: { withConditions: flag('--with-conditions', 'the functions of conditions too') },
  async run({ args, options, context }) {
    const client = await context.connect()
    const { template_functions } = await client.listTemplateFunctions(args.version, options)
    return {
      shows: 'list',
      columns: ['Functions', 'Description'],
      rows: template_functions.map(({ functions, description }) => [functions, description]),
    }
  },
})

import { maybe } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import { TemplateRefused, UsageError } from '../kit/failure.ts'
import { commaList, flag } from '../kit/options.ts'
import { answerAbout, readWanted, wantedOptions } from '../wanted.ts'

/** `hearth template validate` */
export const templateValidate = command({
  name: 'template validate',
  summary: 'Check a template, and show its parameters.',
  notes:
    'The language is checked here; then the service checks what only it knows, such as resource types. Problems come with file, line and column; with -f json, as JSON.',
  example: 'hearth template validate web.yaml -e prod.yaml\nhearth template validate -t web.yaml --offline',
  shows: { form: 'one', format: 'yaml' },
  arguments: { file: maybe('the template, in place of --template') },
  options: {
    ...wantedOptions,
    showNested: flag('--show-nested', 'the templates inside it too'),
    ignoreErrors: commaList(
      '--ignore-errors <code,…>',
      'errors to pass over: 99001, a service that is not there',
    ),
    offline: flag('--offline', 'check only what can be checked without a service'),
  },
  async run({ args, options, context }) {
    const template = options.template ?? args.file
    if (template === undefined) throw new UsageError("required option '-t, --template <file>' not specified")
    const { bundle, body } = await readWanted(context, { ...options, template })
    const { checkLocally } = await import('../local-check.ts')
    const { problems, description = {} } = await checkLocally(bundle, {
      ...body,
      showNested: options.showNested,
    })
    if (problems.length > 0) throw new TemplateRefused([{ findings: problems, sources: bundle.sources }])
    if (options.offline) return { shows: 'one', fields: Object.entries(description) }

    const client = await context.connect()
    const ignoreErrors = options.ignoreErrors === undefined ? {} : { ignoreErrors: options.ignoreErrors }
    const reply = await answerAbout(
      bundle,
      client.validateTemplate(body, { showNested: options.showNested, ...ignoreErrors }),
    )
    return { shows: 'one', fields: Object.entries(reply) }
  },
})

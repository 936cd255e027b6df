import type { JsonMap } from '../../base/json.ts'
import { any } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import type { Context } from '../kit/context.ts'
import { TemplateRefused, UsageError } from '../kit/failure.ts'
import { commaList, flag } from '../kit/options.ts'
import { offlineTypes, type ReadTemplates, readEach, templatesNamed } from '../offline/inputs.ts'
import type { Report } from '../problems/report.ts'
import type { Output } from '../render/output.ts'
import { answerAbout, containerOption, wantedOptions } from '../wanted.ts'

/** `hearth template validate` */
export const templateValidate = command({
  name: 'template validate',
  otherName: 'orchestration template validate',
  summary: 'Check templates with all that goes with them, and show their parameters.',
  notes:
    'Templates named after the command are checked here, with no service: language, environments, nested templates, and the properties of all resource types that are known here; of other types, and of keys that stand twice in one map, it is told. With --service the service is asked too, which also knows its own types. With -t, as the openstack program has it, it always is, unless --offline is given. Problems come with file, line and column; -f json and -f sarif write them for programs. The exit code is 0 if all is well, 1 if there are problems, 2 if the command line is not understood.',
  example:
    'hearth template validate web.yaml -e prod.yaml\nhearth template validate templates/*.yaml -f sarif > findings.sarif\nhearth template validate -t web.yaml',
  shows: { form: 'one', format: 'yaml', formats: ['sarif'] },
  arguments: { file: any('the templates: paths, URLs, or - for the input') },
  options: {
    ...wantedOptions,
    filesContainer: containerOption,
    showNested: flag('--show-nested', 'the templates inside too'),
    ignoreErrors: commaList(
      '--ignore-errors <code,…>',
      'errors to pass over: 99001, a service that is not there',
    ),
    service: flag('--service', 'ask the service too'),
    offline: flag('--offline', 'check only what can be checked without a service'),
  },
  async run({ args, options, context }) {
    if (options.service && options.offline)
      throw new UsageError('--service and --offline cannot be given together')
    if (options.filesContainer !== undefined && options.offline)
      throw new UsageError('what is in a container only the service can read: leave --offline away')
    const templates = templatesNamed(args.file, options.template)
    const { read, refused } = await readEach(context, templates, options)
    const isElsewhere = options.filesContainer !== undefined
    const asksService = options.service || isElsewhere || (options.template !== undefined && !options.offline)
    const { descriptions, reports } = isElsewhere
      ? nothingKnown
      : await checkedHere(context, { read, refused }, { ...options, asksService })
    if (isElsewhere && refused.length > 0) throw new TemplateRefused(refused)
    const shown = asksService ? await checkedThere(context, read, options) : descriptions
    return await shownWith(reports, read, { shown, context })
  },
})

interface Asked {
  readonly showNested: boolean
  readonly ignoreErrors: readonly string[] | undefined
}

/** Of a template whose files are in a container only the service knows. */
const nothingKnown = { descriptions: [], reports: [] }

type Named = ReadTemplates['read'][number]

/** What the templates are and what is to be warned of; refuses them if there is more. Of types a service knows better. */
async function checkedHere(
  context: Context,
  { read, refused }: ReadTemplates,
  { showNested, asksService }: Asked & { readonly asksService: boolean },
): Promise<{ readonly descriptions: readonly JsonMap[]; readonly reports: readonly Report[] }> {
  const { readOffline } = await import('../offline/stack.ts')
  const { foundByRules } = await import('../offline/lint.ts')
  const { anyType } = await import('../offline/catalog.ts')
  const { describeTemplate } = await import('../../template/index.ts')
  const stacks = []
  for (const { bundle, body } of read) {
    const types = asksService ? anyType : await offlineTypes(context)
    const stack = await readOffline(bundle, body.parameters, types)
    const lost = await foundByRules(bundle, stack, { types, runs: ({ code }) => code === 'DuplicateKey' })
    stacks.push({ ...stack, findings: [...stack.findings, ...lost], sources: bundle.sources })
  }
  if (refused.length > 0 || stacks.some(({ isSound }) => !isSound))
    throw new TemplateRefused([...refused, ...stacks])
  return {
    descriptions: stacks.map(({ definition }) =>
      definition === undefined ? {} : describeTemplate(definition, { showNested }),
    ),
    reports: stacks,
  }
}

async function checkedThere(
  context: Context,
  wanted: readonly Named[],
  { showNested, ignoreErrors }: Asked,
): Promise<readonly JsonMap[]> {
  const client = await context.connect()
  const query = { showNested, ...(ignoreErrors !== undefined && { ignoreErrors }) }
  const replies = []
  for (const { bundle, body } of wanted)
    replies.push(await answerAbout(bundle, client.validateTemplate(body, query)))
  return replies
}

/** The description of one template, or those of several by their names; warnings go where people, or programs, see them. */
async function shownWith(
  reports: readonly Report[],
  wanted: readonly Named[],
  { shown, context }: { readonly shown: readonly JsonMap[]; readonly context: Context },
): Promise<Output> {
  const { problemsIn } = await import('../problems/formats.ts')
  const { told } = await import('../problems/report.ts')
  const { format, terminal, parts } = context
  if (format === 'sarif') return { shows: 'text', text: problemsIn(format, reports, parts.version) ?? '' }
  const findings = told(reports).map(({ finding }) => finding)
  if (findings.length > 0 && format !== 'json') {
    const { showProblems } = await import('../problems/show-problems.ts')
    terminal.err.write(showProblems(reports, terminal.err.paint))
  }
  const [first = {}, another] = shown
  return {
    shows: 'one',
    fields: [
      ...(another === undefined
        ? Object.entries(first)
        : shown.map((description, i): [string, JsonMap] => [wanted[i]?.name ?? '', description])),
      ...(findings.length > 0 && format === 'json' ? [['problems', findings] as const] : []),
    ],
  }
}

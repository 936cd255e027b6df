import type { Example, FunctionForm, FunctionHistory, Version } from '../../template/index.ts'
import { maybe } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import { UsageError } from '../kit/failure.ts'
import { flag, text } from '../kit/options.ts'
import type { Output } from '../render/output.ts'
import type { Paint } from '../terminal.ts'

/** `hearth template functions` */
export const templateFunctions = command({
  name: 'template functions',
  summary: 'List the functions of the template language, or explain one with examples.',
  notes:
    'No service is asked; `template function list` asks one. Versions are named by their date or their alias: 2016-10-14, newton, AWSTemplateFormatVersion.2010-09-09.',
  example:
    'hearth template functions\nhearth template functions str_split\nhearth template functions repeat --template-version 2015-04-30',
  shows: { form: 'list' },
  arguments: { name: maybe('a function to explain') },
  options: {
    version: text('--template-version <version>', 'the version of the language (default: the newest)'),
    conditions: flag('--conditions', 'only the functions that may be called in conditions'),
  },
  async run({ args, options, context }) {
    const { functionHistories, versionNamed } = await import('../../template/index.ts')
    const version = versionNamed(options.version ?? newest)
    if (version === undefined)
      throw new UsageError(
        `there is no version ${options.version}; \`hearth template version list\` lists those of a service`,
      )
    const known = functionHistories()
    if (args.name !== undefined) {
      const named = options.version === undefined ? undefined : version
      return explained(await functionNamed(args.name, known), {
        version: named,
        format: context.format,
        paint: context.terminal.out.paint,
      })
    }
    const rows = known.flatMap((one) => rowOf(one, version, options.conditions))
    return { shows: 'list', columns: ['Function', 'For', 'Since', 'Description'], rows }
  },
})

const newest = 'wallaby'

async function functionNamed(name: string, known: readonly FunctionHistory[]): Promise<FunctionHistory> {
  const found = known.find((one) => one.name === name)
  if (found !== undefined) return found
  const { nearest } = await import('../../schema/index.ts')
  const meant = nearest(
    name,
    known.map((one) => one.name),
  )
  throw new UsageError(`there is no function ${name}${meant === undefined ? '' : `; did you mean ${meant}?`}`)
}

function rowOf(
  { name, forms }: FunctionHistory,
  version: Version,
  onlyConditions: boolean,
): readonly (readonly string[])[] {
  const form = forms.find(({ versions }) => versions.includes(version))
  if (form === undefined) return []
  const inConditions = form.forConditions.includes(version)
  if (onlyConditions && !inConditions) return []
  const place = !inConditions
    ? 'values'
    : form.forValues.includes(version)
      ? 'values, conditions'
      : 'conditions'
  return [[name, place, forms[0]?.versions[0]?.name ?? '', form.does.summary]]
}

interface Explaining {
  readonly version: Version | undefined
  readonly format: string
  readonly paint: Paint
}

function explained(history: FunctionHistory, { version, format, paint }: Explaining): Output {
  const form = version
    ? history.forms.find(({ versions }) => versions.includes(version))
    : history.forms.at(-1)
  if (form === undefined) throw new UsageError(whyNot(history, version))
  if (format === 'table') return { shows: 'text', text: pageOf(history, form, paint) }
  const { name, summary, usage, notes = [], examples, arguments: given = [] } = form.does
  return {
    shows: 'one',
    fields: [
      ['name', name],
      ['summary', summary],
      ['versions', form.versions.map((one) => `${one.key}.${one.name}`)],
      ['usage', usage],
      ['arguments', given],
      ['notes', notes],
      ['examples', examples],
    ],
  }
}

function whyNot({ name, forms }: FunctionHistory, version: Version | undefined): string {
  const names = forms.flatMap(({ versions }) => versions.map((one) => one.name))
  return `version ${version?.name} has no ${name}; these have it: ${[...new Set(names)].join(', ')}`
}

function pageOf({ name, forms }: FunctionHistory, form: FunctionForm, paint: Paint): string {
  const { summary, usage, notes = [], examples, changes, arguments: given = [] } = form.does
  const isLater = form !== forms[0] && changes !== undefined
  const others = isLater ? [`Since ${form.versions[0]?.name}: ${changes}`] : []
  return [
    `${paint('bold', name)}: ${summary}`,
    indented(usage),
    ...(given.length === 0 ? [] : [given.map((one) => argumentLine(one)).join('\n')]),
    ...notes,
    ...others,
    versionsLine(form),
    ...examples.map((example) => exampleText(example, paint)),
  ].join('\n\n')
}

const indented = (lines: string): string => lines.trimEnd().replaceAll(/^/gm, '    ')

const argumentLine = ({
  name,
  kind,
  meaning,
  optional,
}: NonNullable<FunctionForm['does']['arguments']>[number]) =>
  `  ${name} (${kind}${optional ? ', may be left out' : ''}): ${meaning}`

function versionsLine({ versions, forValues }: FunctionForm): string {
  const names = versions.map((one) => one.name).join(', ')
  return `In ${names}${forValues.length === 0 ? ', in conditions only' : ''}.`
}

function exampleText(example: Example, paint: Paint): string {
  const { call, shows, where } = example
  const given = Object.entries(where ?? {}).map(([what, values]) => `# ${what}: ${JSON.stringify(values)}`)
  return [
    `${paint('cyan', `${shows ?? 'Example'}:`)}`,
    indented([...given, call].join('\n')),
    'gives' in example ? `  gives\n${indented(example.gives)}` : `  is refused: ${example.refuses}`,
  ].join('\n')
}

import type { LintRule, Severity } from '../../template/index.ts'
import { any } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import type { Context } from '../kit/context.ts'
import { UsageError } from '../kit/failure.ts'
import { choice, flag, many } from '../kit/options.ts'
import { offlineTypes, readEach, templatesNamed } from '../offline/inputs.ts'
import type { Report } from '../problems/report.ts'
import type { Output } from '../render/output.ts'
import { wantedOptions } from '../wanted.ts'

const { template: _, ...besides } = wantedOptions

/** `hearth template lint` */
export const templateLint = command({
  name: 'template lint',
  summary: 'Look for what is allowed in a template and seldom meant.',
  notes:
    'Looks at the templates and at those nested in them, with no service. All that `template validate` finds is told too. A rule is switched off by `--disable`, by a comment `# hearth: disable=CODE` at the end of the line that it is about, or by such a comment on a line of its own for the whole file. The exit code is 1 if anything weighs as much as --fail-on says.',
  example:
    'hearth template lint web.yaml -e prod.yaml\nhearth template lint templates/*.yaml --disable ReplacedOnChange --fail-on error\nhearth template lint --list-rules',
  shows: { form: 'list', format: 'text', formats: ['sarif', 'text'] },
  arguments: { file: any('the templates: paths, URLs, or - for the input') },
  options: {
    ...besides,
    disable: many('--disable <code,…>', 'rules to leave out; may be repeated'),
    enable: many('--enable <code,…>', 'rules to run that only run if they are asked for; may be repeated'),
    failOn: choice(
      '--fail-on <severity>',
      'how much a finding must weigh for exit code 1 (default: warning)',
      ['error', 'warning', 'info', 'never'],
    ),
    listRules: flag('--list-rules', 'show the rules that there are'),
  },
  async run({ args, options, context }) {
    const { lintRules } = await import('../../template/index.ts')
    const runs = chosenRules(lintRules, options)
    if (options.listRules) return rulesList(lintRules, runs, context.format)
    const { read, refused } = await readEach(context, templatesNamed(args.file), options)
    const { lintOffline } = await import('../offline/lint.ts')
    const reports: Report[] = [...refused]
    for (const { bundle, body } of read) {
      const findings = await lintOffline(bundle, body.parameters, {
        types: await offlineTypes(context),
        runs,
      })
      reports.push({ findings, sources: bundle.sources })
    }
    return await shown(reports, { context, failOn: options.failOn ?? 'warning' })
  },
})

type Runs = (rule: LintRule) => boolean

function chosenRules(
  rules: readonly LintRule[],
  { disable, enable }: { readonly disable: readonly string[]; readonly enable: readonly string[] },
): Runs {
  const codesIn = (words: readonly string[]) =>
    words
      .flatMap((word) => word.split(','))
      .map((word) => word.trim())
      .filter(Boolean)
  const known = new Set(rules.map(({ code }) => code))
  const [off, on] = [codesIn(disable), codesIn(enable)]
  const stranger = [...off, ...on].find((code) => !known.has(code) && code !== 'all')
  if (stranger !== undefined)
    throw new UsageError(`there is no rule ${stranger}; \`hearth template lint --list-rules\` lists them`)
  const names = (codes: readonly string[], code: string) => codes.includes(code) || codes.includes('all')
  return ({ code, optional }) =>
    on.includes(code) || (!names(off, code) && (optional !== true || names(on, code)))
}

function rulesList(rules: readonly LintRule[], runs: Runs, format: string): Output {
  const rows = rules.map((rule) => [rule.code, rule.severity, runs(rule) ? 'yes' : 'no', rule.summary])
  const text = () =>
    rules
      .map((rule) => `${rule.code} (${rule.severity}${runs(rule) ? '' : ', off'})\n    ${rule.summary}\n`)
      .join('')
  return format === 'text'
    ? { shows: 'text', text: text() }
    : { shows: 'list', columns: ['Rule', 'Severity', 'Runs', 'Finds'], rows }
}

const weights: Readonly<Record<Severity | 'never', number>> = { info: 1, warning: 2, error: 3, never: 4 }

async function shown(
  reports: readonly Report[],
  { context, failOn }: { readonly context: Context; readonly failOn: Severity | 'never' },
): Promise<Output> {
  const { told } = await import('../problems/report.ts')
  const { problemsIn } = await import('../problems/formats.ts')
  const { showProblems } = await import('../problems/show-problems.ts')
  const findings = told(reports).map(({ finding }) => finding)
  const isBad = findings.some(({ severity }) => weights[severity] >= weights[failOn])
  const { terminal, parts } = context
  return {
    shows: 'list',
    columns: ['File', 'Line', 'Column', 'Severity', 'Rule', 'Message'],
    rows: findings.map(({ file, line, column, severity, code, message }) => [
      file,
      line,
      column,
      severity,
      code,
      message,
    ]),
    texts: {
      text: () =>
        findings.length === 0 ? 'Nothing to remark.\n' : showProblems(reports, terminal.out.paint),
      json: () => problemsIn('json', reports, parts.version) ?? '',
      sarif: () => problemsIn('sarif', reports, parts.version) ?? '',
    },
    exitCode: isBad ? 1 : 0,
  }
}

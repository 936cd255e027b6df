import { offlineTypes } from '../../src/bin/types.ts'
import { showProblems } from '../../src/cli/problems/show-problems.ts'
import { noPaint } from '../../src/cli/terminal.ts'
import {
  emptyEnvironment,
  type LintExample,
  type LintRule,
  lintRules,
  lintTemplate,
  parseTemplate,
} from '../../src/template/index.ts'

const introduction = `# Lint rules

What \`hearth template lint\` finds, besides all [problems](problems.md). A rule is switched off by \`--disable\`, or in the template:

\`\`\`yaml
# hearth: disable=OldVersion                     a line of its own: for the whole file
parameters:
  size: {type: number}  # hearth: disable=UnusedParameter,UndescribedParameter
\`\`\`

A comment that names no rule is told as \`UnknownRule\`, for a mistyped code would go unnoticed.

| rule | severity | finds |
|---|---|---|
${lintRules.map(({ code, severity, summary }) => `| [${code}](#${code.toLowerCase()}) | ${severity} | ${summary} |`).join('\n')}`

/** Every lint rule, with what it finds. */
export function lintPage(): string {
  return [introduction, ...lintRules.map(section)].join('\n\n').concat('\n')
}

function section(rule: LintRule): string {
  const { code, severity, summary, advice, example, optional } = rule
  const text = textOf(example)
  return [
    `## ${code}`,
    `${summary} (${severity}${optional ? '; it only runs if it is enabled' : ''})`,
    advice,
    `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``,
    `\`\`\`\n${findingsIn(text, rule)}\n\`\`\``,
  ].join('\n\n')
}

const textOf = ({ template, version = 'heat_template_version: 2021-04-16' }: LintExample): string =>
  `${version}\n${template}`

function findingsIn(text: string, rule: LintRule): string {
  const { value } = parseTemplate(text)
  const files = rule.example.files ?? {}
  const { catalog } = offlineTypes
  const runs = (one: LintRule) => one === rule
  const findings =
    value === undefined
      ? []
      : lintTemplate(value, { environment: emptyEnvironment, files, catalog, text, runs })
  const sources = new Map([['', { name: 'web.yaml', text, splices: [] }]])
  return showProblems([{ findings, sources }], noPaint).trimEnd()
}

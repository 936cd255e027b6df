import { nearest } from '../../schema/index.ts'
import type { TypeCatalog, TypeFacts } from '../catalog.ts'
import { templateFacts } from '../check/facts.ts'
import type { Environment } from '../environment/environment.ts'
import { templateIn } from '../parse/files.ts'
import { suggestion, type TemplateProblem } from '../problem.ts'
import type { ResourceDefinition, Template } from '../template.ts'
import { usesIn } from '../uses.ts'
import { switchedOff } from './comments.ts'
import type { Found, LintRule, Severity, Subject } from './rule.ts'
import { lintRules } from './rules/index.ts'

/** What a lint rule has to say of a template. */
export type LintFinding = Omit<TemplateProblem, 'code' | 'offends' | 'part'> & {
  readonly code: string
  readonly severity: Severity
}

/** The code under which comments are told that name no rule. */
export const unknownRule = 'UnknownRule'

/** What a template is looked at with. */
export interface Linting {
  readonly environment: Environment
  readonly files: Readonly<Record<string, string>>
  readonly catalog: TypeCatalog
  /** The template as it is written, for comments and for what only the text shows. */
  readonly text: string
  /** Whether a rule is to be run. */
  readonly runs: (rule: LintRule) => boolean
}

/** What the rules find in a template, in the order of its text. What its comments switch off is left out. */
export function lintTemplate(template: Template, linting: Linting): readonly LintFinding[] {
  const { text, runs } = linting
  const off = switchedOff(text)
  const subject: Subject = {
    template,
    text,
    uses: usesIn(template),
    factsOf: (resource) => factsOf(resource, linting),
  }
  const found = lintRules
    .filter((rule) => runs(rule) && !off.inFile.has(rule.code))
    .flatMap((rule) => rule.find(subject).map((one) => findingOf(one, rule, template)))
    .filter(({ code, line }) => line === undefined || off.byLine.get(line)?.has(code) !== true)
  return [...found, ...strangers(off.named, template)].toSorted(
    (a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  )
}

function factsOf(
  { type, name }: ResourceDefinition,
  { environment, catalog, files }: Linting,
): TypeFacts | undefined {
  const resolved = environment.resolveType(type, name, (known) => catalog.find(known) !== undefined)
  if (resolved?.is === 'type') return catalog.find(resolved.type)
  const inner = resolved === undefined ? undefined : templateIn(files, resolved.file)?.value
  return inner && templateFacts(inner, environment)
}

function findingOf(
  { offends = 'key', position, ...found }: Found,
  { code, severity }: LintRule,
  { file, locate }: Template,
): LintFinding {
  return {
    code,
    severity,
    ...(file !== undefined && { file }),
    ...(position ?? locate(found.path, offends)),
    ...found,
  }
}

/** Comments that switch off what there is not: a mistyped code would go unnoticed for ever. */
function strangers(
  named: readonly { readonly code: string; readonly line: number; readonly column: number }[],
  { file }: Template,
): readonly LintFinding[] {
  const codes = lintRules.map(({ code }) => code)
  return named
    .filter(({ code }) => !codes.includes(code))
    .map(({ code, line, column }) => ({
      code: unknownRule,
      severity: 'warning',
      message: `There is no rule ${code} to switch off`,
      path: [],
      line,
      column,
      ...(file !== undefined && { file }),
      ...suggestion(nearest(code, codes)),
    }))
}

/** Where in a template something is: the keys and indexes that lead to it from the top. */
export type TemplatePath = readonly (string | number)[]

/** One thing wrong with a template, an environment or the values given to them, in words for its author. */
export interface TemplateProblem {
  /** A stable name of the kind of problem; `errorType` says which error REST callers know it as. */
  readonly code: string
  /** The whole sentence, with the path in it where users of Heat expect one. */
  readonly message: string
  readonly path: TemplatePath
  /** The file it is in; absent: the root template. */
  readonly file?: string
  /** Counted from one; absent where only parsed data came in. */
  readonly line?: number
  readonly column?: number
  /** What to do about it. */
  readonly hint?: string
  /** The nearest known name, where one was likely meant. */
  readonly meant?: string
}

/** What came of reading something: a value, unless it was beyond reading, and every problem found on the way. */
export interface Parsed<T> {
  readonly value: T | undefined
  readonly problems: readonly TemplateProblem[]
}

/** A place in a text, counted from one. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Something that knows where its parts were written. */
export interface Written {
  readonly file?: string
  locate(path: TemplatePath): Position | undefined
}

/** The problems with file, line and column filled in as far as they are known. */
export function placed(
  problems: readonly TemplateProblem[],
  { file, locate }: Written,
): readonly TemplateProblem[] {
  if (problems.length === 0) return problems
  return problems.map((problem) => ({
    ...(file !== undefined && { file }),
    ...(problem.line === undefined && locate(problem.path)),
    ...problem,
  }))
}

/** A path as messages show it: `resources.server.properties.networks[0].port`. */
export function pathText(path: TemplatePath): string {
  let text = ''
  for (const part of path) {
    if (typeof part === 'number' || /^\d+$/.test(part)) text += `[${part}]`
    else text += text === '' ? part : `.${part}`
  }
  return text
}

/** A hint that suggests a name, if there is one to suggest. */
export function suggestion(meant: string | undefined): { readonly meant?: string; readonly hint?: string } {
  return meant === undefined ? {} : { meant, hint: `Did you mean "${meant}"?` }
}

/** The kinds of problem that REST callers know by another name than `StackValidationFailed`. */
const errorTypes: Readonly<Record<string, string>> = {
  CircularDependency: 'CircularDependencyException',
  ConflictingMergeStrategy: 'ConflictingMergeStrategyForParam',
  EnvironmentMalformed: 'HTTPBadRequest',
  ExternalResourceDependency: 'InvalidExternalResourceDependency',
  InvalidHook: 'InvalidBreakPointHook',
  InvalidMergeStrategy: 'InvalidMergeStrategyForParam',
  InvalidParameter: 'InvalidSchemaError',
  InvalidReference: 'InvalidTemplateReference',
  InvalidRestrictedAction: 'InvalidRestrictedAction',
  InvalidSection: 'InvalidTemplateSection',
  InvalidVersion: 'InvalidTemplateVersion',
  ParameterMissing: 'UserParameterMissing',
  TemplateMalformed: 'HTTPBadRequest',
  TooLarge: 'RequestLimitExceeded',
  UnknownParameter: 'UnknownUserParameter',
}

/** The error that REST callers know a problem as: the `type` of a fault body. */
export function errorType(code: string): string {
  return errorTypes[code] ?? 'StackValidationFailed'
}

export type { Sibling, Siblings, TypeCatalog, TypeFacts } from './catalog.ts'
export { type CheckOptions, checkStack } from './check/check.ts'
export { withoutConsequences } from './check/consequences.ts'
export { describeTemplate } from './check/describe.ts'
export { templateFacts, templateParameters } from './check/facts.ts'
export type {
  AttributePath,
  Facade,
  ParameterValue,
  PseudoParameters,
  StackDefinition,
  StackInput,
  World,
} from './definition.ts'
export type { Argument, Circumstances, Documentation, Example } from './documentation.ts'
export { type Child, childEnvironment } from './environment/child.ts'
export { declaredParameters } from './environment/declared.ts'
export {
  type Environment,
  emptyEnvironment,
  environmentOf,
  type ResolvedType,
} from './environment/environment.ts'
export { fits } from './environment/glob.ts'
export { type Declared, type EnvironmentFile, mergeEnvironments } from './environment/merge.ts'
export { keepingTypes, overlaid, withParameters } from './environment/overlay.ts'
export { type EnvironmentOptions, parseEnvironment } from './environment/parse.ts'
export { extendSite, noSite, type Site, templatesOf } from './environment/site.ts'
export type { Call, Expression } from './expression.ts'
export type { TemplateFunction } from './function.ts'
export { type Because, type Edge, type Graph, type Node, stackGraph } from './graph/graph.ts'
export { type LintFinding, type Linting, lintTemplate, unknownRule } from './lint/lint.ts'
export type { LintExample, LintRule, Severity } from './lint/rule.ts'
export { lintRules } from './lint/rules/index.ts'
export { templateIn } from './parse/files.ts'
export { locator } from './parse/locate.ts'
export { type Reading, readSource, type Source } from './parse/read.ts'
export { parseTemplate, type TemplateOptions } from './parse/template.ts'
export {
  errorType,
  type Parsed,
  type Position,
  pathText,
  placed,
  suggestion,
  type TemplatePath,
  type TemplateProblem,
} from './problem.ts'
export { type ProblemCode, type ProblemKind, problemKinds } from './problem-codes.ts'
export type { Allowance } from './spend.ts'
export { defineStack, withZones } from './stack/define.ts'
export {
  type Evaluated,
  evaluateExternalId,
  evaluateMetadata,
  evaluateOutput,
  evaluateProperties,
  evaluateUpdatePolicy,
  outputAllowance,
} from './stack/evaluate.ts'
export { changedImmutables } from './stack/immutable.ts'
export { dependencyOrder, type Order } from './stack/order.ts'
export { hiddenValues, masking, withoutSecrets } from './stack/secrets.ts'
export type {
  DeletionPolicy,
  OutputDefinition,
  ParameterConstraint,
  ParameterDeclaration,
  ParameterGroup,
  ParameterType,
  ResourceDefinition,
  Template,
} from './template.ts'
export { type FunctionForm, type FunctionHistory, functionHistories } from './versions/history.ts'
export { functionsOf, versionNamed, versions } from './versions/index.ts'
export type { Version } from './versions/version.ts'
export { defaultLimits as defaultYaqlLimits } from './yaql/run.ts'

import type { Json, JsonMap } from '../../src/base/json.ts'
import {
  defineStack,
  evaluateOutput,
  parseEnvironment,
  parseTemplate,
  type StackDefinition,
  type StackInput,
  type Template,
  type TemplateProblem,
  type World,
} from '../../src/template/index.ts'

/** The newest version of the language. */
export const newest = '2021-04-16'

export const pseudo = { stackName: 'web', stackId: '5f0c', projectId: 'a1b2' }

/** A world in which every reference and attribute reads as its own name. */
export const namedWorld: World = {
  reference: (resource) => `REF:${resource}`,
  attribute: (resource, path) => `ATT:${[resource, ...path].join('.')}`,
}

/** What a stack is made of, so far as a test cares. */
export interface Sample {
  /** A version of the native language by its date, one of CloudFormation's by key and date. */
  readonly version?: string
  readonly template?: JsonMap
  /** Values of parameters that the sample declares by itself, by their kind. */
  readonly parameters?: JsonMap
  readonly environment?: JsonMap
  readonly files?: Readonly<Record<string, string>>
  readonly facade?: StackInput['facade']
  readonly world?: World
  readonly lenient?: boolean
}

/** A template of the newest version; a test fails at once if its sample is not what it thinks. */
export function sampleTemplate(sections: JsonMap, version = newest): Template {
  const { value, problems } = parseTemplate({ heat_template_version: version, ...sections })
  if (value === undefined || problems.length > 0) throw new Error(messages(problems).join('\n'))
  return value
}

/** A stack of a template, with the problems of putting it together. */
export function sampleStack(
  template: Template,
  sample: Sample = {},
): { definition: StackDefinition; problems: readonly TemplateProblem[] } {
  const environment = parseEnvironment(sample.environment ?? {})
  if (environment.value === undefined || environment.problems.length > 0)
    throw new Error(messages(environment.problems).join('\n'))
  const { value: definition, problems } = defineStack({
    template,
    environment: environment.value,
    files: sample.files ?? {},
    pseudo,
    ...(sample.facade && { facade: sample.facade }),
    ...(sample.lenient && { lenient: true }),
  })
  return { definition, problems }
}

/** What an expression gives as an output of a stack with a resource called `server`. */
export function resultOf(expression: Json, sample: Sample = {}): unknown {
  const result = outcomeOf(expression, sample)
  if ('error' in result) throw new Error(result.error)
  return result.value
}

/** Why an expression can't be used: the first problem of its template, or the error of its output. */
export function refusalOf(expression: Json, sample: Sample = {}): string | undefined {
  const { problems } = parseTemplate(sections(expression, sample))
  const [first] = problems
  if (first !== undefined) return first.message
  const result = outcomeOf(expression, sample)
  return 'error' in result ? result.error : undefined
}

function sections(expression: Json, sample: Sample): JsonMap {
  const { version = newest, parameters = {}, template = {} } = sample
  if (version.includes('FormatVersion')) return cfnSections(expression, sample, version)
  return {
    heat_template_version: version,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, value]) => [name, { type: typeOf(value), default: value }]),
    ),
    resources: { server: { type: 'OS::Nova::Server' } },
    outputs: { it: { value: expression } },
    ...template,
  }
}

function cfnSections(expression: Json, { parameters = {}, template = {} }: Sample, version: string): JsonMap {
  const [key = '', name = ''] = version.split('.')
  return {
    [key]: name,
    Parameters: Object.fromEntries(
      Object.entries(parameters).map(([parameter, value]) => [
        parameter,
        { Type: cfnTypes[typeOf(value)] ?? 'String', Default: value },
      ]),
    ),
    Resources: { server: { Type: 'OS::Nova::Server' } },
    Outputs: { it: { Value: expression } },
    ...template,
  }
}

const cfnTypes: Readonly<Record<string, string>> = { json: 'Json', number: 'Number', boolean: 'Boolean' }

function typeOf(value: Json): string {
  if (typeof value === 'object') return 'json'
  return typeof value
}

function outcomeOf(expression: Json, sample: Sample) {
  const { value, problems } = parseTemplate(sections(expression, sample))
  if (value === undefined || problems.length > 0) throw new Error(messages(problems).join('\n'))
  const { definition } = sampleStack(value, sample)
  return evaluateOutput(definition, 'it', sample.world ?? namedWorld)
}

export const messages = (problems: readonly TemplateProblem[]): readonly string[] =>
  problems.map(({ message }) => message)

import { isMap, type Json, type JsonMap } from '../../base/json.ts'
import { nearest } from '../../schema/index.ts'
import { readSource } from '../parse/read.ts'
import { type Parsed, placed, suggestion, type TemplateProblem } from '../problem.ts'
import { wordOf } from '../text.ts'
import { type Environment, environmentOf } from './environment.ts'
import { readRegistry } from './registry.ts'

const sections = [
  'parameters',
  'resource_registry',
  'parameter_defaults',
  'encrypted_param_names',
  'event_sinks',
  'parameter_merge_strategies',
]

const maps = ['parameters', 'resource_registry', 'parameter_defaults', 'parameter_merge_strategies']

/** How to read an environment. */
export interface EnvironmentOptions {
  readonly file?: string
  /** The most characters it may have. */
  readonly maxSize?: number
}

/** Environments carry no code, and parameter values may be long: ten megabytes are let through. */
const usualMaxSize = 10_485_760

/** Reads an environment from YAML or JSON text, or from data parsed before. */
export function parseEnvironment(
  source: string | JsonMap,
  { file, maxSize = usualMaxSize }: EnvironmentOptions = {},
): Parsed<Environment> {
  const { value: read, problems } = readSource(source, {
    what: 'environment',
    maxSize,
    ...(file !== undefined && { file }),
  })
  if (read === undefined) return { value: undefined, problems }
  const found: TemplateProblem[] = []
  for (const key of Object.keys(read.data)) reportSection(key, read.data[key] ?? null, found)
  const map = (key: string): JsonMap => (isMap(read.data[key]) ? (read.data[key] as JsonMap) : {})
  const list = (key: string): readonly Json[] => (Array.isArray(read.data[key]) ? read.data[key] : [])
  const environment = environmentOf({
    parameters: map('parameters'),
    parameterDefaults: map('parameter_defaults'),
    registry: readRegistry(map('resource_registry'), ['resource_registry'], found),
    eventSinks: list('event_sinks'),
    encryptedParamNames: list('encrypted_param_names').map(wordOf),
    ...(Object.hasOwn(read.data, 'parameter_merge_strategies') && {
      mergeStrategies: map('parameter_merge_strategies'),
    }),
  })
  return { value: environment, problems: placed(found, read) }
}

function reportSection(key: string, value: Json, problems: TemplateProblem[]): void {
  const complain = (message: string, meant?: string) =>
    problems.push({ code: 'EnvironmentMalformed', message, path: [key], ...suggestion(meant) })
  if (!sections.includes(key)) complain(`environment has wrong section "${key}"`, nearest(key, sections))
  else if (value === null) complain(`environment has empty section "${key}"`)
  else if (maps.includes(key) && !isMap(value)) complain(`environment section "${key}" must be a map`)
  else if (!maps.includes(key) && !Array.isArray(value))
    complain(`environment section "${key}" must be a list`)
}

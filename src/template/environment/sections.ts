import { isMap, type Json, type JsonMap } from '../../base/json.ts'
import { nearest } from '../../schema/index.ts'
import { readSource } from '../parse/read.ts'
import { type Parsed, placed, suggestion, type TemplateProblem, type Written } from '../problem.ts'

/** The sections that an environment may have. */
export const sectionNames: readonly string[] = [
  'parameters',
  'resource_registry',
  'parameter_defaults',
  'encrypted_param_names',
  'event_sinks',
  'parameter_merge_strategies',
]

const maps = ['parameters', 'resource_registry', 'parameter_defaults', 'parameter_merge_strategies']

/** An environment as it was read: its sections, each empty if it is not there. */
export interface ReadSections {
  map(section: string): JsonMap
  list(section: string): readonly Json[]
  has(section: string): boolean
  readonly written: Written
}

/** Environments carry no code, and parameter values may be long: ten megabytes are let through. */
const usualMaxSize = 10_485_760

/** Reads the sections of an environment from YAML or JSON text, or from data parsed before. */
export function readSections(
  source: string | JsonMap,
  { file, maxSize = usualMaxSize }: { readonly file?: string; readonly maxSize?: number },
): Parsed<ReadSections> {
  const { value: read, problems } = readSource(source, {
    what: 'environment',
    maxSize,
    ...(file !== undefined && { file }),
  })
  if (read === undefined) return { value: undefined, problems }
  const { data } = read
  const found: TemplateProblem[] = []
  for (const key of Object.keys(data)) reportSection(key, data[key] ?? null, found)
  const value: ReadSections = {
    map: (key) => (isMap(data[key]) ? (data[key] as JsonMap) : {}),
    list: (key) => (Array.isArray(data[key]) ? data[key] : []),
    has: (key) => Object.hasOwn(data, key),
    written: read,
  }
  return { value, problems: placed(found, read) }
}

function reportSection(key: string, value: Json, problems: TemplateProblem[]): void {
  const complain = (message: string, meant?: string) =>
    problems.push({ code: 'EnvironmentMalformed', message, path: [key], ...suggestion(meant) })
  if (!sectionNames.includes(key))
    complain(`environment has wrong section "${key}"`, nearest(key, sectionNames))
  else if (value === null) complain(`environment has empty section "${key}"`)
  else if (maps.includes(key) && !isMap(value)) complain(`environment section "${key}" must be a map`)
  else if (!maps.includes(key) && !Array.isArray(value))
    complain(`environment section "${key}" must be a list`)
}

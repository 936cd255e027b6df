import type { JsonMap } from '../../base/json.ts'
import { wordOf } from '../../base/text.ts'
import { type Parsed, placed, type TemplatePath, type TemplateProblem } from '../problem.ts'
import { type Environment, environmentOf, type Sections } from './environment.ts'
import { readRegistry } from './registry.ts'
import { readSections } from './sections.ts'
import type { Site } from './site.ts'

/** How to read an environment. */
export interface EnvironmentOptions {
  readonly file?: string
  /** The most characters it may have. */
  readonly maxSize?: number
  /** What the operator says for all stacks. */
  readonly site?: Site
}

/** Reads an environment from YAML or JSON text, or from data parsed before. */
export function parseEnvironment(
  source: string | JsonMap,
  { site, ...options }: EnvironmentOptions = {},
): Parsed<Environment> {
  const { value: read, problems } = readSections(source, options)
  if (read === undefined) return { value: undefined, problems }
  const found: TemplateProblem[] = []
  const takenBack: TemplatePath[] = []
  const registry = readRegistry(read.map('resource_registry'), {
    path: ['resource_registry'],
    problems: found,
    takenBack: (path) => takenBack.push(path.slice(1)),
  })
  const sections: Sections = {
    parameters: read.map('parameters'),
    parameterDefaults: read.map('parameter_defaults'),
    registry,
    ...(takenBack.length > 0 && { takenBack }),
    eventSinks: read.list('event_sinks'),
    encryptedParamNames: read.list('encrypted_param_names').map(wordOf),
    ...(read.has('parameter_merge_strategies') && {
      mergeStrategies: read.map('parameter_merge_strategies'),
    }),
  }
  return {
    value: environmentOf(sections, site),
    problems: [...problems, ...placed(found, read.written)],
  }
}

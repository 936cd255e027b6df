import type { Json, JsonMap } from '../../base/json.ts'
import type { StackRequest } from '../../contract/engine.ts'
import { BadRequest } from '../../contract/problems.ts'
import type { TemplateRow } from '../../store/rows.ts'
import {
  checkStack,
  declaredParameters,
  defineStack,
  type Environment,
  emptyEnvironment,
  mergeEnvironments,
  type Parsed,
  type PseudoParameters,
  parseEnvironment,
  parseTemplate,
  type StackDefinition,
  type Template,
} from '../../template/index.ts'
import type { EngineParts } from '../parts.ts'
import { accepted, refused, refuseIf } from './refuse.ts'

/** The stack that a request asks for: read, put together and found sound. */
export interface WantedStack {
  readonly template: Template
  readonly environment: Environment
  readonly files: Readonly<Record<string, string>>
  readonly definition: StackDefinition
}

export interface Wanting {
  readonly ask: StackRequest
  readonly pseudo: PseudoParameters
  /** What a PATCH starts from. */
  readonly present?: { readonly row: TemplateRow; readonly clearParameters: readonly string[] }
  /** Parameters may lack values: the template is only looked at. */
  readonly lenient?: boolean
}

/** Reads what a request asks for and checks all of it that needs no cloud; refuses it with all its problems. */
export function wantedStack(parts: EngineParts, wanting: Wanting): WantedStack {
  const { ask, pseudo, present, lenient } = wanting
  const files = { ...present?.row.files, ...ask.files }
  const { value: template, problems: misread } = templateIn(parts, wanting)
  if (template === undefined) return refused(misread)
  const environment = environmentIn(wanting, template, files)
  const defined = defineStack({ template, environment, files, pseudo, ...(lenient && { lenient }) })
  const definition = defined.value
  if (definition === undefined) return refused([...misread, ...defined.problems])
  const depth = { maxDepth: parts.options.maxNestedStackDepth }
  refuseIf([...misread, ...defined.problems, ...checkStack(definition, parts.definitions.catalog, depth)])
  return { template, environment, files, definition }
}

function templateIn({ options }: EngineParts, { ask, present }: Wanting): Parsed<Template> {
  const source = ask.template ?? present?.row.template
  if (source === undefined) throw BadRequest({ message: 'No template specified' })
  return parseTemplate(source, { maxSize: options.maxTemplateSize })
}

function environmentIn(
  { ask, present }: Wanting,
  template: Template,
  files: Readonly<Record<string, string>>,
): Environment {
  const given = givenEnvironment(ask, template, files)
  if (present === undefined) return given
  const kept = without(present.row.environment, present.clearParameters)
  const declared = (name: string): boolean => template.parameters.has(name)
  return overlay(kept, given.toJson(), declared)
}

function givenEnvironment(
  ask: StackRequest,
  template: Template,
  files: Readonly<Record<string, string>>,
): Environment {
  const names = ask.environmentFiles ?? []
  const base =
    names.length > 0 || ask.environment === undefined
      ? emptyEnvironment
      : accepted(parseEnvironment(ask.environment))
  const own = withParameters(base, ask.parameters ?? {})
  if (names.length === 0) return own
  const listed = names.map((name) => ({
    name,
    environment: accepted(parseEnvironment(fileNamed(files, name), { file: name })),
  }))
  return accepted(mergeEnvironments(own, listed, declaredParameters(template, files)))
}

function fileNamed(files: Readonly<Record<string, string>>, name: string): string {
  const text = files[name]
  if (text === undefined)
    throw BadRequest({ message: `No content found in the "files" section for the environment file ${name}` })
  return text
}

function withParameters(environment: Environment, parameters: JsonMap): Environment {
  if (Object.keys(parameters).length === 0) return environment
  const json = environment.toJson()
  return accepted(parseEnvironment({ ...json, parameters: { ...mapIn(json, 'parameters'), ...parameters } }))
}

function without(environment: JsonMap, parameters: readonly string[]): JsonMap {
  const kept = Object.entries(mapIn(environment, 'parameters')).filter(([name]) => !parameters.includes(name))
  return { ...environment, parameters: Object.fromEntries(kept) }
}

/** One environment laid over another, section by section; parameters that the template no longer has are dropped. */
function overlay(below: JsonMap, above: JsonMap, declared: (name: string) => boolean): Environment {
  const parameters = Object.entries({ ...mapIn(below, 'parameters'), ...mapIn(above, 'parameters') }).filter(
    ([name]) => declared(name),
  )
  const sections = ['parameter_defaults', 'resource_registry'].map((name) => [
    name,
    { ...mapIn(below, name), ...mapIn(above, name) },
  ])
  return accepted(
    parseEnvironment({
      ...below,
      ...above,
      ...Object.fromEntries(sections),
      parameters: Object.fromEntries(parameters),
    }),
  )
}

function mapIn(map: JsonMap, key: string): JsonMap {
  const value: Json | undefined = map[key]
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonMap) : {}
}

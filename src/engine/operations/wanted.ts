import type { JsonMap } from '../../base/json.ts'
import type { StackRequest } from '../../contract/engine.ts'
import { BadRequest, RequestLimitExceeded } from '../../contract/problems.ts'
import type { TemplateRow } from '../../store/rows.ts'
import {
  checkStack,
  declaredParameters,
  defineStack,
  type Environment,
  environmentOf,
  keepingTypes,
  mergeEnvironments,
  overlaid,
  type Parsed,
  type PseudoParameters,
  parseEnvironment,
  parseTemplate,
  type Site,
  type StackDefinition,
  type Template,
  type TemplateProblem,
  templatesOf,
  withoutConsequences,
  withParameters,
} from '../../template/index.ts'
import type { EngineParts } from '../parts.ts'
import { accepted, refused, refuseIf } from './refuse.ts'

/** The stack that a request asks for: read, put together and found sound. */
export interface WantedStack {
  readonly template: Template
  readonly environment: Environment
  readonly files: Readonly<Record<string, string>>
  readonly definition: StackDefinition
  /** The types of its resources, and of those nested in it. */
  readonly types: ReadonlySet<string>
}

export interface Wanting {
  readonly ask: StackRequest
  readonly pseudo: PseudoParameters
  /** What a PATCH starts from, or an adoption. */
  readonly present?: {
    readonly row: Pick<TemplateRow, 'template' | 'environment' | 'files'>
    readonly clearParameters: readonly string[]
  }
  /** Parameters may lack values: the template is only looked at. */
  readonly lenient?: boolean
}

/** Reads what a request asks for and checks all of it that needs no cloud; refuses it with all its problems. */
export function wantedStack(parts: EngineParts, wanting: Wanting): WantedStack {
  const { ask, pseudo, present, lenient } = wanting
  const { catalog, site } = parts.definitions
  const { value: template, problems: misread } = templateIn(parts, wanting)
  if (template === undefined) return refused(misread)
  const given = { ...present?.row.files, ...ask.files }
  const environment = environmentIn(wanting, template, { files: given, site })
  const files = { ...given, ...filesOfSite(site, template, given), ...ask.files }
  const { yaql } = site
  const defined = defineStack({ template, environment, files, pseudo, yaql, ...(lenient && { lenient }) })
  const definition = defined.value
  if (definition === undefined) return refused([...misread, ...defined.problems])
  const types = new Set<string>()
  const checking = {
    maxDepth: parts.options.maxNestedStackDepth,
    onType: (type: string) => void types.add(type),
  }
  const checked = checkStack(definition, catalog, checking)
  const problems = withoutConsequences([...misread, ...defined.problems, ...checked])
  refuseIf(lenient ? problems.filter(({ code }) => !ofMaking.includes(code)) : toldOnce(problems))
  const kept = keepingTypes(environment, definition.resources.values(), catalog)
  return { template, environment: kept, files, definition, types }
}

/** What is only wrong when a stack is to be made of a template that is only looked at. */
const ofMaking: readonly string[] = ['InvalidParameterValue', 'FacadeMismatch']

/** That a parameter has no value is not told again of each condition that needs it. */
const toldOnce = (problems: readonly TemplateProblem[]): readonly TemplateProblem[] =>
  problems.filter(
    ({ code, message }) =>
      code !== 'UndecidedParameter' ||
      !problems.some((other) => other.code === 'ParameterMissing' && other.message === message),
  )

/** The operator's templates for types that are spoken of; the stack keeps them, whatever becomes of the operator's. */
function filesOfSite(
  site: Site,
  { resources }: Template,
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const used = new Set([...resources.values()].map(({ type }) => type))
  const isSpokenOf = (type: string) =>
    used.has(type) || Object.values(files).some((text) => text.includes(type))
  const wanted = [...templatesOf(site.registry)].filter(([, types]) => types.some(isSpokenOf))
  return Object.fromEntries(
    wanted.flatMap(([file]) => {
      const text = site.files[file]
      return text === undefined ? [] : [[file, text]]
    }),
  )
}

function templateIn({ options }: EngineParts, { ask, present }: Wanting): Parsed<Template> {
  const source = ask.template ?? present?.row.template
  if (source === undefined) throw BadRequest({ message: 'No template specified' })
  const read = parseTemplate(source, { maxSize: options.maxTemplateSize })
  return typeof source === 'string' ? saidAs('Template', 'TemplateMalformed', read) : read
}

/** What can't be read is told with the words for what it was to be. */
function saidAs<T>(what: string, code: string, { value, problems }: Parsed<T>): Parsed<T> {
  const opened = problems.map((problem) =>
    problem.code === code
      ? { ...problem, message: `${what} not in valid format: ${problem.message}` }
      : problem,
  )
  return { value, problems: opened }
}

interface Around {
  readonly files: Readonly<Record<string, string>>
  readonly site: Site
}

/** Of what a stack has already, parameters that the template no longer has are dropped without a word. */
function environmentIn({ ask, present }: Wanting, template: Template, around: Around): Environment {
  const given = givenEnvironment(ask, template, around)
  if (present === undefined) return given
  const { parameters, ...kept } = accepted(parseEnvironment(present.row.environment))
  const { clearParameters } = present
  const under = { ...kept, parameters: only(parameters, (name) => !clearParameters.includes(name)) }
  const whole = overlaid(under, given)
  const declared = only(whole.parameters, (name) => template.parameters.has(name))
  return environmentOf({ ...whole, parameters: declared }, around.site)
}

function givenEnvironment(ask: StackRequest, template: Template, { files, site }: Around): Environment {
  const names = ask.environmentFiles ?? []
  const said = names.length > 0 ? {} : (ask.environment ?? {})
  const read = saidAs('Environment', 'EnvironmentMalformed', parseEnvironment(said, { site }))
  const own = withParameters(accepted(read), ask.parameters ?? {})
  if (names.length === 0) return own
  const texts = names.slice(0, mostListed + 1).map((name) => [name, fileNamed(files, name)] as const)
  boundListed(texts.map(([, text]) => text))
  const listed = texts.map(([name, text]) => ({
    name,
    environment: accepted(parseEnvironment(text, { file: name })),
  }))
  return accepted(mergeEnvironments(own, listed, declaredParameters(template, files)))
}

/** So many environment files may be merged, and so many characters in all: one may be named again and again. */
const mostListed = 1000
const mostListedText = 10_485_760

function boundListed(texts: readonly string[]): void {
  if (texts.length > mostListed)
    throw RequestLimitExceeded({ message: `There are more than ${mostListed} environment files` })
  if (texts.reduce((sum, { length }) => sum + length, 0) > mostListedText)
    throw RequestLimitExceeded({
      message: `The environment files have more than ${mostListedText} characters together`,
    })
}

function fileNamed(files: Readonly<Record<string, string>>, name: string): string {
  const text = Object.hasOwn(files, name) ? files[name] : undefined
  if (text === undefined)
    throw BadRequest({ message: `No content found in the "files" section for the environment file ${name}` })
  return text
}

const only = (map: JsonMap, isWanted: (name: string) => boolean): JsonMap =>
  Object.fromEntries(Object.entries(map).filter(([name]) => isWanted(name)))

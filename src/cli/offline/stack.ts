import type { JsonMap } from '../../base/json.ts'
import type { Environment, StackDefinition, Template, TemplateProblem } from '../../template/index.ts'
import type { Bundle } from '../bundle/bundle.ts'
import type { Finding } from '../problems/report.ts'
import type { UsedTypes } from './catalog.ts'
import { nestedTemplates } from './templates.ts'

/** The stack that a bundle would make, as far as it could be read, and all that is wrong with it. */
export interface OfflineStack {
  readonly findings: readonly Finding[]
  readonly template?: Template
  readonly definition?: StackDefinition
  /** Whether nothing that was found keeps it from being made. */
  readonly isSound: boolean
}

type Language = typeof import('../../template/index.ts')

/**
 * Reads the template and the environments, and defines and checks the stack that they would make, nested ones included.
 * Of a file that can't be read, that alone is told.
 */
export async function readOffline(
  { template: text = '', files, environmentFiles, problems: told, unreadable }: Bundle,
  parameters: JsonMap,
  types: UsedTypes,
): Promise<OfflineStack> {
  const language = await import('../../template/index.ts')
  const template = language.parseTemplate(text)
  const environment = environmentFrom(language, { files, environmentFiles, parameters }, template.value)
  const found = [...told, ...template.problems, ...environment.problems]
  if (template.value === undefined) return { findings: found, isSound: false }

  const defined = language.defineStack({
    template: template.value,
    environment: environment.value,
    files,
    pseudo: { stackName: 'validated', stackId: '', projectId: '' },
  })
  const definition = defined.value
  const checked = language.checkStack(definition, types.catalog, { nested: true, values: true })
  const all = [...found, ...defined.problems.map(environment.placed), ...checked]
  const problems = distinct(language.withoutConsequences(all)).filter(
    (problem) =>
      !isMissingValue(problem, template.value?.parameters ?? new Map()) && !speaksOf(unreadable, problem),
  )
  return {
    findings: [...problems, ...(await uncheckedTypes(language, definition, types))],
    template: template.value,
    definition,
    isSound: problems.length === 0,
  }
}

/** Parameters need no values where a template is only looked at; but those that are read must be declared. */
function isMissingValue({ code, message }: TemplateProblem, declared: ReadonlyMap<string, unknown>): boolean {
  const name = /The Parameter \((.*)\) was not provided\.$/.exec(message)?.[1]
  const isOfValue = code === 'ParameterMissing' || code === 'UndecidedParameter'
  return isOfValue && name !== undefined && declared.has(name)
}

/** What is wrong because a file is not there: that it could not be read has been said. */
const speaksOf = (unreadable: Bundle['unreadable'], { message }: TemplateProblem): boolean =>
  [...unreadable].some((url) => message.includes(url))

interface GivenEnvironment {
  readonly value: Environment
  readonly problems: readonly TemplateProblem[]
  /** A problem with a parameter's value, told of the file that gives it. */
  placed(problem: TemplateProblem): TemplateProblem
}

type EnvironmentInput = Pick<Bundle, 'files' | 'environmentFiles'> & { readonly parameters: JsonMap }

function environmentFrom(
  language: Language,
  { files, environmentFiles, parameters }: EnvironmentInput,
  template: Template | undefined,
): GivenEnvironment {
  const given = language.parseEnvironment({ parameters })
  const read = environmentFiles.map((name) => ({
    name,
    ...language.parseEnvironment(files[name] ?? '', { file: name }),
  }))
  const problems = [given, ...read].flatMap((one) => one.problems)
  const own = given.value ?? language.emptyEnvironment
  const place = placer(
    { locator: language.locator, placed: language.placed },
    read.map(({ name, value }) => ({ name, value, text: files[name] ?? '' })),
  )
  if (template === undefined) return { value: own, problems, placed: place }
  const merged = language.mergeEnvironments(
    own,
    read.flatMap(({ name, value }) => (value ? [{ name, environment: value }] : [])),
    language.declaredParameters(template, files),
  )
  return {
    value: merged.value ?? own,
    problems: [...problems, ...merged.problems.map(place)],
    placed: place,
  }
}

interface EnvironmentFile {
  readonly name: string
  readonly value: Environment | undefined
  readonly text: string
}

/** Finds the place in an environment file of what is wrong with a value that it gives or with how it is merged. */
function placer(
  { locator, placed }: Pick<Language, 'locator' | 'placed'>,
  files: readonly EnvironmentFile[],
): GivenEnvironment['placed'] {
  return (problem) => {
    const { code, path, file: named } = problem
    if (named !== undefined && problem.line !== undefined) return problem
    if (named === undefined && code !== 'UnknownParameter' && code !== 'InvalidParameterValue') return problem
    const file = files.findLast(({ name, value }) =>
      named === undefined ? Object.hasOwn(value?.parameters ?? {}, String(path[1])) : name === named,
    )
    const { line, column, endLine, endColumn, ...unplaced } = problem
    if (file === undefined) return unplaced
    return placed([unplaced], { file: file.name, locate: locator(file.text) })[0] ?? problem
  }
}

/** A problem that two looks at the same thing both found is one. */
function distinct(problems: readonly TemplateProblem[]): readonly TemplateProblem[] {
  const keyOf = ({ message, file, line, column }: TemplateProblem) =>
    JSON.stringify([message, file, line, column])
  return [...new Map(problems.map((problem) => [keyOf(problem), problem])).values()]
}

/** Tells of each type, in each template once, whose properties nobody here can check. */
async function uncheckedTypes(
  { placed }: Pick<Language, 'placed'>,
  { template, files, environment }: StackDefinition,
  { unchecked }: UsedTypes,
): Promise<readonly Finding[]> {
  if (unchecked.size === 0) return []
  const nested = (await nestedTemplates(files)).flatMap(({ parsed }) => parsed.value ?? [])
  return [template, ...nested].flatMap((one) => {
    const { words } = one.version
    const found = new Map<string, string>()
    for (const { type, name } of one.resources.values()) {
      const resolved = environment.resolveType(type, name)
      if (resolved?.is === 'type' && unchecked.has(resolved.type) && !found.has(type)) found.set(type, name)
    }
    const problems = [...found].map(
      ([type, name]): TemplateProblem => ({
        code: 'TypeNotChecked',
        message: `The properties of ${type} are not known here, so they were not checked`,
        path: [words.resources, name, words.resource.type],
        hint: 'A service can check them: hearth template validate --service',
      }),
    )
    return placed(problems, one).map((problem) => ({ ...problem, severity: 'info' as const }))
  })
}

import type { JsonMap } from '../base/json.ts'
import type { TemplateProblem, TypeCatalog } from '../template/index.ts'
import type { Bundle } from './bundle/bundle.ts'

/** What the template language by itself says of a bundle; which resource types there are only a service knows. */
export interface LocalCheck {
  readonly problems: readonly TemplateProblem[]
  /** What a service would answer; absent where there are problems. */
  readonly description?: JsonMap
}

/** Reads the template and the environments, and defines and checks the stack that they would make, nested ones included. */
export async function checkLocally(
  bundle: Bundle,
  { parameters, showNested }: { readonly parameters: JsonMap; readonly showNested: boolean },
): Promise<LocalCheck> {
  const language = await import('../template/index.ts')
  const { template: text = '', files, environmentFiles } = bundle
  const template = language.parseTemplate(text)
  const given = language.parseEnvironment({ parameters })
  const environments = environmentFiles.map((name) => ({
    name,
    ...language.parseEnvironment(files[name] ?? '', { file: name }),
  }))
  const found = [template, given, ...environments].flatMap(({ problems }) => problems)
  if (template.value === undefined) return { problems: found }

  const merged = language.mergeEnvironments(
    given.value ?? language.emptyEnvironment,
    environments.flatMap(({ name, value }) => (value ? [{ name, environment: value }] : [])),
    language.declaredParameters(template.value, files),
  )
  const defined = language.defineStack({
    template: template.value,
    environment: merged.value ?? language.emptyEnvironment,
    files,
    pseudo: { stackName: 'validated', stackId: '', projectId: '' },
    lenient: true,
  })
  const checked = defined.value === undefined ? [] : language.checkStack(defined.value, anyType)
  const problems = distinct([...found, ...merged.problems, ...defined.problems, ...checked])
  if (defined.value === undefined || problems.length > 0) return { problems }
  return { problems, description: language.describeTemplate(defined.value, { showNested }) }
}

/** Lets every resource type pass with whatever is said of it, so that all the rest can be checked. */
const anyType: TypeCatalog = {
  find: () => ({ properties: {}, attributes: {}, anyProperties: true, anyAttributes: true, snapshots: true }),
  names: () => [],
}

/** A problem that two looks at the same thing both found is one. */
function distinct(problems: readonly TemplateProblem[]): readonly TemplateProblem[] {
  const keyOf = ({ message, file, line, column }: TemplateProblem) =>
    JSON.stringify([message, file, line, column])
  return [...new Map(problems.map((problem) => [keyOf(problem), problem])).values()]
}

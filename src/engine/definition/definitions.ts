import type { Log } from '../../base/log.ts'
import { catalogOf, type Registry } from '../../plugin/index.ts'
import type { StackRow, TemplateRow } from '../../store/rows.ts'
import {
  checkStack,
  defineStack,
  type Environment,
  emptyEnvironment,
  type Parsed,
  parseEnvironment,
  parseTemplate,
  type StackDefinition,
  type TemplateProblem,
  type TypeCatalog,
} from '../../template/index.ts'

type OfStack = Pick<StackRow, 'id' | 'name' | 'projectId'>

/** Stack definitions of stored templates, kept ready: a template row never changes. */
export interface Definitions {
  readonly registry: Registry
  readonly catalog: TypeCatalog
  of(stack: OfStack, row: TemplateRow): StackDefinition
  /** What is wrong with a template that is to be stored; not looked at is what is nested in it. */
  problemsOf(stack: OfStack, row: TemplateRow): readonly TemplateProblem[]
}

const mostKept = 256

export function definitions(registry: Registry, log: Log): Definitions {
  const kept = new Map<string, StackDefinition>()
  const catalog = catalogOf(registry)

  function remember(id: string, definition: StackDefinition): StackDefinition {
    kept.delete(id)
    kept.set(id, definition)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return definition
  }

  function defined(stack: OfStack, row: TemplateRow): StackDefinition {
    const { value, problems } = define(stack, row, 'lenient')
    const facts = { stack: stack.id, template: row.id, problems: problems.length }
    if (problems.length > 0) log.warn(facts, 'A stored template has problems')
    return stored(value, 'definition', row)
  }

  return {
    registry,
    catalog,
    of: (stack, row) => remember(row.id, kept.get(row.id) ?? defined(stack, row)),
    problemsOf(stack, row) {
      const { value, problems } = define(stack, row, 'strict')
      if (value === undefined || problems.length > 0) return problems
      remember(row.id, value)
      return checkStack(value, catalog, { nested: false, values: true })
    },
  }
}

function define(stack: OfStack, row: TemplateRow, how: 'strict' | 'lenient'): Parsed<StackDefinition> {
  const template = parseTemplate(row.template, { maxSize: Number.POSITIVE_INFINITY })
  if (template.value === undefined) return { problems: template.problems, value: undefined }
  const { value, problems } = defineStack({
    template: template.value,
    environment: environmentOf(row),
    files: row.files,
    pseudo: { stackName: stack.name, stackId: stack.id, projectId: stack.projectId },
    ...(row.facade && { facade: row.facade }),
    lenient: how === 'lenient',
  })
  return { value, problems: [...template.problems, ...problems] }
}

function environmentOf(row: TemplateRow): Environment {
  return Object.keys(row.environment).length === 0
    ? emptyEnvironment
    : stored(parseEnvironment(row.environment).value, 'environment', row)
}

function stored<T>(value: T | undefined, what: string, row: TemplateRow): T {
  if (value === undefined)
    throw new Error(`the ${what} of the stored template ${row.id} can't be read any more`)
  return value
}

import { BoundedMap } from '../../base/bounded-map.ts'
import type { JsonMap } from '../../base/json.ts'
import type { Log } from '../../base/log.ts'
import { catalogOf, type Registry } from '../../plugin/index.ts'
import type { StackRow, TemplateRow } from '../../store/rows.ts'
import {
  checkStack,
  defineStack,
  noSite,
  type Parsed,
  parseEnvironment,
  parseTemplate,
  type Site,
  type StackDefinition,
  type Template,
  type TemplateProblem,
  type TypeCatalog,
} from '../../template/index.ts'

type OfStack = Pick<StackRow, 'id' | 'name' | 'projectId'>

/** Stack definitions of stored templates, kept ready: a template row never changes. */
export interface Definitions {
  readonly registry: Registry
  /** The types that templates may use. */
  readonly catalog: TypeCatalog
  /** What the operator says for all stacks. */
  readonly site: Site
  of(stack: OfStack, row: TemplateRow): StackDefinition
  /** As `of`, for a stack that is only imagined: values may be missing, and it is not kept. */
  imagined(stack: OfStack, row: TemplateRow): StackDefinition
  /** What is wrong with a template that is to be stored; not looked at is what is nested in it. */
  problemsOf(stack: OfStack, row: TemplateRow): readonly TemplateProblem[]
}

const mostKept = 256

export function definitions(registry: Registry, log: Log, site: Site = noSite): Definitions {
  const kept = new BoundedMap<StackDefinition>(mostKept)
  const catalog = catalogOf(registry, site)

  function remember(id: string, definition: StackDefinition): StackDefinition {
    kept.set(id, definition)
    return definition
  }

  function defined(stack: OfStack, row: TemplateRow): StackDefinition {
    const { value, problems } = define(stack, row, { site, lenient: true })
    const facts = { stack: stack.id, template: row.id, problems: problems.length }
    if (problems.length > 0) log.warn(facts, 'A stored template has problems')
    return stored(value, 'definition', row)
  }

  return {
    registry,
    catalog,
    site,
    of: (stack, row) => remember(row.id, kept.get(row.id) ?? defined(stack, row)),
    imagined: (stack, row) => stored(define(stack, row, { site, lenient: true }).value, 'definition', row),
    problemsOf(stack, row) {
      const { value, problems } = define(stack, row, { site, lenient: false })
      if (value === undefined || problems.length > 0) return problems
      remember(row.id, value)
      return checkStack(value, catalog, { nested: false, values: true })
    },
  }
}

interface Defining {
  readonly site: Site
  readonly lenient: boolean
}

function define(stack: OfStack, row: TemplateRow, { site, lenient }: Defining): Parsed<StackDefinition> {
  const template = parsed(row.template)
  if (template.value === undefined) return { problems: template.problems, value: undefined }
  const { value, problems } = defineStack({
    template: template.value,
    environment: stored(parseEnvironment(row.environment, { site }).value, 'environment', row),
    files: row.files,
    pseudo: { stackName: stack.name, stackId: stack.id, projectId: stack.projectId },
    ...(row.facade && { facade: row.facade }),
    lenient,
    yaql: site.yaql,
  })
  return { value, problems: [...template.problems, ...problems] }
}

/** A template is shared by all that are made of one file. */
const templates = new WeakMap<JsonMap, Parsed<Template>>()

function parsed(source: JsonMap): Parsed<Template> {
  const known = templates.get(source) ?? parseTemplate(source, { maxSize: Number.POSITIVE_INFINITY })
  templates.set(source, known)
  return known
}

function stored<T>(value: T | undefined, what: string, row: TemplateRow): T {
  if (value === undefined)
    throw new Error(`the ${what} of the stored template ${row.id} can't be read any more`)
  return value
}

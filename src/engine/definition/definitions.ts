import type { Log } from '../../base/log.ts'
import type { Registry } from '../../plugin/index.ts'
import type { StackRow, TemplateRow } from '../../store/rows.ts'
import {
  defineStack,
  type Environment,
  emptyEnvironment,
  parseEnvironment,
  parseTemplate,
  type StackDefinition,
  type Template,
  type TypeCatalog,
} from '../../template/index.ts'
import { catalogOf } from './types.ts'

/** Stack definitions of stored templates, kept ready: a template row never changes. */
export interface Definitions {
  readonly registry: Registry
  readonly catalog: TypeCatalog
  of(stack: Pick<StackRow, 'id' | 'name' | 'projectId'>, row: TemplateRow): StackDefinition
}

const mostKept = 256

export function definitions(registry: Registry, log: Log): Definitions {
  const kept = new Map<string, StackDefinition>()

  function remember(id: string, definition: StackDefinition): StackDefinition {
    kept.delete(id)
    kept.set(id, definition)
    const [oldest] = kept.keys()
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest)
    return definition
  }

  return {
    registry,
    catalog: catalogOf(registry),
    of(stack, row) {
      const known = kept.get(row.id)
      return remember(row.id, known ?? define(stack, row, log))
    },
  }
}

function define(
  stack: Pick<StackRow, 'id' | 'name' | 'projectId'>,
  row: TemplateRow,
  log: Log,
): StackDefinition {
  const { value, problems } = defineStack({
    template: stored(
      parseTemplate(row.template, { maxSize: Number.POSITIVE_INFINITY }).value,
      'template',
      row,
    ),
    environment: environmentOf(row),
    files: row.files,
    pseudo: { stackName: stack.name, stackId: stack.id, projectId: stack.projectId },
    ...(row.facade && { facade: row.facade }),
    lenient: true,
  })
  if (problems.length > 0)
    log.warn(
      { stack: stack.id, template: row.id, problems: problems.length },
      'A stored template has problems',
    )
  return stored(value, 'definition', row)
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

export type { Template }

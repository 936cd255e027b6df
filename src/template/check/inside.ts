import { isMap, type JsonMap } from '../../base/json.ts'
import { hasUnknown, UNKNOWN } from '../../schema/index.ts'
import type { StackDefinition } from '../definition.ts'
import { childEnvironment } from '../environment/child.ts'
import { parseTemplate } from '../parse/template.ts'
import type { Parsed } from '../problem.ts'
import { defineStack, insideOf } from '../stack/define.ts'
import type { ResourceDefinition, Template } from '../template.ts'
import { templateParameters } from './facts.ts'
import type { Kind, KnownKind } from './kind.ts'

/** What messages call a stack whose template is made by its resource. */
export const sampleName = 'nested_stack'

/** The stack inside a resource, as far as it can be told before anything is made. */
export interface StackInside {
  /** What it is called in messages. */
  readonly name: string
  readonly template: Template
  define(): Parsed<StackDefinition> & { readonly value: StackDefinition }
}

/** What is inside a resource of a kind; `undefined` if nothing is, or it can't be told. */
export function stackInside(
  resource: ResourceDefinition,
  outer: StackDefinition,
  kind: Kind,
): StackInside | undefined {
  if (kind.is === 'unknown') return undefined
  const { trials, known } = insideOf(outer)
  const trial = trials.get(resource.name)
  const properties = isMap(trial?.properties) ? trial.properties : {}
  const template = kind.is === 'template' ? kind.template : sampleOf(kind, properties)
  if (template === undefined) return undefined
  const declared = Object.entries(properties).filter(([key]) => template.parameters.has(key))
  const parameters = kind.is === 'template' ? templateParameters(Object.fromEntries(declared)) : {}
  const { environment, files, pseudo } = outer
  const { name, type, deletionPolicy } = resource
  return {
    name: kind.is === 'template' ? kind.file : sampleName,
    template,
    define: () =>
      defineStack({
        template,
        environment: childEnvironment(environment, { resource: name, type, parameters }),
        files,
        pseudo: {
          stackName: `${pseudo.stackName}-${name}`,
          stackId: UNKNOWN as unknown as string,
          projectId: pseudo.projectId,
        },
        facade: { metadata: (trial?.metadata ?? {}) as JsonMap, deletion_policy: deletionPolicy },
        lenient: true,
        effort: known.effort,
        yaql: known.yaql,
      }),
  }
}

function sampleOf({ facts }: KnownKind, properties: Readonly<Record<string, unknown>>): Template | undefined {
  const sample = facts.sample?.(properties)
  if (sample === undefined) return undefined
  return parseTemplate(hasUnknown(sample) ? withPlaceholders(sample) : sample).value
}

/** What is not known yet becomes a parameter without a value, for a template can't say it otherwise. */
function withPlaceholders(template: JsonMap): JsonMap {
  const parameters = { [placeholder]: { type: 'json' } }
  return { ...(replaced(template) as JsonMap), parameters }
}

const placeholder = 'unknown'

function replaced(value: unknown): unknown {
  if (value === UNKNOWN) return { get_param: placeholder }
  if (Array.isArray(value)) return value.map(replaced)
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, replaced(part)]))
}

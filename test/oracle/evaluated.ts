import { messageOf } from '../../src/base/problem.ts'
import { evaluate, evaluation } from '../../src/template/evaluate.ts'
import type { Expression } from '../../src/template/expression.ts'
import {
  defineStack,
  evaluateExternalId,
  evaluateMetadata,
  evaluateOutput,
  evaluateProperties,
  evaluateUpdatePolicy,
  type StackDefinition,
  type Template,
  type World,
} from '../../src/template/index.ts'
import { insideOf } from '../../src/template/stack/define.ts'
import { scopeOf } from '../../src/template/stack/known.ts'
import type { Bundle } from './corpus.ts'
import { environmentWith } from './environment.ts'

/** A part of a template worked out, or why it could not be. */
export type Outcome =
  | { readonly value: unknown }
  /** `all`: what every function said that could not do its work; which of them comes first says nothing. */
  | { readonly error: string; readonly all: readonly string[] }

/** A template worked out with parameter values, its resources known only by their names. */
export interface Evaluated {
  /** Parameters lack usable values, so that nothing would be worked out. */
  readonly unusable: boolean
  readonly conditions: Readonly<Record<string, Outcome>>
  readonly enabled: readonly string[]
  /** For each enabled resource those that it needs. */
  readonly requires: Readonly<Record<string, readonly string[]>>
  readonly resources: Readonly<Record<string, Readonly<Record<Part, Outcome>>>>
  readonly outputs: Readonly<Record<string, Outcome & { readonly description: string }>>
}

/** What of a resource is worked out. */
export type Part = 'properties' | 'metadata' | 'update_policy' | 'external_id' | 'deletion_policy'

/** Works out a template with the parameter values that were made up for it. */
export function evaluateBundle({ params, files }: Bundle, template: Template): Evaluated {
  const { value: definition, problems } = defineStack({
    template,
    environment: environmentWith(params),
    files,
    pseudo: { stackName: 'oracle_stack', stackId: 'None', projectId: 'test_tenant_id' },
  })
  const names = [...definition.resources.keys()].sort()
  return {
    unusable: problems.some(({ code }) => code === 'ParameterMissing' || code === 'InvalidParameterValue'),
    conditions: keyed([...template.conditions.keys()], (name) =>
      outcome({ definition, expression: template.conditions.get(name) }, () =>
        insideOf(definition).known.conditions.named(name),
      ),
    ),
    enabled: names,
    requires: keyed(names, (name) => [...(definition.needs.get(name) ?? [])].sort()),
    resources: keyed(names, (name) => resourceOf(definition, name)),
    outputs: keyed([...definition.outputs.keys()], (name) => outputOf(definition, name)),
  }
}

/** Resources are known by their names alone, so that it shows where each value comes from. */
const namesOnly: World = {
  reference: (resource) => `REF:${resource}`,
  attribute: (resource, path) =>
    path.length === 0 ? { '*': `ATTS:${resource}` } : `ATT:${[resource, ...path].join('.')}`,
}

/** A deletion policy of Delete, as every resource has it unless it says otherwise, is left out. */
function resourceOf(definition: StackDefinition, name: string): Readonly<Record<Part, Outcome>> {
  const { properties, metadata, updatePolicy, externalId, deletionPolicy } =
    definition.resources.get(name) ?? {}
  const working = (expression: Expression | undefined): Working => ({ definition, expression })
  return {
    properties: outcome(working(properties), () => evaluateProperties(definition, name, namesOnly)),
    metadata: outcome(working(metadata), () => evaluateMetadata(definition, name, namesOnly)),
    update_policy: outcome(working(updatePolicy), () => evaluateUpdatePolicy(definition, name, namesOnly)),
    external_id: outcome(working(externalId), () => evaluateExternalId(definition, name, namesOnly) ?? null),
    deletion_policy: { value: deletionPolicy === 'Delete' ? null : deletionPolicy },
  }
}

function outputOf(definition: StackDefinition, name: string): Outcome & { readonly description: string } {
  const output = definition.outputs.get(name)
  const worked = evaluateOutput(definition, name, namesOnly)
  return {
    ...('error' in worked ? { ...worked, all: refusals(definition, output?.value) } : worked),
    description: output?.description ?? '',
  }
}

interface Working {
  readonly definition: StackDefinition
  readonly expression: Expression | undefined
}

function outcome({ definition, expression }: Working, work: () => unknown): Outcome {
  try {
    return { value: work() }
  } catch (error) {
    return { error: messageOf(error), all: refusals(definition, expression) }
  }
}

/** What every function in an expression says that can't do its work. */
function refusals(definition: StackDefinition, expression: Expression | undefined): readonly string[] {
  const said: string[] = []
  if (expression === undefined) return said
  const scope = scopeOf(insideOf(definition).known, namesOnly)
  evaluate(expression, evaluation(scope, { refused: ({ message }) => said.push(message) }))
  return said
}

function keyed<V>(names: readonly string[], value: (name: string) => V): Record<string, V> {
  return Object.fromEntries(names.map((name) => [name, value(name)]))
}

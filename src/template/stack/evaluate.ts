import { isMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import { wordOf } from '../../base/text.ts'
import { UNKNOWN } from '../../schema/index.ts'
import type { StackDefinition, World } from '../definition.ts'
import { type Evaluation, evaluate, evaluation } from '../evaluate.ts'
import type { Expression } from '../expression.ts'
import { Refusal } from '../function.ts'
import { pathText } from '../problem.ts'
import { type Allowance, allows, costOf } from '../spend.ts'
import { insideOf } from './define.ts'
import { scopeOf } from './known.ts'
import { maskOf } from './secrets.ts'
import { spend } from './spending.ts'

/** A map that was worked out; parts of it, or all of it, may be UNKNOWN. */
export type Evaluated = Readonly<Record<string, unknown>>

/** A resource's properties as they are in a world. Throws, in words for the user, where a function can't do its work. */
export function evaluateProperties(
  definition: StackDefinition,
  resourceName: string,
  world: World,
): Evaluated {
  const { trials, known, spending } = insideOf(definition)
  const trial = trials.get(resourceName)
  const resource = known.resources.get(resourceName)
  if (trial?.isFinal) return mapFrom(trial.properties, resourceName)
  const spent = (run: Evaluation) => spend(spending, resourceName, costOf(run))
  return mapFrom(worked(definition, resource?.properties, { world, spent }), resourceName)
}

/** A resource's metadata. */
export function evaluateMetadata(definition: StackDefinition, resourceName: string, world: World): Evaluated {
  return mapFrom(
    worked(definition, definition.resources.get(resourceName)?.metadata, { world }),
    resourceName,
  )
}

/** A resource's update policy. */
export function evaluateUpdatePolicy(
  definition: StackDefinition,
  resourceName: string,
  world: World,
): Evaluated {
  return mapFrom(
    worked(definition, definition.resources.get(resourceName)?.updatePolicy, { world }),
    resourceName,
  )
}

/** The ID of the existing thing that a resource takes over; `undefined` for an ordinary resource. */
export function evaluateExternalId(
  definition: StackDefinition,
  resourceName: string,
  world: World,
): string | undefined {
  const id = worked(definition, definition.resources.get(resourceName)?.externalId, { world })
  return id === null || id === '' || id === UNKNOWN ? undefined : wordOf(id)
}

/** How large all outputs that are worked out for one answer may be together. */
export const outputAllowance = (): Allowance => ({ left: 64_000_000 })

/** What an output gives, or why it gives nothing. One that its condition disables gives null. */
export function evaluateOutput(
  definition: StackDefinition,
  outputName: string,
  world: World,
  allowance: Allowance = outputAllowance(),
): { readonly value: unknown } | { readonly error: string } {
  const output = definition.outputs.get(outputName)
  if (output === undefined || !output.enabled) return { value: null }
  if (allowance.left < 0) return { error: tooMuchTogether }
  const run = evaluation(scopeOf(insideOf(definition).known, world))
  try {
    const value = evaluate(output.value, run)
    return allows(allowance, run) ? { value } : { error: tooMuchTogether }
  } catch (error) {
    return { error: maskOf(definition.parameters)(messageOf(error)) }
  }
}

const tooMuchTogether = 'The outputs together are too large to be shown'

interface Working {
  readonly world: World
  /** Told what it took; answers with the words for why that is too much, if it is. */
  readonly spent?: (run: Evaluation) => string | undefined
}

function worked(
  definition: StackDefinition,
  expression: Expression | undefined,
  { world, spent }: Working,
): unknown {
  if (expression === undefined) return null
  if (expression.is === 'data') return expression.value
  const run = evaluation(scopeOf(insideOf(definition).known, world))
  try {
    const value = evaluate(expression, run)
    const tooMuch = spent?.(run)
    if (tooMuch !== undefined) throw new Error(tooMuch)
    return value
  } catch (error) {
    if (!(error instanceof Refusal) || error.path === undefined) throw error
    const message = `Property error: ${pathText(error.path.slice(0, -1))}: ${error.message}`
    throw new Error(maskOf(definition.parameters)(message))
  }
}

function mapFrom(value: unknown, resourceName: string): Evaluated {
  if (value === null) return {}
  if (isMap(value)) return value
  // Whoever reads properties by a shape passes over UNKNOWN, be it a part or the whole.
  if (value === UNKNOWN) return value as unknown as Evaluated
  throw new Error(`Property error: ${resourceName}: Properties must be a map`)
}

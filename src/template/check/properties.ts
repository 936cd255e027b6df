import { messageOf } from '../../base/problem.ts'
import { type Fault, read, type Shape, UNKNOWN } from '../../schema/index.ts'
import type { TypeFacts } from '../catalog.ts'
import type { StackDefinition } from '../definition.ts'
import { pathText, suggestion, type TemplatePath, type TemplateProblem } from '../problem.ts'
import { select } from '../select.ts'
import { insideOf } from '../stack/define.ts'
import { evaluateUpdatePolicy } from '../stack/evaluate.ts'
import { laterFunction } from '../versions/hints.ts'

/** What is wrong with a resource's properties; without `values`, only names that no property has. */
export function propertyProblems(
  definition: StackDefinition,
  resourceName: string,
  { facts, values }: { readonly facts: TypeFacts; readonly values: boolean },
): readonly TemplateProblem[] {
  const { words } = definition.template.version
  const path = [words.resources, resourceName, words.resource.properties]
  const trial = insideOf(definition).trials.get(resourceName)
  const properties = trial === undefined ? UNKNOWN : (trial.properties ?? {})
  const { value, faults } = read(facts.properties, properties)
  const isSound = values && faults.length === 0 && properties !== UNKNOWN
  const together = isSound ? (facts.refusals?.(value, resourceName) ?? []) : []
  const refused = together.map((one) => ({ code: 'ConstraintBroken' as const, ...one }))
  const counted = values ? [...faults, ...refused] : faults.filter(isAboutName)
  return counted.map((fault) => problemOf(fault, { path, properties, definition }))
}

/** What is wrong with a resource's update policy. */
export function updatePolicyProblems(
  definition: StackDefinition,
  resourceName: string,
  shape: Shape,
): readonly TemplateProblem[] {
  const { words } = definition.template.version
  const path = [words.resources, resourceName, words.resource.updatePolicy]
  try {
    const nothingKnown = { reference: () => UNKNOWN, attribute: () => UNKNOWN }
    const properties = evaluateUpdatePolicy(definition, resourceName, nothingKnown)
    return read(shape, properties).faults.map((fault) => problemOf(fault, { path, properties, definition }))
  } catch (error) {
    return [{ code: 'FunctionFailed', message: messageOf(error), path }]
  }
}

const isAboutName = ({ code, path }: Fault): boolean =>
  (code === 'UnknownProperty' || code === 'NotImplemented') && path.length === 1

interface Place {
  readonly path: TemplatePath
  readonly properties: unknown
  readonly definition: StackDefinition
}

/** Faults in how a property is called are told of the map that it stands in. */
function problemOf(fault: Fault, { path, properties, definition }: Place): TemplateProblem {
  const { code, meant, expected } = fault
  const isAboutValue = code === 'WrongType' || code === 'ConstraintBroken'
  const told = [...path, ...(isAboutValue ? fault.path : fault.path.slice(0, -1))]
  const { version } = definition.template
  const lateness = [
    laterFunction(select(properties, fault.path), version),
    laterFunction(select(properties, fault.path.slice(0, -1)), version),
  ].find(({ hint }) => hint !== undefined)
  return {
    code,
    message: `Property error: ${pathText(told)}: ${fault.message}`,
    path: [...path, ...fault.path],
    ...(expected !== undefined && { expected }),
    ...suggestion(meant),
    ...lateness,
  }
}

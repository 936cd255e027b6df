import type { TypeCatalog } from '../catalog.ts'
import type { StackDefinition } from '../definition.ts'
import { namesTemplate } from '../environment/registry.ts'
import { fewEnough, pathText, placed, type TemplateProblem } from '../problem.ts'
import { insideOf } from '../stack/define.ts'
import { evaluateExternalId } from '../stack/evaluate.ts'
import { dependencyOrder } from '../stack/order.ts'
import { withoutSecrets } from '../stack/secrets.ts'
import type { ResourceDefinition } from '../template.ts'
import { attributeProblems } from './attributes.ts'
import { facadeProblems } from './facade.ts'
import { sampleName, stackInside } from './inside.ts'
import { type Kind, type KindSearch, type KnownKind, kindOf } from './kind.ts'
import { propertyProblems, updatePolicyProblems } from './properties.ts'
import { placedOutside, toldFromOutside } from './told-from-outside.ts'

/** How far a check goes. */
export interface CheckOptions {
  /** How many levels of nested stacks there may be. */
  readonly maxDepth?: number
  /** Whether nested templates are checked too; unless told so, they are not where a template is only looked at. */
  readonly nested?: boolean
  /** Whether property values are checked or only their names; the same holds. */
  readonly values?: boolean
  /** Is told of each type of which there are resources, as it is written and what it stands for, in nested templates too. */
  readonly onType?: (type: string) => void
}

/**
 * Checks a stack against the types that there are: whether each resource's type is known and its properties fit it,
 * whether attributes that are read exist, whether needs go in a circle; and the same for the templates that types stand
 * for. What is not known before resources are made is passed over.
 */
export function checkStack(
  definition: StackDefinition,
  catalog: TypeCatalog,
  options: CheckOptions = {},
): readonly TemplateProblem[] {
  const { lenient } = insideOf(definition)
  const { maxDepth = 5, nested = !lenient, values = !lenient, onType = () => {} } = options
  const left = { count: mostNested }
  return checkLevel(definition, {
    catalog,
    maxDepth,
    nested,
    values,
    onType,
    depth: 0,
    within: [],
    told: new Set(),
    left,
  })
}

/** Enough for the largest deployments known; beyond, nested stacks are checked when they are made. */
const mostNested = 2000

interface Checking extends KindSearch {
  readonly maxDepth: number
  readonly values: boolean
  readonly onType: (type: string) => void
  readonly depth: number
  /** The names of the templates that this one is nested in, the outermost first. */
  readonly within: readonly string[]
  /** How many nested stacks may still be looked into. */
  readonly left: { count: number }
}

function checkLevel(definition: StackDefinition, checking: Checking): readonly TemplateProblem[] {
  const { template, resources } = definition
  const { trials, outputReads, lenient } = insideOf(definition)
  const calls = template.version.functions
  const unknown: TemplateProblem[] = []
  const problems: TemplateProblem[] = []
  const deeper: TemplateProblem[] = []
  const kinds = new Map<string, Kind>()
  for (const resource of resources.values()) {
    const kind = kindOf(resource, definition, checking)
    kinds.set(resource.name, kind)
    checking.onType(resource.type)
    if (kind.is === 'type') checking.onType(kind.type)
    if (kind.is === 'unknown') {
      unknown.push(...kind.problems)
      continue
    }
    // What is there already is taken over as it is; nothing is made of its properties.
    if (isTakenOver(resource, definition)) continue
    const found = checkResource(resource, { definition, kind, checking })
    problems.push(...found)
    // A value that does not fit would only be told of once more from inside.
    const isFit = !found.some(({ code }) => code === 'WrongType' || code === 'ConstraintBroken')
    if (checking.nested && isFit) deeper.push(...checkInside(resource, { definition, kind, checking }))
  }
  for (const { reads } of trials.values()) {
    if (reads.length > 0) problems.push(...attributeProblems(reads, kinds, { ownOnly: lenient, calls }))
  }
  problems.push(...attributeProblems(outputReads, kinds, { ownOnly: true, calls }))
  // In the order in which Heat would come upon them, for the first one names the error.
  const all = [...unknown, ...cycleProblems(definition), ...problems]
  return fewEnough([...placed(withoutSecrets(all, definition.parameters), template), ...deeper])
}

interface Checked<K> {
  readonly definition: StackDefinition
  readonly kind: K
  readonly checking: Checking
}

/** Whether a resource stands for something that is there; an ID that is an empty text is none. */
function isTakenOver({ name, externalId }: ResourceDefinition, definition: StackDefinition): boolean {
  if (externalId === undefined) return false
  const later = { reference: () => 'later', attribute: () => 'later' }
  if (insideOf(definition).lenient) return true
  try {
    return evaluateExternalId(definition, name, later) !== undefined
  } catch {
    // What is wrong with the ID was told when the stack was defined.
    return true
  }
}

function checkResource(
  { name, type, deletionPolicy, updatePolicy }: ResourceDefinition,
  { definition, kind, checking }: Checked<KnownKind>,
): readonly TemplateProblem[] {
  const { facts } = kind
  const { words } = definition.template.version
  const path = [words.resources, name]
  const problems: TemplateProblem[] = []
  if (deletionPolicy === 'Snapshot' && !facts.snapshots) {
    const place = [...path, words.resource.deletionPolicy]
    const message = `${pathText(place)}: "Snapshot" deletion policy not supported`
    problems.push({ code: 'SnapshotNotSupported', message, path: place })
  }
  if (!facts.anyProperties) {
    const { values } = checking
    problems.push(...propertyProblems(definition, name, { facts, values }))
  }
  if (updatePolicy !== undefined) {
    problems.push(...updatePolicyProblems(definition, name, facts.updatePolicy ?? {}))
  }
  if (kind.is === 'template' && !namesTemplate(type)) {
    const facade = checking.catalog.find(type)
    problems.push(...facadeProblems(type, { facade, provider: facts, path: [...path, words.resource.type] }))
  }
  return problems
}

function cycleProblems({ needs, template }: StackDefinition): readonly TemplateProblem[] {
  const found = dependencyOrder(needs)
  if ('order' in found) return []
  const [first = ''] = found.cycle
  const message = `Circular Dependency Found: ${[...found.cycle, first].join(' -> ')}`
  return [{ code: 'CircularDependency', message, path: [template.version.words.resources, first] }]
}

/** Checks the stack inside a resource, as it would be made with the property values known so far. */
function checkInside(
  resource: ResourceDefinition,
  { definition, kind, checking }: Checked<KnownKind>,
): readonly TemplateProblem[] {
  const { name } = resource
  const { words } = definition.template.version
  // Whether a resource of uncertain condition goes one level deeper, and so on without end, can't be told here.
  if (insideOf(definition).uncertain.has(name) || checking.left.count <= 0) return []
  const inside = stackInside(resource, definition, kind)
  if (inside === undefined) return []
  checking.left.count--
  const place = `${words.resources}.${name}<${inside.name}>`
  if (checking.depth >= checking.maxDepth) {
    const message = `${place}: Recursion depth exceeds ${checking.maxDepth}.`
    const path = [words.resources, name]
    const problem = { code: 'NestedTooDeep', message, path, ...circleIn(checking.within, kind) } as const
    return placed([problem], definition.template)
  }
  const { value: inner, problems } = inside.define()
  const within = [...checking.within, inside.name]
  const found = [...problems, ...checkLevel(inner, { ...checking, depth: checking.depth + 1, within })]
  const told = found.map((problem) => toldFromOutside(problem, place))
  return kind.is === 'template' ? told : placedOutside(told, name, definition.template)
}

/** Says that a template contains itself, where that is why there is no end of templates in templates. */
function circleIn(within: readonly string[], kind: KnownKind): { readonly hint?: string } {
  const files = [
    ...within.filter((name) => name !== sampleName),
    ...(kind.is === 'template' ? [kind.file] : []),
  ]
  const last = files.at(-1)
  const before = last === undefined ? -1 : files.lastIndexOf(last, -2)
  if (before < 0) return {}
  const between = [...new Set(files.slice(before + 1, -1))]
  const way = between.length === 0 ? '' : `, by way of ${between.join(' and ')}`
  return { hint: `${last} contains itself${way}` }
}

import { isMap, type JsonMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import { type Fault, nearest, read, type Shape, UNKNOWN } from '../../schema/index.ts'
import type { TypeCatalog, TypeFacts } from '../catalog.ts'
import type { StackDefinition } from '../definition.ts'
import { childEnvironment } from '../environment/child.ts'
import { namesTemplate } from '../environment/registry.ts'
import { select } from '../evaluate.ts'
import { laterFunctionHint } from '../parse/expression.ts'
import { pathText, placed, suggestion, type TemplatePath, type TemplateProblem } from '../problem.ts'
import { defineStack, insideOf } from '../stack/define.ts'
import { evaluateUpdatePolicy } from '../stack/evaluate.ts'
import { dependencyOrder } from '../stack/order.ts'
import type { AttributeRead } from '../stack/trial.ts'
import type { ResourceDefinition, Template } from '../template.ts'
import { facadeProblems } from './facade.ts'
import { templateFacts, templateParameters } from './facts.ts'
import { templateIn, toldFromOutside } from './nested.ts'

/** How far a check goes. */
export interface CheckOptions {
  /** How many levels of nested stacks there may be. */
  readonly maxDepth?: number
  /** Whether nested templates are checked too; unless told so, they are not where a template is only looked at. */
  readonly nested?: boolean
  /** Whether property values are checked or only their names; the same holds. */
  readonly values?: boolean
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
  const { maxDepth = 5, nested = !lenient, values = !lenient } = options
  return checkLevel(definition, {
    catalog,
    maxDepth,
    nested,
    values,
    depth: 0,
    told: new Set(),
    left: { count: mostNested },
  })
}

/** Enough for the largest deployments known; beyond, nested stacks are checked when they are made. */
const mostNested = 2000

interface Checking {
  readonly catalog: TypeCatalog
  readonly maxDepth: number
  readonly nested: boolean
  readonly values: boolean
  readonly depth: number
  /** The files whose own problems were reported already. */
  readonly told: Set<string>
  readonly left: { count: number }
}

function checkLevel(definition: StackDefinition, checking: Checking): readonly TemplateProblem[] {
  const { template, resources } = definition
  const problems: TemplateProblem[] = []
  const deeper: TemplateProblem[] = []
  const kinds = new Map<string, Kind>()
  for (const resource of resources.values()) {
    const kind = kindOf(resource, definition, checking)
    kinds.set(resource.name, kind)
    if (kind.is === 'unknown') problems.push(...kind.problems)
    else problems.push(...checkResource(resource, { definition, kind, checking }))
    if (kind.is === 'template' && checking.nested)
      deeper.push(...checkInside(resource, { definition, kind, checking }))
  }
  const { trials, outputReads, lenient } = insideOf(definition)
  for (const { reads } of trials.values()) problems.push(...attributeProblems(reads, kinds, lenient))
  problems.push(...attributeProblems(outputReads, kinds, true), ...cycleProblems(definition))
  return [...(problems.length === 0 ? problems : placed(problems, template)), ...deeper]
}

/** What a resource's type turned out to be. */
type Kind =
  | { readonly is: 'type'; readonly facts: TypeFacts }
  | { readonly is: 'template'; readonly facts: TypeFacts; readonly template: Template; readonly file: string }
  | { readonly is: 'unknown'; readonly problems: readonly TemplateProblem[] }

function kindOf(
  { name, type }: ResourceDefinition,
  { environment, files, template }: StackDefinition,
  { catalog, told, nested }: Checking,
): Kind {
  const path = [template.version.words.resources, name, template.version.words.resource.type]
  const unknown = (message: string, meant?: string): Kind => ({
    is: 'unknown',
    problems: [{ code: 'UnknownType', message, path, ...suggestion(meant) }],
  })
  const resolved = environment.resolveType(type, name, (known) => catalog.find(known) !== undefined)
  if (resolved === undefined)
    return unknown(`The Resource Type (${type}) could not be found.`, nearest(type, catalog.names()))
  if (resolved.is === 'type') {
    const facts = catalog.find(resolved.type)
    return facts ? { is: 'type', facts } : unknown(`The Resource Type (${type}) could not be found.`)
  }
  const { file } = resolved
  const parsed = templateIn(files, file)
  if (parsed === undefined)
    return unknown(
      `Could not fetch remote template "${file}": ${whyMissing(file)}`,
      nearest(file, Object.keys(files)),
    )
  const place = `${template.version.words.resources}.${name}<${file}>`
  const { value: inner } = parsed
  const problems =
    told.has(file) || (inner && !nested)
      ? []
      : parsed.problems.map((problem) => toldFromOutside(problem, place))
  told.add(file)
  if (inner === undefined || problems.length > 0) return { is: 'unknown', problems }
  return { is: 'template', facts: templateFacts(inner, environment), template: inner, file }
}

function whyMissing(file: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(file)?.[1] ?? ''
  return scheme === 'http' || scheme === 'https'
    ? 'it is not among the files of the request'
    : `Invalid URL scheme ${scheme}`
}

interface Known<K extends Kind> {
  readonly definition: StackDefinition
  readonly kind: K
  readonly checking: Checking
}

type Facts = Exclude<Kind, { readonly is: 'unknown' }>

function checkResource(
  resource: ResourceDefinition,
  { definition, kind, checking }: Known<Facts>,
): readonly TemplateProblem[] {
  const { name, type, deletionPolicy } = resource
  const { facts } = kind
  const { words } = definition.template.version
  const path = [words.resources, name]
  const problems: TemplateProblem[] = []
  if (deletionPolicy === 'Snapshot' && !facts.snapshots) {
    const place = [...path, words.resource.deletionPolicy]
    problems.push({
      code: 'SnapshotNotSupported',
      message: `${pathText(place)}: "Snapshot" deletion policy not supported`,
      path: place,
    })
  }
  if (!facts.anyProperties) {
    const place = [...path, words.resource.properties]
    const values = insideOf(definition).trials.get(name)?.properties ?? {}
    for (const fault of faultsIn(facts.properties, values, checking.values))
      problems.push(propertyProblem(fault, place, { values, definition }))
  }
  if (resource.updatePolicy !== undefined) problems.push(...updatePolicyProblems(resource, definition, facts))
  if (kind.is === 'template' && !namesTemplate(type)) {
    problems.push(
      ...facadeProblems(type, {
        facade: checking.catalog.find(type),
        provider: facts,
        path: [...path, words.resource.type],
      }),
    )
  }
  return problems
}

/** What is wrong with properties: all of it, or only names that no property has. */
function faultsIn(shape: Shape, properties: unknown, values: boolean): readonly Fault[] {
  const { faults } = read(shape, properties)
  return values
    ? faults
    : faults.filter(
        ({ code, path }) => (code === 'UnknownProperty' || code === 'NotImplemented') && path.length === 1,
      )
}

interface Read {
  readonly values: unknown
  readonly definition: StackDefinition
}

function propertyProblem(
  { code, path, message, meant }: Fault,
  place: TemplatePath,
  { values, definition }: Read,
): TemplateProblem {
  const isAboutParent = code !== 'WrongType' && code !== 'ConstraintBroken'
  const told = [...place, ...(isAboutParent ? path.slice(0, -1) : path)]
  const hint =
    code === 'WrongType' ? laterFunctionHint(select(values, path), definition.template.version) : undefined
  return {
    code,
    message: `Property error: ${pathText(told)}: ${message}`,
    path: [...place, ...path],
    ...suggestion(meant),
    ...(hint !== undefined && { hint }),
  }
}

function updatePolicyProblems(
  { name }: ResourceDefinition,
  definition: StackDefinition,
  facts: TypeFacts,
): readonly TemplateProblem[] {
  const { words } = definition.template.version
  const path = [words.resources, name, words.resource.updatePolicy]
  try {
    const values = evaluateUpdatePolicy(definition, name, {
      reference: () => UNKNOWN,
      attribute: () => UNKNOWN,
    })
    return read(facts.updatePolicy ?? {}, values).faults.map((fault) =>
      propertyProblem(fault, path, { values, definition }),
    )
  } catch (error) {
    return [{ code: 'FunctionFailed', message: messageOf(error), path }]
  }
}

/**
 * What nested stacks give may not be looked at (`ownOnly`): many a template in use has an output that reads what its
 * nested stack does not give, and only that output then has an error.
 */
function attributeProblems(
  reads: readonly AttributeRead[],
  kinds: ReadonlyMap<string, Kind>,
  ownOnly: boolean,
): readonly TemplateProblem[] {
  const problems: TemplateProblem[] = []
  for (const { resource, attribute, path } of reads) {
    const kind = kinds.get(resource)
    const name = attribute[0]
    if (name === undefined || kind === undefined || kind.is === 'unknown' || answersFor(kind, String(name)))
      continue
    if (ownOnly && kind.is === 'template') continue
    const message = `${pathText(path)}: The Referenced Attribute (${resource} ${name}) is incorrect.`
    problems.push({
      code: 'UnknownAttribute',
      message,
      path,
      ...suggestion(nearest(String(name), Object.keys(kind.facts.attributes))),
    })
  }
  return problems
}

function answersFor({ is, facts }: Facts, attribute: string): boolean {
  if (facts.anyAttributes || attribute === 'show') return true
  return (
    Object.hasOwn(facts.attributes, attribute) || (is === 'template' && attribute.startsWith('resource.'))
  )
}

function cycleProblems({ needs, template }: StackDefinition): readonly TemplateProblem[] {
  const found = dependencyOrder(needs)
  if ('order' in found) return []
  const [first = ''] = found.cycle
  const message = `Circular Dependency Found: ${[...found.cycle, first].join(' -> ')}`
  return [{ code: 'CircularDependency', message, path: [template.version.words.resources, first] }]
}

type Nested = Known<Extract<Kind, { readonly is: 'template' }>>

/** Checks the stack inside a resource, as it would be made with the property values known so far. */
function checkInside(
  resource: ResourceDefinition,
  { definition, kind, checking }: Nested,
): readonly TemplateProblem[] {
  const { name, type } = resource
  const { trials, uncertain } = insideOf(definition)
  // Whether a resource of uncertain condition goes one level deeper, and so on without end, can't be told here.
  if (uncertain.has(name) || checking.left.count <= 0) return []
  checking.left.count--
  const place = `${definition.template.version.words.resources}.${name}<${kind.file}>`
  if (checking.depth >= checking.maxDepth) {
    const path = [definition.template.version.words.resources, name]
    const message = `${place}: Recursion depth exceeds ${checking.maxDepth}.`
    return placed([{ code: 'NestedTooDeep', message, path }], definition.template)
  }
  const trial = trials.get(name)
  const values = isMap(trial?.properties) ? trial.properties : {}
  const declared = Object.fromEntries(
    Object.entries(values).filter(([key]) => kind.template.parameters.has(key)),
  )
  const parameters = templateParameters(declared)
  const inner = defineStack({
    template: kind.template,
    environment: childEnvironment(definition.environment, { resource: name, type, parameters }),
    files: definition.files,
    pseudo: {
      stackName: `${definition.pseudo.stackName}-${name}`,
      stackId: UNKNOWN as unknown as string,
      projectId: definition.pseudo.projectId,
    },
    facade: { metadata: (trial?.metadata ?? {}) as JsonMap, deletion_policy: resource.deletionPolicy },
    lenient: true,
  })
  const problems = [...inner.problems, ...checkLevel(inner.value, { ...checking, depth: checking.depth + 1 })]
  return problems.map((problem) => toldFromOutside(problem, place))
}

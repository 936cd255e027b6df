import { type Call, type Expression, itemsOf } from './expression.ts'
import type { TemplatePath } from './problem.ts'
import type { Template } from './template.ts'

/** A call, and the resource or output that it stands in. */
export interface PlacedCall {
  readonly call: Call
  readonly section: string
  readonly owner: string
}

/** A name of something in the template, and the call that names it. */
export interface Naming extends PlacedCall {
  readonly name: string
}

/** What the parts of a template name of each other. */
export interface Uses {
  readonly calls: readonly PlacedCall[]
  readonly parameters: readonly Naming[]
  /** Conditions that are named, by the conditions of resources and outputs or by functions. */
  readonly conditions: ReadonlySet<string>
  readonly mappings: ReadonlySet<string>
  /** For each resource and output (`resources.web`), the resources that its parts refer to. */
  readonly references: ReadonlyMap<string, ReadonlySet<string>>
  /** Resources that an output or another resource refers to or depends on. */
  readonly wanted: ReadonlySet<string>
  /** Names are worked out by functions, so that it can't be told what is not used: `parameters`, … */
  readonly dynamic: ReadonlySet<'parameters' | 'resources' | 'mappings'>
}

/** Looks through a template for what names what. */
export function usesIn(template: Template): Uses {
  const found: Gathered = {
    calls: [],
    parameters: [],
    conditions: new Set(),
    mappings: new Set(),
    references: new Map(),
    wanted: new Set(),
    dynamic: new Set(),
  }
  for (const part of partsOf(template)) {
    if (part.isCondition) noteCondition(part.expression, found)
    for (const call of callsIn(part.expression)) {
      const placed = { call, section: part.section, owner: part.owner }
      found.calls.push(placed)
      note(placed, template, found)
    }
  }
  for (const { name, dependsOn } of template.resources.values())
    for (const other of dependsOn) if (other !== name) found.wanted.add(other)
  return found
}

interface Part {
  readonly section: string
  readonly owner: string
  readonly expression: Expression
  readonly isCondition: boolean
}

function partsOf({ resources, outputs, conditions, version: { words } }: Template): readonly Part[] {
  const part =
    (section: string, owner: string, isCondition: boolean) => (expression: Expression | undefined) =>
      expression === undefined ? [] : [{ section, owner, expression, isCondition }]
  return [
    ...[...conditions].flatMap(([name, one]) => part(words.conditions ?? '', name, true)(one)),
    ...[...resources.values()].flatMap((one) => [
      ...[one.properties, one.metadata, one.updatePolicy, one.deletionPolicyCall, one.externalId].flatMap(
        part(words.resources, one.name, false),
      ),
      ...part(words.resources, one.name, true)(one.condition),
    ]),
    ...[...outputs.values()].flatMap((one) => [
      ...part(words.outputs, one.name, false)(one.value),
      ...part(words.outputs, one.name, true)(one.condition),
    ]),
  ]
}

/** Every call in an expression, those inside arguments included. */
export function* callsIn(expression: Expression): Generator<Call> {
  switch (expression.is) {
    case 'data':
      return
    case 'list':
      for (const item of expression.items) yield* callsIn(item)
      return
    case 'map':
      for (const [, item] of expression.entries) yield* callsIn(item)
      return
    case 'call':
      yield expression
      yield* callsIn(expression.args)
  }
}

/** The same while it is being put together. */
interface Gathered {
  readonly calls: PlacedCall[]
  readonly parameters: Naming[]
  readonly conditions: Set<string>
  readonly mappings: Set<string>
  readonly references: Map<string, Set<string>>
  readonly wanted: Set<string>
  readonly dynamic: Set<'parameters' | 'resources' | 'mappings'>
}

function note(placed: PlacedCall, template: Template, found: Gathered): void {
  const { call } = placed
  const name = firstName(call.args)
  switch (call.does.names) {
    case 'parameter':
      if (name === undefined) found.dynamic.add('parameters')
      else found.parameters.push({ ...placed, name })
      return
    case 'resource':
    case 'attribute':
      noteReference(placed, name, found)
      return
    case 'resource or parameter':
      if (name !== undefined && template.parameters.has(name)) found.parameters.push({ ...placed, name })
      else noteReference(placed, name, found)
      return
    case 'mapping':
      if (name === undefined) found.dynamic.add('mappings')
      else found.mappings.add(name)
      return
    case 'condition':
      noteCondition(itemsOf(call.args)?.[0], found)
      return
    case 'conditions':
      for (const one of itemsOf(call.args) ?? [call.args]) noteCondition(one, found)
  }
}

function noteReference(
  { section, owner }: PlacedCall,
  name: string | undefined,
  { references, wanted, dynamic }: Gathered,
): void {
  if (name === undefined) {
    dynamic.add('resources')
    return
  }
  if (section === '' || owner === name) return
  wanted.add(name)
  const key = `${section}.${owner}`
  references.set(key, (references.get(key) ?? new Set()).add(name))
}

/** The text that is the whole of the arguments, or the first of them; absent where a function gives it. */
export function firstName(args: Expression): string | undefined {
  if (args.is === 'data' && typeof args.value === 'string') return args.value
  const first = itemsOf(args)?.[0]
  return first?.is === 'data' && typeof first.value === 'string' ? first.value : undefined
}

function noteCondition(expression: Expression | undefined, { conditions }: Gathered): void {
  if (expression?.is === 'data' && typeof expression.value === 'string') conditions.add(expression.value)
}

/** Where a resource is in its template. */
export const resourcePath = ({ version: { words } }: Template, name: string): TemplatePath => [
  words.resources,
  name,
]

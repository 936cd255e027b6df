import { type JsonMap, sameJson } from '../../base/json.ts'
import type { StackRequest, UpdateRequest } from '../../contract/engine.ts'
import type { Caller, ResourceChange, ResourceView, StackView } from '../../contract/views.ts'
import { type AnyNested, physicalNameOf } from '../../plugin/index.ts'
import { hasUnknown } from '../../schema/index.ts'
import type { ResourceRow, StackRow, TemplateRow } from '../../store/rows.ts'
import {
  childEnvironment,
  defineStack,
  dependencyOrder,
  evaluateProperties,
  parseTemplate,
  type StackDefinition,
} from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import { currentRows } from '../lifecycle/child.ts'
import { membersOf } from '../lifecycle/nested.ts'
import { readProperties, type Values } from '../lifecycle/properties.ts'
import type { EngineParts } from '../parts.ts'
import { type Fate, type Foreseen, foresee, plannedWorld } from '../plan/foresee.ts'
import { needsOf } from '../plan/needs.ts'
import { checkName, stackRow } from './create.ts'
import { resourceView } from './resources.ts'
import { stackView } from './show.ts'
import { liveStackOf } from './stacks.ts'
import { wantedUpdate } from './update.ts'
import { wantedStack } from './wanted.ts'

type NamedRequest = StackRequest & { readonly name: string }

/** The stack and resources that a request would make; nothing is made, and no cloud is asked. */
export async function previewStack(
  parts: EngineParts,
  caller: Caller,
  ask: NamedRequest,
): Promise<{ readonly stack: StackView; readonly resources: readonly ResourceView[] }> {
  checkName(ask.name)
  const id = parts.newId()
  const { definition } = wantedStack(parts, {
    ask,
    pseudo: { stackName: ask.name, stackId: id, projectId: caller.projectId },
  })
  const stack = stackRow(parts, caller, { ask, id, templateId: '', credentialId: null })
  const resources = [...definition.resources.keys()].map((name) =>
    resourceView({ stack, definition, name, row: undefined, requiredBy: usersOf(definition, name) }),
  )
  return { stack: stackView(stack, definition), resources }
}

const usersOf = ({ needs }: StackDefinition, name: string): readonly string[] =>
  [...needs].filter(([, list]) => list.includes(name)).map(([user]) => user)

/** What an update would do to each resource, and why: the plan that the engine then carries out. */
export async function previewUpdate(
  parts: EngineParts,
  _caller: Caller,
  ask: UpdateRequest & { readonly showNested: boolean },
): Promise<readonly ResourceChange[]> {
  const stack = await liveStackOf(parts, ask.stack)
  const { wanted } = await wantedUpdate(parts, ask, stack)
  const rows = currentRows(await parts.store.resources(stack.id))
  return await planStack(parts, { stack, definition: wanted.definition, rows, showNested: ask.showNested })
}

interface Planning {
  readonly stack: StackRow
  readonly definition: StackDefinition
  readonly rows: ReadonlyMap<string, ResourceRow>
  readonly showNested: boolean
}

async function planStack(parts: EngineParts, planning: Planning): Promise<readonly ResourceChange[]> {
  const { definition, rows, stack } = planning
  const fates = new Map<string, Fate>()
  const needs = needsOf(definition, parts.registry, plannedWorld(rows, fates))
  const ordered = dependencyOrder(needs)
  const changes: ResourceChange[] = []
  for (const name of 'order' in ordered ? ordered.order : definition.resources.keys()) {
    const { change, fate } = await planResource(parts, { ...planning, name, fates, needs })
    fates.set(name, fate)
    changes.push(change)
  }
  for (const [name, row] of rows) {
    if (definition.resources.has(name)) continue
    const resource = resourceView({ stack, definition, name, row, requiredBy: [] })
    const because =
      row.deletionPolicy === 'Retain'
        ? 'it is not wanted any more; what it stands for is retained'
        : 'it is not wanted any more'
    changes.push({ resource, does: 'delete', because, properties: [], perhaps: false })
  }
  return changes
}

interface PlanningOne extends Planning {
  readonly name: string
  readonly fates: ReadonlyMap<string, Fate>
  readonly needs: ReadonlyMap<string, readonly string[]>
}

async function planResource(
  parts: EngineParts,
  one: PlanningOne,
): Promise<{ readonly change: ResourceChange; readonly fate: Fate }> {
  const { stack, definition, rows, name, fates } = one
  const row = rows.get(name)
  const resource = definition.resources.get(name)
  const type = resource && typeOf(definition, resource, parts.registry)
  if (resource === undefined || type === undefined)
    throw new Error(`the type of resource ${name} is not known`)
  const { values } = readProperties(
    type,
    name,
    evaluateProperties(definition, name, plannedWorld(rows, fates)),
  )
  const foreseen = foresee({ row, type, typeName: resource.type, values })
  const view = resourceView({ stack, definition, name, row, requiredBy: usersOf(definition, name) })
  if (
    type.is === 'nested' &&
    row !== undefined &&
    (foreseen.decision.does === 'leave' || foreseen.decision.does === 'update')
  ) {
    return await planNested(parts, one, { type, row, values, view, foreseen })
  }
  return { change: changeOf(view, foreseen), fate: foreseen.fate }
}

function changeOf(resource: ResourceView, { decision, properties, perhaps }: Foreseen): ResourceChange {
  const does = decision.does === 'refuse' ? 'update' : decision.does
  return { resource, does, because: decision.because, properties, perhaps }
}

interface PlanningChild {
  readonly type: AnyNested
  readonly row: ResourceRow
  readonly values: Values
  readonly view: ResourceView
  readonly foreseen: Foreseen
}

/** A nested resource changes if its child does: its own properties alone can't tell, for its template's file may differ. */
async function planNested(
  parts: EngineParts,
  one: PlanningOne,
  child: PlanningChild,
): Promise<{ readonly change: ResourceChange; readonly fate: Fate }> {
  const { view, foreseen } = child
  const inside = hasUnknown(child.values) ? undefined : await planChild(parts, one, child)
  if (inside === undefined) return { change: changeOf(view, { ...foreseen, perhaps: true }), fate: 'changes' }
  const still =
    !inside.differs && inside.changes.every(({ does }) => does === 'leave') && child.row.status === 'COMPLETE'
  const said = still
    ? { does: 'leave' as const, because: 'nothing changed' }
    : {
        does: 'update' as const,
        because: foreseen.decision.does === 'update' ? foreseen.decision.because : 'its own resources change',
      }
  const change = { resource: view, ...said, properties: still ? [] : foreseen.properties, perhaps: false }
  return {
    change: one.showNested ? { ...change, nested: inside.changes } : change,
    fate: still ? 'stays' : 'changes',
  }
}

async function planChild(
  parts: EngineParts,
  one: PlanningOne,
  { type, row, values }: PlanningChild,
): Promise<{ readonly changes: readonly ResourceChange[]; readonly differs: boolean } | undefined> {
  const stack = row.physicalId === null ? undefined : await parts.store.stack(row.physicalId)
  const before = stack && (await parts.store.template(stack.templateId))
  if (stack === undefined || before === undefined) return undefined
  const ask = type.next({
    props: values,
    self: {
      name: row.name,
      uuid: row.id,
      type: row.type,
      stack: { id: one.stack.id, name: one.stack.name, projectId: one.stack.projectId },
      physicalName: physicalNameOf(one.stack.name, row.name, row.id),
    },
    notes: { get: (key) => row.notes[key] },
    before: before.template,
    members: await membersOf({ parts }, stack),
    updatePolicy: {},
    timeoutSeconds: parts.options.stackActionTimeoutSeconds,
  })
  const parameters = (ask.parameters ?? {}) as JsonMap
  const environment = childEnvironment(one.definition.environment, {
    resource: row.name,
    type: row.type,
    parameters,
  })
  const definition = childDefinition(stack, {
    before,
    template: ask.template as JsonMap,
    environment,
    files: one.definition.files,
  })
  if (definition === undefined) return undefined
  const rows = currentRows(await parts.store.resources(stack.id))
  const changes = await planStack(parts, { stack, definition, rows, showNested: one.showNested })
  return { changes, differs: !sameJson(environment.toJson(), before.environment) }
}

interface ChildContent {
  readonly before: TemplateRow
  readonly template: JsonMap
  readonly environment: ReturnType<typeof childEnvironment>
  readonly files: Readonly<Record<string, string>>
}

function childDefinition(
  stack: StackRow,
  { before, template, environment, files }: ChildContent,
): StackDefinition | undefined {
  const parsed = parseTemplate(template, { maxSize: Number.POSITIVE_INFINITY }).value
  if (parsed === undefined) return undefined
  const pseudo = { stackName: stack.name, stackId: stack.id, projectId: stack.projectId }
  const facade = before.facade && { facade: before.facade }
  return defineStack({ template: parsed, environment, files, pseudo, ...facade, lenient: true }).value
}

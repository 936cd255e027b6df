import type { JsonMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import type { Caller, ResourceChange, ResourceView } from '../../contract/views.ts'
import type { AnyNested, AnyResource, AnyType } from '../../plugin/index.ts'
import { hasUnknown, type Shape } from '../../schema/index.ts'
import type { ResourceRow, StackRow } from '../../store/rows.ts'
import {
  dependencyOrder,
  evaluateMetadata,
  evaluateProperties,
  type ResourceDefinition,
  type StackDefinition,
} from '../../template/index.ts'
import { formerDefinitions } from '../definition/former.ts'
import { typeOf } from '../definition/types.ts'
import { inCloud } from '../definition/zones.ts'
import { type Aim, isReached, lastAimOf } from '../lifecycle/aim.ts'
import { decisionOn, rewrittenSince } from '../lifecycle/decision.ts'
import { isGivenUp } from '../lifecycle/nested.ts'
import { isObserving, observe } from '../lifecycle/observe.ts'
import { presentProperties, type Values } from '../lifecycle/properties.ts'
import { Hold, type Site } from '../lifecycle/site.ts'
import { verdictOf } from '../lifecycle/verdict.ts'
import { worldOf } from '../lifecycle/world.ts'
import type { EngineParts } from '../parts.ts'
import type { Decision } from '../plan/decide.ts'
import { certain, type Fate, fateOf, plannedWorld, shownChanges } from '../plan/foresee.ts'
import { type Kept, keptOf } from '../plan/kept.ts'
import { needsOf } from '../plan/needs.ts'
import { onlookerSite } from './onlooker.ts'
import { resourceView } from './resources.ts'

interface Planning {
  readonly stack: StackRow
  /** What the stack is to be, and what it was last to be. */
  readonly definition: StackDefinition
  readonly before: StackDefinition
  readonly showNested: boolean
}

/** A stack while it is planned. */
interface Plan extends Planning {
  readonly parts: EngineParts
  readonly caller: Caller
  readonly rows: Kept
  readonly fates: Map<string, Fate>
  readonly needs: ReadonlyMap<string, readonly string[]>
  readonly site: Site
}

/** Plans what the engine will do to each resource of a stack: by the very decisions that it takes when it comes to it. */
export async function planStack(
  parts: EngineParts,
  caller: Caller,
  planning: Planning,
): Promise<readonly ResourceChange[]> {
  const { stack } = planning
  const session = parts.access.forCaller(caller)
  const definition = await inCloud(parts, session, planning.definition)
  const recorded = await parts.store.resources(stack.id)
  const rows = keptOf(recorded, { definition, registry: parts.registry, templateId: '' })
  const needs = needsOf(definition, parts.registry, worldOf(rows))
  const former = await formerDefinitions(parts, stack, { rows: rows.values() })
  const site = onlookerSite(parts, caller, { stack, definition, rows, former })
  const plan: Plan = { ...planning, definition, parts, caller, rows, needs, fates: new Map(), site }
  const ordered = dependencyOrder(needs)
  const changes: ResourceChange[] = []
  for (const name of 'order' in ordered ? ordered.order : definition.resources.keys())
    changes.push(await planResource(plan, name))
  return [...changes, ...departures(plan, recorded)]
}

/** The resources that are not wanted any more. */
function departures(
  { stack, definition }: Plan,
  recorded: readonly ResourceRow[],
): readonly ResourceChange[] {
  const last = new Map(
    recorded.filter(({ name }) => !definition.resources.has(name)).map((row) => [row.name, row]),
  )
  return [...last].map(([name, row]) => {
    const resource = resourceView({ stack, definition, name, row, requiredBy: [] })
    const because = `it is not wanted any more${row.deletionPolicy === 'Retain' ? '; what it stands for is retained' : ''}`
    return { resource, does: 'delete', because, properties: [], perhaps: false }
  })
}

/** A resource of which something is recorded, and what it is to be. */
interface Present {
  readonly name: string
  readonly resource: ResourceDefinition
  readonly row: ResourceRow
  readonly values: Values
  readonly rewritten: readonly string[]
  readonly view: ResourceView
}

async function planResource(plan: Plan, name: string): Promise<ResourceChange> {
  const { stack, definition, rows, parts, fates } = plan
  const row = rows.get(name)
  const resource = definition.resources.get(name)
  const type = resource && typeOf(definition, resource, parts.registry)
  if (resource === undefined || type === undefined)
    throw new Error(`the type of resource ${name} is not known`)
  const requiredBy = [...plan.needs].filter(([, needs]) => needs.includes(name)).map(([user]) => user)
  const view = resourceView({ stack, definition, name, row, requiredBy })
  const change =
    row === undefined
      ? {
          resource: view,
          does: 'create' as const,
          because: 'it is not there yet',
          properties: [],
          perhaps: false,
        }
      : await planPresent(plan, type, { name, resource, row, view, ...wantedOf(plan, type, row) })
  fates.set(name, fateOf(change.does === 'delete' ? 'replace' : change.does))
  return change
}

function wantedOf(
  { definition, rows, fates, site }: Plan,
  type: AnyType,
  row: ResourceRow,
): Pick<Present, 'values' | 'rewritten'> {
  const world = plannedWorld(rows, fates)
  const { name } = row
  return {
    values: presentProperties(type, name, evaluateProperties(definition, name, world)),
    rewritten: rewrittenSince(site, row, world),
  }
}

async function planPresent(plan: Plan, type: AnyType, present: Present): Promise<ResourceChange> {
  const { row, resource, view } = present
  if (resource.externalId !== undefined)
    return { resource: view, does: 'leave', because: 'it is only looked at', properties: [], perhaps: false }
  if (type.is === 'resource' && isObserving(plan.site)) return await planObserved(plan, type, present)
  const decision = decisionOn(plan.site, row, { ...present, type })
  if (type.is === 'resource') return await planPlain(plan, type, { ...present, decision })
  if (await isGivenUp(new Hold(plan.site, row)))
    return changeOf(plan, type, {
      ...{ ...present, decision, perhaps: false },
      ...{ does: 'replace', because: 'it was found unhealthy' },
    })
  if (decision.does === 'leave' || decision.does === 'update')
    return await planNested(plan, type, { ...present, decision })
  return changeOf(plan, type, {
    ...present,
    decision,
    perhaps: decision.does !== 'create' && row.physicalId === null,
  })
}

/** The plan of what is compared with its object as that is now. */
async function planObserved(plan: Plan, type: AnyResource, present: Present): Promise<ResourceChange> {
  const hold = new Hold(plan.site, present.row)
  const gone = await observe(hold, type)
  const seen = { ...present, row: hold.row }
  const decision = gone ?? decisionOn(plan.site, seen.row, { ...seen, type })
  return await planPlain(plan, type, { ...seen, decision })
}

interface Decided extends Present {
  readonly decision: Decision
}

/** A name may stand for the same thing as before, a type may object, a failed object may be past mending: that is looked at. */
async function planPlain(plan: Plan, type: AnyResource, one: Decided): Promise<ResourceChange> {
  const { row, decision, values } = one
  const isOfValues =
    decision.does === 'update' || (decision.does === 'replace' && decision.difference.changed.length > 0)
  if (!isOfValues) return changeOf(plan, type, { ...one, perhaps: false })
  const surely = certain(values, row.properties)
  const isOpen = hasUnknown(values)
  try {
    const isRewritten = one.rewritten.length > 0 || row.type !== one.resource.type
    const question = { type, values: surely, mend: row.status === 'FAILED', isRewritten }
    const verdict = await verdictOf(new Hold(plan.site, row), question)
    const isSettled = !isOpen || verdict.does === 'replace'
    if (isSettled)
      return changeOf(plan, type, { ...one, does: verdict.does, because: verdict.because, perhaps: false })
    const perhaps = decision.does !== verdict.does || type.replaces !== undefined
    return changeOf(plan, type, { ...one, perhaps })
  } catch (error) {
    plan.parts.log.debug({ resource: one.name, error: messageOf(error) }, 'A change could not be foreseen')
    return changeOf(plan, type, { ...one, perhaps: true })
  }
}

interface Said extends Decided {
  readonly does?: 'leave' | 'update' | 'replace'
  readonly because?: string
  readonly perhaps: boolean
}

function changeOf(plan: Plan, type: AnyType, said: Said): ResourceChange {
  const { row, decision, values, name } = said
  const does = said.does ?? (decision.does === 'refuse' ? 'update' : decision.does)
  const difference = 'difference' in decision && does !== 'leave' ? decision.difference : undefined
  const isHidden = plan.definition.usesHidden(name) || plan.before.usesHidden(name)
  const properties = shownChanges({
    names: difference?.changed ?? [],
    replacing: difference?.replacing ?? [],
    before: row.properties,
    after: values,
    isSecret: (property) => isHidden || (type.properties as Shape)[property]?.options.secret === true,
  })
  return {
    resource: said.view,
    does,
    because: said.because ?? decision.because,
    properties,
    perhaps: said.perhaps,
  }
}

/** A nested resource changes if its child does: its own properties alone can't tell, for its template's file may differ. */
async function planNested(plan: Plan, type: AnyNested, one: Decided): Promise<ResourceChange> {
  const update = { ...one, does: 'update' as const, because: becauseOf(one.decision) }
  if (hasUnknown(one.values)) return changeOf(plan, type, { ...update, perhaps: true })
  try {
    return await planInside(plan, type, one)
  } catch (error) {
    const because = `${update.because}; it will fail: ${messageOf(error)}`
    return changeOf(plan, type, { ...update, because, perhaps: false })
  }
}

async function planInside(plan: Plan, type: AnyNested, one: Decided): Promise<ResourceChange> {
  const { definition, rows, fates, site } = plan
  const metadata = evaluateMetadata(definition, one.name, plannedWorld(rows, fates)) as JsonMap
  const aim = await lastAimOf(new Hold(site, one.row), { ...one, type, metadata })
  const inside = aim.child === undefined ? undefined : await planChild(plan, aim.child, aim)
  const isLeft = one.row.status === 'COMPLETE' && one.rewritten.length === 0 && !isObserving(site)
  const isSame = isLeft && isReached(aim)
  const said = isSame
    ? { does: 'leave' as const, because: 'nothing changed', perhaps: false }
    : { does: 'update' as const, because: becauseOf(one.decision), perhaps: hasUnknown(metadata) }
  const change = changeOf(plan, type, { ...one, ...said })
  return plan.showNested && inside !== undefined ? { ...change, nested: inside } : change
}

const becauseOf = ({ does, because }: Decision): string =>
  does === 'update' ? because : 'what is inside it changes'

async function planChild(
  { parts, caller, showNested, stack: { converge } }: Plan,
  child: StackRow,
  { template }: Aim,
): Promise<readonly ResourceChange[] | undefined> {
  const before = await parts.store.template(child.templateId)
  if (before === undefined) return undefined
  const definition = parts.definitions.of(child, template)
  const stack = { ...child, converge }
  const planning = { stack, definition, before: parts.definitions.of(child, before), showNested }
  return await planStack(parts, caller, planning)
}

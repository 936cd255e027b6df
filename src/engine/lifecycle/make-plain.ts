import { type JsonMap, sameJson } from '../../base/json.ts'
import type { Found } from '../../cloud/service.ts'
import type { AnyResource } from '../../plugin/index.ts'
import type { Shape } from '../../schema/index.ts'
import { mostFormer } from '../definition/former.ts'
import { type Decision, doubtful, isAsleep } from '../plan/decide.ts'
import { again } from './again.ts'
import { contextOf } from './context.ts'
import { complete, create, hasVanished, recoverCreate } from './create.ts'
import { meantBefore } from './decision.ts'
import { ResourceInError } from './failure.ts'
import { resolveNames, type Values } from './properties.ts'
import { remember, rememberMore } from './remember.ts'
import { removeObject } from './remove.ts'
import { leavePlace, replacementOf } from './replace.ts'
import { rest } from './rest.ts'
import type { Hold } from './site.ts'
import { done, underWay } from './state.ts'
import { wake } from './turn.ts'
import { isRepairable, update } from './update.ts'
import { type Verdict, verdictOf } from './verdict.ts'
import { holdsHidden, type Made, needsMeanwhile, refusedChange, restrict, type Wanted } from './wanted.ts'

type Plain = Wanted<AnyResource>

/** Brings a resource whose object is in a cloud, or nowhere, to what is wanted. */
export async function makePlain(hold: Hold, wanted: Plain, decision: Decision): Promise<Made> {
  if (isHalfMade(hold)) return await takeUp(hold, wanted)
  switch (decision.does) {
    case 'create':
      return await createWanted(hold, wanted)
    case 'leave':
      return await leave(hold, wanted)
    case 'refuse':
      return await refuse(hold, wanted, decision)
    case 'replace':
      // Where properties are the reason, their values may differ only as names and IDs of the same thing do.
      if (decision.difference.changed.length === 0) return await replace(hold, wanted)
      return await changeOrReplace(hold, wanted, decision.mend)
    default:
      return await changeOrReplace(hold, wanted, decision.mend)
  }
}

/** Whether a create was begun and never ended, or ended without an answer. */
export const isHalfMade = ({ row: { status, action, physicalId, intent } }: Hold): boolean =>
  (status === 'IN_PROGRESS' && action === 'CREATE') || (physicalId === null && intent?.does === 'create')

/** What may never change keeps no object that is lost anyway. */
async function refuse(
  hold: Hold,
  wanted: Plain,
  { mend, properties }: Extract<Decision, { does: 'refuse' }>,
): Promise<Made> {
  const { type, resource, values } = wanted
  if (mend && !(await isRepairable(type, hold, values))) return await replace(hold, wanted)
  throw refusedChange(resource, properties)
}

/** Goes on with a create that was interrupted; where something else is wanted by now, what was begun is finished first. */
async function takeUp(hold: Hold, wanted: Plain): Promise<Made> {
  const { type } = wanted
  // What another type began, only that can finish or remove.
  if (hold.row.type !== wanted.resource.type || meantBefore(hold.site, hold.row, type) !== undefined)
    return await replace(hold, wanted)
  const before = (hold.row.properties ?? {}) as Values
  const resolved = await resolveNames(hold.site, type.properties as Shape, before, true)
  const isThere = await recoverCreate(type, hold, resolved)
  if (!isThere || sameJson(before, wanted.values)) return await createWanted(hold, wanted)
  try {
    // What waited to be told something shall wait for what is wanted now.
    if (type.awaits === undefined) {
      const live = await complete(type, hold, { values: resolved })
      await concludeBegun(hold, { ...wanted, values: resolved }, live)
    }
  } catch (error) {
    if (!(error instanceof ResourceInError) && !(await hasVanished(type, hold, error))) throw error
    await removeObject(type, hold, resolved)
    hold.note({ physicalId: null })
    return await createWanted(hold, wanted)
  }
  return await changeOrReplace(hold, wanted, false)
}

async function createWanted(hold: Hold, wanted: Plain): Promise<Made> {
  const { type, resource, values, metadata, needs } = wanted
  hold.note({ type: resource.type, metadata, needs, deletionPolicy: resource.deletionPolicy })
  hold.note({ properties: values as JsonMap, sealed: holdsHidden(hold, wanted) })
  hold.jot({ ...underWay('CREATE'), templateId: hold.site.stack.templateId, intent: null })
  await leavePlace(hold, type)
  const resolved = await resolveNames(hold.site, type.properties as Shape, values)
  await dawdle(hold, wanted, 'CREATE')
  const live = await create(type, hold, resolved)
  await conclude(hold, { wanted: { ...wanted, values: resolved }, live, properties: values })
  return { row: hold.row }
}

/** The time that a resource takes of its own accord. */
async function dawdle(hold: Hold, { type, values }: Plain, action: 'CREATE' | 'UPDATE'): Promise<void> {
  const seconds = type.takes?.({ ...contextOf(type, hold, values), action }) ?? 0
  if (seconds > 0) await rest(hold.site, seconds * 1000)
}

interface Conclusion {
  /** With names resolved. */
  readonly wanted: Plain
  readonly live: Found | undefined
  /** As the template gives them. */
  readonly properties: Values
}

const ended = { ...done, intent: null }

async function conclude(hold: Hold, { wanted, live, properties }: Conclusion): Promise<void> {
  const { resource, metadata, needs } = wanted
  const remembered = await remember(hold, wanted, live)
  hold.jot({
    ...remembered,
    type: resource.type,
    metadata,
    needs,
    properties: properties as JsonMap,
    deletionPolicy: resource.deletionPolicy,
    templateId: hold.site.stack.templateId,
    ...ended,
  })
}

/**
 * Ends a create that was begun of something else. The row says already of what: what it needs, for it stands on that until
 * it is changed or gone, and what it was given, which may be secret though the template that is wanted now tells no secret.
 */
async function concludeBegun(hold: Hold, asBegun: Plain, live: Found | undefined): Promise<void> {
  const remembered = await remember(hold, asBegun, live)
  hold.jot({ ...remembered, sealed: remembered.sealed || hold.row.sealed, ...ended })
}

const fineAfterAll = 'Update status to COMPLETE for FAILED resource neither update nor replace.'

/** Nothing is to be done to the object; what is said of it may have changed all the same. */
async function leave(hold: Hold, wanted: Plain): Promise<Made> {
  const { resource, metadata, needs, values } = wanted
  const attributes = await rememberMore(hold, wanted)
  const said = { metadata, needs, deletionPolicy: resource.deletionPolicy, properties: values as JsonMap }
  const isUnfinished = hold.row.status !== 'COMPLETE' || hold.row.intent !== null
  const isOld = hold.site.former.size > mostFormer && hold.row.templateId !== hold.site.stack.templateId
  const statusReason = hold.row.status === 'FAILED' ? fineAfterAll : done.statusReason
  if (attributes !== undefined || hold.differsFrom(said) || isUnfinished || isOld) {
    const patch = { ...said, ...(attributes && { attributes }), templateId: hold.site.stack.templateId }
    const sealed = holdsHidden(hold, wanted)
    hold.jot({ ...patch, ...ended, statusReason, sealed })
  }
  return { row: hold.row }
}

async function changeOrReplace(hold: Hold, wanted: Plain, mend: boolean): Promise<Made> {
  const { type, values } = wanted
  const { length } = wanted.rewritten
  const isRewritten = length > 0 || hold.row.type !== wanted.resource.type
  const verdict = await verdictOf(hold, { type, values, mend, isRewritten })
  if (verdict.does === 'replace') return await replace(hold, wanted)
  if (verdict.does === 'leave') return await leave(hold, wanted)
  restrict(hold, 'update')
  try {
    await change(hold, wanted, verdict)
    return { row: hold.row }
  } catch (error) {
    // One that had failed was being cleared away when it was looked at.
    if (!mend || !(await hasVanished(type, hold, error))) throw error
    return await replace(hold, wanted)
  }
}

async function change(hold: Hold, wanted: Plain, { before, after, changed }: Verdict): Promise<void> {
  const { type, values } = wanted
  if (isAsleep(hold.row)) await wake(type, hold, before)
  const neverCompleted = hold.row.action === 'CREATE' && hold.row.status === 'FAILED'
  const toward = towardOf(hold, type.properties as Shape, values)
  await hold.set({
    ...underWay('UPDATE'),
    needs: needsMeanwhile(hold, wanted),
    sealed: holdsHidden(hold, wanted),
    intent: { does: 'update', since: hold.site.parts.clock.now(), toward },
  })
  await dawdle(hold, wanted, 'UPDATE')
  // One that failed while it was made may lack all that comes after the object itself.
  if (neverCompleted) await complete(type, hold, { values: after })
  const { actionRetryLimit: most } = hold.site.parts.options
  const live = await again(hold.site, { most, passing: ['unavailable', 'rate-limited'] }, () =>
    update(type, hold, { values: after, before, changed }),
  )
  await conclude(hold, { wanted: { ...wanted, values: after }, live, properties: values })
}

/** What the object is on its way to. Where an earlier change broke off, it may still be there instead. */
function towardOf({ row }: Hold, shape: Shape, properties: Values): JsonMap {
  const back = doubtful(row, shape).filter((name) => sameJson(row.properties?.[name], properties[name]))
  const earlier = back.map((name) => [name, row.intent?.toward?.[name] ?? null] as const)
  return { ...(properties as JsonMap), ...Object.fromEntries(earlier) }
}

/** Makes another object in the old one's place; the old one goes when nothing uses it any more. */
async function replace(hold: Hold, wanted: Plain): Promise<Made> {
  restrict(hold, 'replace')
  const replaced = await replacementOf(hold, wanted)
  await createWanted(hold, wanted)
  return { row: hold.row, replaced }
}

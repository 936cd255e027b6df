import { type JsonMap, sameJson } from '../../base/json.ts'
import type { Found } from '../../cloud/service.ts'
import type { AnyResource } from '../../plugin/index.ts'
import type { Shape } from '../../schema/index.ts'
import type { Decision } from '../plan/decide.ts'
import { difference } from '../plan/difference.ts'
import { contextOf } from './context.ts'
import { complete, create, recoverCreate } from './create.ts'
import { freshRow, type Made, type Wanted } from './make.ts'
import { resolveNames, type Values } from './properties.ts'
import { remember, rememberMore } from './remember.ts'
import { rest } from './settle.ts'
import { Hold } from './site.ts'
import { changesOf, isRepairable, update } from './update.ts'

type Plain = Wanted<AnyResource>

/** Brings a resource whose object is in a cloud, or nowhere, to what is wanted. */
export async function makePlain(hold: Hold, wanted: Plain, decision: Decision): Promise<Made> {
  if (hold.row.status === 'IN_PROGRESS' && hold.row.action === 'CREATE') return await takeUp(hold, wanted)
  switch (decision.does) {
    case 'create':
      return await createWanted(hold, wanted)
    case 'leave':
      return await leave(hold, wanted)
    case 'update':
      return await changeOrReplace(hold, wanted, decision.mend)
    case 'replace':
      return await replace(hold, wanted)
    case 'refuse':
      throw new Error(`NotSupported: ${decision.because}`)
  }
}

/** Goes on with a create that a crash interrupted; where something else is wanted by now, what was begun is finished first. */
async function takeUp(hold: Hold, wanted: Plain): Promise<Made> {
  const { type } = wanted
  const before = (hold.row.properties ?? {}) as Values
  const resolved = await resolveNames(hold.site, type.properties as Shape, before, true)
  const there = await recoverCreate(type, hold, resolved)
  if (!there || (hold.row.type === wanted.resource.type && sameJson(before, wanted.values)))
    return await createWanted(hold, wanted)
  const live = await complete(type, hold, { values: resolved })
  await conclude(hold, { wanted: { ...wanted, values: resolved }, live, properties: before })
  return hold.row.type === wanted.resource.type
    ? await changeOrReplace(hold, wanted, false)
    : await replace(hold, wanted)
}

async function createWanted(hold: Hold, wanted: Plain): Promise<Made> {
  const { type, resource, values, metadata, needs } = wanted
  hold.note({
    type: resource.type,
    metadata,
    needs,
    properties: values as JsonMap,
    deletionPolicy: resource.deletionPolicy,
  })
  void hold
    .set({ action: 'CREATE', status: 'IN_PROGRESS', statusReason: 'state changed', intent: null })
    .catch(() => {})
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

async function conclude(hold: Hold, { wanted, live, properties }: Conclusion): Promise<void> {
  const { resource, metadata, needs } = wanted
  const remembered = await remember(hold, wanted, live)
  void hold
    .set({
      ...remembered,
      metadata,
      needs,
      properties: properties as JsonMap,
      deletionPolicy: resource.deletionPolicy,
      templateId: hold.site.stack.templateId,
      intent: null,
      status: 'COMPLETE',
      statusReason: 'state changed',
    })
    .catch(() => {})
}

/** Nothing is to be done to the object; what is said of it may have changed all the same. */
async function leave(hold: Hold, wanted: Plain): Promise<Made> {
  const { resource, metadata, needs } = wanted
  const attributes = await rememberMore(hold, wanted)
  const said = { metadata, needs, deletionPolicy: resource.deletionPolicy }
  const news = !sameJson(said, {
    metadata: hold.row.metadata,
    needs: hold.row.needs,
    deletionPolicy: hold.row.deletionPolicy,
  })
  const unfinished = hold.row.status !== 'COMPLETE' || hold.row.intent !== null
  if (attributes !== undefined || news || unfinished || hold.row.replacedBy !== null) {
    const patch = { ...said, ...(attributes && { attributes }), templateId: hold.site.stack.templateId }
    void hold.set({ ...patch, status: 'COMPLETE', intent: null }).catch(() => {})
  }
  return { row: hold.row }
}

async function changeOrReplace(hold: Hold, wanted: Plain, mend: boolean): Promise<Made> {
  const { type, values } = wanted
  const shape = type.properties as Shape
  const resolved = await resolveNames(hold.site, shape, values)
  const before = await resolveNames(hold.site, shape, hold.row.properties ?? {}, true)
  const doubtful =
    hold.row.intent?.toward === undefined
      ? []
      : difference(shape, hold.row.properties ?? {}, hold.row.intent.toward).changed
  const { changed, replacing } = difference(shape, before, resolved, doubtful)
  if (replacing.length > 0 && !type.open) return await replace(hold, wanted)
  const context = contextOf(type, hold, resolved)
  if (mend && !(await isRepairable(type, hold, resolved))) return await replace(hold, wanted)
  if (
    type.replaces?.({ changed: changesOf(type, context.props, changed), props: context.props, before }) !==
    undefined
  ) {
    return await replace(hold, wanted)
  }
  if (changed.length === 0 && !mend) return await leave(hold, wanted)
  restrict(hold, 'update')
  await change(hold, { wanted: { ...wanted, values: resolved }, before, changed, properties: values })
  return { row: hold.row }
}

interface Alteration {
  readonly wanted: Plain
  readonly before: Values
  readonly changed: readonly string[]
  readonly properties: Values
}

async function change(hold: Hold, { wanted, before, changed, properties }: Alteration): Promise<void> {
  const { type, values } = wanted
  const neverCompleted = hold.row.action === 'CREATE' && hold.row.status === 'FAILED'
  await hold.set({
    action: 'UPDATE',
    status: 'IN_PROGRESS',
    statusReason: 'state changed',
    intent: { does: 'update', since: hold.site.parts.clock.now(), toward: properties as JsonMap },
  })
  await dawdle(hold, wanted, 'UPDATE')
  // One that failed while it was made may lack all that comes after the object itself.
  if (neverCompleted) await complete(type, hold, { values })
  const live = await update(type, hold, { values, before, changed })
  await conclude(hold, { wanted, live, properties })
}

/** Makes another object in the old one's place; the old one goes when nothing uses it any more. */
async function replace(hold: Hold, wanted: Plain): Promise<Made> {
  restrict(hold, 'replace')
  const old = new Hold(hold.site, hold.row)
  await freeForReplacement(old, wanted)
  const fresh = freshRow(hold.site, wanted.resource.name, wanted.needs)
  hold.row = { ...fresh, replaces: old.row.id }
  void old.set({ replacedBy: fresh.id }).catch(() => {})
  await createWanted(hold, wanted)
  return { row: hold.row, replaced: old.row }
}

async function freeForReplacement(old: Hold, { type }: Plain): Promise<void> {
  if (type.beforeReplaced === undefined || old.row.type !== type.type || old.row.physicalId === null) return
  const before = await resolveNames(old.site, type.properties as Shape, old.row.properties ?? {}, true)
  await type.beforeReplaced(contextOf(type, old, before))
}

function restrict({ site, row }: Hold, action: 'update' | 'replace'): void {
  const restricted = site.definition.environment.restrictedActionsOf(row.name)
  if (restricted.includes(action))
    throw new Error(`ResourceActionRestricted: ${action} is restricted for resource.`)
}

import type { JsonMap } from '../../base/json.ts'
import type { SnapshotRow, StackRow, TemplateRow } from '../../store/rows.ts'
import type { Targeting } from '../../store/store.ts'
import { type Act, acts } from '../plan/acts.ts'
import { begun, started } from '../plan/begin.ts'
import { type Aim, type Aiming, aimOf, isThere, lastAimOf, notesOfAim } from './aim.ts'
import { checkChild } from './check-child.ts'
import { childAt } from './child.ts'
import { selfOf } from './context.ts'
import { NestedFailure } from './failure.ts'
import { stackEvent } from './journal.ts'
import { keptNote } from './keep-state.ts'
import { isObserving } from './observe.ts'
import { rest } from './rest.ts'
import { adoptedSecret, seedsOf } from './seeds.ts'
import { settled } from './settled.ts'
import type { Hold, Site } from './site.ts'

/**
 * Brings the child stack to what it is to be, one template after the other. `first`: what that is to be first, if it was worked
 * out just now.
 */
export async function bringAbout(hold: Hold, wanted: Aiming, first?: Aim): Promise<void> {
  let aim = await goThere(hold, wanted, first ?? (await aimOf(hold, wanted)))
  for (let isFirst = true; ; isFirst = false, aim = await aimOf(hold, wanted)) {
    // One update replaces what was found unhealthy.
    if (isThere(aim) && (aim.healthy || !isFirst))
      return hold.note({ notes: { ...hold.row.notes, ...aim.ask.notes } })
    const underWay = underWayIn(aim)
    // The part that is under way must be there before the next is begun.
    if (aim.bitByBit && !aim.same && underWay !== undefined) {
      await settled(hold.site, underWay)
      continue
    }
    await reach(hold.site, aim.same && underWay !== undefined ? underWay : await target(hold, wanted, aim))
    if (aim.ask.more === undefined) return
    await rest(hold.site, aim.ask.more.pauseSeconds * 1000)
  }
}

/** What is really there inside of a child can only be seen by going there, though it is as it should be by what is known. */
async function goThere(hold: Hold, wanted: Aiming, aim: Aim): Promise<Aim> {
  if (!isObserving(hold.site) || !isThere(aim)) return aim
  await reach(hold.site, await target(hold, wanted, aim))
  return await aimOf(hold, wanted)
}

const underWayIn = ({ child }: Aim): string | undefined =>
  child?.status === 'IN_PROGRESS' && child.action !== 'DELETE' ? child.id : undefined

async function reach(site: Site, childId: string): Promise<void> {
  const { status, statusReason, deletedAt } = await settled(site, childId)
  if (deletedAt !== null) throw new NestedFailure('the nested stack was deleted')
  if (status === 'FAILED') throw new NestedFailure(statusReason)
}

/** Gives the child its target, together with the record that it is this resource's child. */
async function target(hold: Hold, wanted: Aiming, { ask, template, child }: Aim): Promise<string> {
  const { site } = hold
  const aimed =
    child === undefined
      ? newChild(hold, wanted, template)
      : retargeted(site, child, { action: 'UPDATE', templateId: template.id })
  const stack = ask.timeoutMins === undefined ? aimed : { ...aimed, timeoutMins: ask.timeoutMins }
  await checkChild(site, stack, template)
  await hold.set(
    { physicalId: stack.id, notes: notesOfAim(hold, ask) },
    { children: [targeting(site, stack, template)] },
  )
  site.parts.hints.work(stack.id)
  return stack.id
}

/** Has the child stack adopted, of what is known of it, and waits until it is. */
export async function adoptChild(hold: Hold, wanted: Aiming): Promise<void> {
  const { site, row } = hold
  const { [adoptedSecret]: adopted = '{}', ...secrets } = row.secrets
  const resources = JSON.parse(adopted) as JsonMap
  const aim = await lastAimOf(hold, wanted, Object.keys(resources))
  await reach(site, aim.child?.id ?? (await begin()))

  async function begin(): Promise<string> {
    const { template } = aim
    const stack: StackRow = {
      ...newChild(hold, wanted, template),
      ...started('ADOPT'),
    }
    await checkChild(site, stack, template)
    const ofChild = seedsOf(site.parts, {
      ...{ stackId: stack.id, templateId: template.id, resources },
      definition: site.parts.definitions.of(stack, template),
    })
    const notes = { ...row.notes, ...aim.ask.notes }
    const children = [targeting(site, stack, template)]
    await hold.set({ physicalId: stack.id, notes, secrets }, { children, ofChild })
    site.parts.hints.work(stack.id)
    return stack.id
  }
}

/** Whether a nested resource itself was found unhealthy, by somebody who did not look inside: then it is to be replaced. */
export async function isGivenUp({ site, row }: Hold): Promise<boolean> {
  if (row.action !== 'CHECK' || row.status !== 'FAILED') return false
  const child = await childAt(site.parts, row)
  return child !== undefined && !(child.action === 'CHECK' && child.status === 'FAILED')
}

/** Deletes the child stack and waits until it is gone. */
export async function removeChild(hold: Hold): Promise<void> {
  const { site, row } = hold
  const child = await childAt(site.parts, row)
  if (child === undefined) return
  if (child.action !== 'DELETE' || child.status !== 'IN_PROGRESS') {
    const stack = retargeted(site, child, { action: 'DELETE', templateId: child.templateId })
    await hold.set({}, { children: [targeting(site, stack)] })
  }
  site.parts.hints.work(child.id)
  const { status, statusReason } = await settled(site, child.id)
  if (status === 'FAILED') throw new NestedFailure(statusReason)
}

/** Has the child stack do what its parent does, and waits until it has. */
export async function passOn(hold: Hold, action: Act): Promise<void> {
  const { site, row } = hold
  const child = await childAt(site.parts, row)
  if (child === undefined) throw new Error(`Cannot ${action.toLowerCase()} ${row.name}, stack not created`)
  if (!(await isAsked(hold, child, action))) await askChild(hold, await quiet(site, child), action)
  const { onFailure } = acts[action]
  await (onFailure === 'stop' ? reach(site, child.id) : reachAll(site, child.id, action))
}

/** As `reach`, for an action that goes on after failures: all of them are told. */
async function reachAll(site: Site, childId: string, action: Act): Promise<void> {
  const { status, statusReason } = await settled(site, childId)
  if (status !== 'FAILED') return
  const rows = await site.parts.store.resources(childId)
  const failed = rows
    .filter((row) => row.action === action && row.status === 'FAILED')
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  // What is nested may tell of several itself.
  const reasons = failed.flatMap((row) => row.statusReason.split(/; (?=(?:[A-Za-z]+: )?resources[.[])/))
  throw new NestedFailure(...(reasons.length === 0 ? [statusReason] : reasons))
}

/** Whether this very action of the parent has been passed on already: before a crash, as it may be. */
async function isAsked({ site, row }: Hold, child: StackRow, action: Act): Promise<boolean> {
  if (action === 'SNAPSHOT') return keptNote(site.snapshotId) in row.notes
  const { parts, askedAt } = site
  return child.action === action && (await parts.store.deployment(child.id))?.askedAt === askedAt
}

/** A child that is being changed by somebody is acted on when that is over. */
const quiet = async (site: Site, child: StackRow): Promise<StackRow> =>
  child.status === 'IN_PROGRESS' ? await settled(site, child.id) : child

async function askChild(hold: Hold, child: StackRow, action: Act): Promise<void> {
  if (child.action === action && child.status === 'COMPLETE' && !acts[action].repeats) return
  const { site } = hold
  const stack = retargeted(site, child, { action, templateId: child.templateId })
  const snapshot = action === 'SNAPSHOT' ? snapshotOf(site, child) : undefined
  const noted = snapshot && { notes: { ...hold.row.notes, [keptNote(site.snapshotId)]: snapshot.id } }
  await hold.set({ ...noted }, { children: [{ ...targeting(site, stack), ...(snapshot && { snapshot }) }] })
  site.parts.hints.work(child.id)
}

/** A child's part in a snapshot of its parent. */
const snapshotOf = ({ parts }: Site, { id }: StackRow): SnapshotRow => ({
  ...{ id: parts.newId(), stackId: id, name: null, action: 'CREATE', status: 'IN_PROGRESS' },
  ...{ statusReason: '', createdAt: parts.clock.now(), document: null },
})

/** The row of a child stack that is still to be made. */
export function newChild(hold: Hold, { type }: Pick<Aiming, 'type'>, template: TemplateRow): StackRow {
  const { site, row } = hold
  const { stack, parts } = site
  return {
    id: template.stackId,
    name: selfOf(type, hold).physicalName,
    projectId: stack.projectId,
    parentId: stack.id,
    parentResourceId: row.id,
    parentResourceName: row.name,
    rootId: stack.rootId,
    depth: stack.depth + 1,
    ...started('CREATE'),
    templateId: template.id,
    previousTemplateId: null,
    // The parent rolls its children back.
    disableRollback: true,
    keepsObjects: false,
    converge: false,
    timeoutMins: stack.timeoutMins,
    tags: [],
    userId: stack.userId,
    userName: stack.userName,
    credentialId: stack.credentialId,
    createdAt: parts.clock.now(),
    updatedAt: null,
    deletedAt: null,
  }
}

function retargeted(
  { parts, stack }: Site,
  child: StackRow,
  { action, templateId }: Pick<StackRow, 'action' | 'templateId'>,
): StackRow {
  return {
    ...begun(child, action, parts.clock.now()),
    templateId,
    previousTemplateId: child.status === 'COMPLETE' ? child.templateId : child.previousTemplateId,
    keepsObjects: action === 'DELETE' && stack.keepsObjects,
    converge: action === 'UPDATE' && stack.converge,
    timeoutMins: stack.timeoutMins,
    credentialId: stack.credentialId,
  }
}

/** The child's time counts from when its parent's action was asked for, so that the whole tree times out at once. */
function targeting({ parts, askedAt }: Site, stack: StackRow, template?: TemplateRow): Targeting {
  return { stack, askedAt, events: [stackEvent(parts, stack)], ...(template && { template }) }
}

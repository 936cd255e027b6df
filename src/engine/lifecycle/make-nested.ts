import { type JsonMap, sameJson } from '../../base/json.ts'
import type { AnyNested } from '../../plugin/index.ts'
import type { ResourceRow } from '../../store/rows.ts'
import type { Decision } from '../plan/decide.ts'
import { type Aim, aimOf, isReached } from './aim.ts'
import { bringAbout, isGivenUp } from './nested.ts'
import { isObserving } from './observe.ts'
import { neededPaths, rememberChild } from './remember-child.ts'
import { replacementOf } from './replace.ts'
import type { Hold } from './site.ts'
import { done, underWay } from './state.ts'
import { holdsHidden, type Made, needsMeanwhile, refusedChange, restrict, type Wanted } from './wanted.ts'
import { attributeKey } from './world.ts'

type Nested = Wanted<AnyNested>

/** Brings a resource that is a stack of its own to what is wanted. */
export async function makeNested(hold: Hold, wanted: Nested, decision: Decision): Promise<Made> {
  if (decision.does === 'replace' || (await isGivenUp(hold))) {
    restrict(hold, 'replace')
    const replaced = await replacementOf(hold, wanted)
    await work(hold, wanted, { action: 'CREATE' })
    return { row: hold.row, replaced }
  }
  if (decision.does === 'refuse') throw refusedChange(wanted.resource, decision.properties)
  if (hold.row.physicalId === null) await work(hold, wanted, { action: 'CREATE' })
  else await change(hold, wanted)
  return { row: hold.row }
}

async function change(hold: Hold, wanted: Nested): Promise<void> {
  // What is really there inside of it can only be seen by going there.
  const mayStay = hold.row.status === 'COMPLETE' && wanted.rewritten.length === 0 && !isObserving(hold.site)
  const aim = mayStay ? await aimOf(hold, wanted) : undefined
  if (aim !== undefined && isReached(aim)) return await leave(hold, wanted, aim)
  restrict(hold, 'update')
  await work(hold, wanted, { action: 'UPDATE', aim })
}

interface Work {
  readonly action: 'CREATE' | 'UPDATE'
  /** What the child is to become first, if it was looked at. */
  readonly aim?: Aim | undefined
}

async function work(hold: Hold, wanted: Nested, { action, aim }: Work): Promise<void> {
  const { resource, values, metadata, needs } = wanted
  const begun = underWay(interrupted(hold.row) ?? action)
  const said = { type: resource.type, metadata, deletionPolicy: resource.deletionPolicy }
  const meanwhile = { needs: needsMeanwhile(hold, wanted), sealed: holdsHidden(hold, wanted) }
  // What can't be changed in place is what it is made with, whether that comes to its end or not.
  const made = action === 'CREATE' && { properties: values as JsonMap }
  hold.jot({ ...begun, ...said, ...meanwhile, ...made })
  await bringAbout(hold, wanted, aim)
  const remembered = await rememberChild(hold, wanted)
  const reached = { properties: values as JsonMap, needs, templateId: hold.site.stack.templateId }
  hold.jot({ ...remembered, ...reached, ...done, intent: null })
}

const interrupted = ({ status, action }: ResourceRow): 'CREATE' | undefined =>
  status === 'IN_PROGRESS' && action === 'CREATE' ? 'CREATE' : undefined

/** The child is as it should be; what is said of it, and what is read of it, may have changed all the same. */
async function leave(hold: Hold, wanted: Nested, { ask }: Aim): Promise<void> {
  const { resource, values, metadata, needs } = wanted
  const notes = { ...hold.row.notes, ...ask.notes }
  // What is noted may be read as an attribute.
  const isStale =
    !sameJson(notes, hold.row.notes) ||
    neededPaths(hold, wanted).some((path) => !(attributeKey(path) in hold.row.attributes))
  const said = {
    metadata,
    needs,
    deletionPolicy: resource.deletionPolicy,
    properties: values as JsonMap,
    notes,
  }
  if (!isStale && !hold.differsFrom(said)) return
  hold.note({ notes })
  const sealed = holdsHidden(hold, wanted)
  hold.jot({ ...said, sealed, ...(isStale && (await rememberChild(hold, wanted))) })
}

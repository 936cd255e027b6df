import type { JsonMap } from '../../base/json.ts'
import type { AnyNested, AnyResource } from '../../plugin/index.ts'
import type { ResourceRow, StackRow } from '../../store/rows.ts'
import { evaluateExternalId, evaluateMetadata, evaluateProperties } from '../../template/index.ts'
import { typeOf } from '../definition/types.ts'
import { adopt, refuseAdopted } from './adopt.ts'
import { decisionOn, rewrittenSince } from './decision.ts'
import { ActionFailed, ChangeForbidden, isLeftToNext } from './failure.ts'
import { pauseAt } from './hooks.ts'
import { makeNested } from './make-nested.ts'
import { isHalfMade, makePlain } from './make-plain.ts'
import { NotPassed } from './not-passed.ts'
import { isObserving, observe } from './observe.ts'
import { presentProperties, usableProperties } from './properties.ts'
import { quietReasonOf } from './quiet-reason.ts'
import { Hold, type Site } from './site.ts'
import { isToBeTakenOver, takeOverAsItWas } from './take-over.ts'
import { freshRow, type Made, type Wanted } from './wanted.ts'
import { worldOf } from './world.ts'

/** Brings one resource to what the template wants. Throws `ActionFailed` once its failure is recorded. */
export async function make(site: Site, name: string, needs: readonly string[]): Promise<Made> {
  const hold = new Hold(site, site.rows.get(name) ?? freshRow(site, name, needs))
  let made: Made
  try {
    await pauseBefore(hold)
    const wanted = want(site, name, needs)
    made = await perform(hold, wanted)
    site.rows.set(name, made.row)
  } catch (error) {
    throw await failed(hold, error)
  }
  // The resource itself is as it should be, whatever comes of the waiting.
  await pauseAfter(hold, made)
  return { ...made, row: hold.row }
}

const isMaking = ({ action }: StackRow): boolean => action === 'CREATE' || action === 'ADOPT'

async function pauseBefore(hold: Hold): Promise<void> {
  if (hold.site.stack.action === 'CREATE') return await pauseAt(hold, 'pre-create')
  const isThere = hold.row.action !== 'INIT'
  if (isThere && !isMaking(hold.site.stack)) await pauseAt(hold, 'pre-update')
}

async function pauseAfter(hold: Hold, { replaced }: Made): Promise<void> {
  const { site, row } = hold
  if (site.stack.action === 'CREATE') return await pauseAt(hold, 'post-create')
  // Also one that was changed before a crash, and had no time to wait.
  const isChanged = row.action === 'UPDATE' && row.updatedAt >= site.askedAt
  if (isChanged && replaced === undefined && !isMaking(site.stack)) await pauseAt(hold, 'post-update')
}

function want(site: Site, name: string, needs: readonly string[]): Wanted {
  const { definition, parts } = site
  const resource = definition.resources.get(name)
  if (resource === undefined) throw new Error(`there is no resource ${name}`)
  const type = typeOf(definition, resource, parts.registry)
  if (type === undefined) throw new Error(`The Resource Type (${resource.type}) could not be found.`)
  const world = worldOf(site.rows)
  // Nothing is made of the properties of what is there already, so that they need not be enough for it.
  const isTakenOver = evaluateExternalId(definition, name, world) !== undefined
  const valuesOf = isTakenOver ? presentProperties : usableProperties
  return {
    type,
    resource,
    values: valuesOf(type, name, evaluateProperties(definition, name, world)),
    metadata: evaluateMetadata(definition, name, world) as JsonMap,
    needs,
    rewritten: rewrittenSince(site, site.rows.get(name), world),
  }
}

async function perform(hold: Hold, wanted: Wanted): Promise<Made> {
  const { site } = hold
  const { resource, type } = wanted
  const externalId = evaluateExternalId(site.definition, resource.name, worldOf(site.rows))
  if (externalId !== undefined && type.is === 'resource')
    return await adopt(hold, wanted as Wanted<AnyResource>, externalId)
  refuseAdopted(hold)
  if (isToBeTakenOver(hold)) {
    const taken = await takeOverAsItWas(hold, wanted)
    if (site.stack.action === 'ADOPT') return taken
  }
  const decide = () => decisionOn(site, site.rows.has(resource.name) ? hold.row : undefined, wanted)
  if (type.is === 'nested') return await makeNested(hold, wanted as Wanted<AnyNested>, decide())
  const plain = wanted as Wanted<AnyResource>
  const gone = isObserving(site) && !isHalfMade(hold) ? await observe(hold, plain.type) : undefined
  return await makePlain(hold, plain, gone ?? decide())
}

/** Records a failure, but for one that is left to others, or that changed nothing. */
async function failed(hold: Hold, error: unknown): Promise<unknown> {
  const { site } = hold
  if (isLeftToNext(error, site.signal)) return error
  const action = isToBeTakenOver(hold) ? 'ADOPT' : actionOf(hold.row)
  const reason = await quietReasonOf(hold, action, error)
  if (!(error instanceof ChangeForbidden || error instanceof NotPassed)) {
    await hold.set({ action, status: 'FAILED', statusReason: reason })
    site.rows.set(hold.row.name, hold.row)
  }
  return new ActionFailed(action, reason, error)
}

/** What was being done when it failed, though it may have failed before it was begun. */
function actionOf({ action, status, physicalId }: ResourceRow): ResourceRow['action'] {
  if (action === 'INIT' || (action === 'CREATE' && physicalId === null)) return 'CREATE'
  return status === 'COMPLETE' || action === 'DELETE' ? 'UPDATE' : action
}

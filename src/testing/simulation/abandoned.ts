import { isMap, type JsonMap } from '../../base/json.ts'
import type { Scenario } from '../scenario.ts'
import { idsOf, treeOf } from './laws.ts'
import { outsideId } from './story.ts'

/** A stack that was abandoned, and who is to take over what it left. */
export interface Abandoned {
  readonly stack: string
  readonly document: JsonMap
  /** The ID of the stack that was asked to, whether or not it came to be. */
  heir: string | undefined
}

/** The IDs of the things that a document tells of, also of the stacks inside it. */
export function thingsIn({ resources }: JsonMap): readonly string[] {
  if (!isMap(resources)) return []
  return Object.values(resources).flatMap((said): readonly string[] => {
    if (!isMap(said)) return []
    if (isMap(said.resources)) return thingsIn(said as JsonMap)
    const { second } = isMap(said.resource_data) ? said.resource_data : {}
    const isThing = String(said.type).startsWith('Test::') && said.resource_id !== outsideId
    return isThing ? [said.resource_id, second].filter((id) => typeof id === 'string') : []
  })
}

/** Whether all that was abandoned is there and awake, so that it can be taken over. */
export function isWhole({ yard }: Scenario, { document }: Abandoned): boolean {
  const awake = new Set(yard.things.filter(({ status }) => status === 'ACTIVE').map(({ id }) => id))
  const ids = thingsIn(document)
  return document.status === 'COMPLETE' && isMade(document) && ids.every((id) => awake.has(id))
}

/** Whether every resource was made: a stack that went back to nothing is complete, too. */
const isMade = ({ resources }: JsonMap): boolean =>
  isMap(resources) &&
  Object.values(resources).every(
    (said) => isMap(said) && (isMap(said.resources) ? isMade(said as JsonMap) : said.resource_id !== null),
  )

/** Whether nobody was asked to take it over, or never heard of it. */
export const isFree = async ({ store }: Scenario, { heir }: Abandoned): Promise<boolean> =>
  heir === undefined || (await store.stack(heir)) === undefined

/** Whether its heir came to have all of it. */
export async function isTakenOver({ store }: Scenario, { heir }: Abandoned): Promise<boolean> {
  const events = heir === undefined ? [] : await store.listEvents([heir], {})
  return events.some(
    ({ physicalId, action, status }) => physicalId === heir && action === 'ADOPT' && status === 'COMPLETE',
  )
}

/** Whether forgetting the stack failed, so that somebody may have deleted the rest of it since. */
async function isBrokenOff({ store }: Scenario, { document }: Abandoned): Promise<boolean> {
  const events = await store.listEvents([String(document.id)], {})
  return events.some(
    ({ physicalId, action, status }) =>
      physicalId === document.id && action === 'DELETE' && status === 'FAILED',
  )
}

/**
 * Whether a stack is at taking over what was abandoned, or could not take over all of it. Who changes it then to anything else
 * leaves some of that behind, on which more may stand.
 */
export async function isTakingOver(
  play: Scenario,
  id: string | undefined,
  all: readonly Abandoned[],
): Promise<boolean> {
  const one = all.find(({ heir }) => heir === id)
  const stack = id === undefined ? undefined : await play.store.stack(id)
  if (one === undefined || stack === undefined || (await isTakenOver(play, one))) return false
  return stack.deletedAt === null && !(stack.action === 'ROLLBACK' && stack.status === 'COMPLETE')
}

/** That what was abandoned is left as it was as long as nobody takes it over. */
export async function missingOf(play: Scenario, all: readonly Abandoned[]): Promise<readonly string[]> {
  const there = new Set(play.yard.things.map(({ id }) => id))
  const missing: string[] = []
  for (const one of all) {
    const isSound = one.document.status === 'COMPLETE' && !(await isBrokenOff(play, one))
    if (!isSound || !(await isFree(play, one))) continue
    const gone = thingsIn(one.document).filter((id) => !there.has(id))
    missing.push(...gone.map((id) => `${id} is gone though ${one.stack} was abandoned`))
  }
  return missing
}

/** That a stack has all that it was to take over, as it was. */
export async function notTakenOver(
  play: Scenario,
  { document, heir }: Abandoned,
): Promise<readonly string[]> {
  const { rows } = await treeOf(play, heir ?? '')
  const owned = new Set(rows.flatMap(idsOf))
  const others = thingsIn(document).filter((id) => !owned.has(id))
  return others.map((id) => `${id} was abandoned, and is not taken over`)
}

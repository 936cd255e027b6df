import { isMap, type JsonMap } from '../../base/json.ts'
import { isCloudError, unlessGone, wordsOf } from '../../cloud/error.ts'
import type { Session } from '../../cloud/service.ts'
import type { AnyResource } from '../../plugin/index.ts'
import type { SnapshotRow, StackRow } from '../../store/rows.ts'
import { inside, typeInDocument } from '../definition/document-types.ts'
import type { EngineParts } from '../parts.ts'
import { again } from './again.ts'
import { clientsOf } from './clients.ts'
import { doubtful } from './keep-state.ts'
import { rest } from './rest.ts'
import { polled } from './settle.ts'
import type { Site } from './site.ts'

/** Makes a snapshot go with its stack, and what it kept in the clouds; what is still being made, once it is made. */
export async function clearSnapshot(site: Site, snapshot: SnapshotRow): Promise<void> {
  await removeKept({ ...site, waitsAt: site }, snapshot)
  site.journal.forgetSnapshot(snapshot.id)
}

/** Where kept states are removed. */
interface Place extends Pick<Site, 'parts' | 'signal'> {
  readonly stack: StackRow
  readonly session: Session
  /** The deployment that waits for what is in the middle of something; absent where somebody waits for an answer. */
  readonly waitsAt?: Site
}

/** Removes what a snapshot kept in the clouds. Safe to repeat. */
export async function removeKept(place: Place, snapshot: SnapshotRow): Promise<void> {
  const { document } = snapshot
  if (document === null) return
  const removals = keptOf(place.parts, place.stack, document)
  const outcomes = await Promise.allSettled(removals.map((one) => remove(place, one)))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) throw failure(snapshot, failed.reason)
}

function failure({ id, name }: SnapshotRow, error: unknown): unknown {
  if (!isCloudError(error)) return error
  return new Error(`Snapshot ${name ?? id} could not be deleted: ${wordsOf(error)}`, { cause: error })
}

/** Something that was kept, or may have been. */
interface Kept {
  readonly type: AnyResource
  readonly id: string
  readonly data: JsonMap
}

/** What was kept of the resources of a document, and of the documents inside it. */
function keptOf(parts: EngineParts, stack: StackRow, document: JsonMap): readonly Kept[] {
  const { resources } = document
  if (!isMap(resources)) return []
  const typeOf = typeInDocument(parts, stack, document)
  return Object.entries(resources).flatMap(([name, said]): readonly Kept[] => {
    if (!isMap(said)) return []
    if (isMap(said.resources)) return keptOf(parts, stack, inside(document, said as JsonMap))
    const type = typeOf(name, String(said.type))
    if (type?.is !== 'resource' || type.snapshot === undefined || !isMap(said.resource_data)) return []
    return [{ type, id: String(said.resource_id), data: said.resource_data as JsonMap }]
  })
}

async function remove(place: Place, kept: Kept): Promise<void> {
  const { actionRetryLimit: most } = place.parts.options
  const { snapshot } = kept.type
  if (snapshot === undefined) return
  await again(place, { most, passing: ['conflict', 'unavailable', 'rate-limited'] }, async () => {
    const id = kept.data[snapshot.as] ?? (await findDoubtful(place, kept))
    if (typeof id !== 'string') return
    await unlessGone(removeOnceIdle(place, kept.type, id))
  })
}

/** A cloud may refuse to remove what is still being made; how long that takes depends on how large it is. */
async function removeOnceIdle({ session, waitsAt }: Place, type: AnyResource, kept: string): Promise<void> {
  const context = { ...clientsOf(session, type), kept }
  if (waitsAt === undefined) {
    await type.snapshot?.remove(context)
    return
  }
  await polled(waitsAt, async () => {
    try {
      await type.snapshot?.remove(context)
      return true
    } catch (error) {
      if (!isCloudError(error, 'bad-request') || !(await type.snapshot?.isBusy?.(context))) throw error
      return undefined
    }
  })
}

/** A request that was given up for lost may yet arrive: until it can't any more, what it makes is looked for. */
async function findDoubtful(place: Place, { type, id, data }: Kept): Promise<string | undefined> {
  const mark = data[doubtful.mark]
  const since = Number(data[doubtful.since])
  if (typeof mark !== 'string') return undefined
  const { clock, options } = place.parts
  const look = () => type.snapshot?.find({ ...clientsOf(place.session, type), id, mark })
  for (let pause = 200; clock.now() < since + options.doubtMs; pause = Math.min(pause * 2, 2000)) {
    const found = await look()
    if (found !== undefined) return found
    await rest(place, pause)
  }
  return await look()
}

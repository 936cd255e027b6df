import type { JsonMap } from '../base/json.ts'
import { BadRequest } from '../contract/problems.ts'
import { stacks } from '../contract/rest/index.ts'
import { malformed } from './faults.ts'
import { answer, type Route, stackIn } from './route.ts'
import { snapshotReply } from './shapes.ts'

const create = answer(stacks.createSnapshot, async ({ path, body, caller, engine }) =>
  snapshotReply(await engine.createSnapshot(caller, { stack: stackIn(path), ...nameIn(body) })),
)

const mostCharacters = 255

function nameIn({ name = null }: JsonMap): { readonly name?: string } {
  if (name === null) return {}
  if (typeof name !== 'string') throw malformed()
  if (name.length > mostCharacters)
    throw BadRequest({ message: `The name of the snapshot is longer than ${mostCharacters} characters` })
  return { name }
}

const list = answer(stacks.listSnapshots, async ({ path, caller, engine }) => ({
  snapshots: (await engine.listSnapshots(caller, { stack: stackIn(path) })).map(snapshotReply),
}))

const show = answer(stacks.showSnapshot, async ({ path, caller, engine }) => ({
  snapshot: snapshotReply(
    await engine.showSnapshot(caller, { stack: stackIn(path), snapshot: path.snapshot_id }),
  ),
}))

const remove = answer(stacks.deleteSnapshot, async ({ path, caller, engine }) => {
  await engine.deleteSnapshot(caller, { stack: stackIn(path), snapshot: path.snapshot_id })
  return null
})

const restore = answer(stacks.restoreSnapshot, async ({ path, caller, engine }) => {
  await engine.restoreSnapshot(caller, { stack: stackIn(path), snapshot: path.snapshot_id })
  return null
})

/** What answers for the snapshots of stacks. */
export const snapshotRoutes: readonly Route[] = [create, list, show, remove, restore]

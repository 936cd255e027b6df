import { type Clock, systemClock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { messageOf } from '../base/problem.ts'
import type { Ask, Room } from './batch.ts'
import { type Database, openDatabase } from './database.ts'
import * as deployments from './deployments.ts'
import * as events from './events.ts'
import { fernet, type Sealer } from './fernet.ts'
import { openGroup } from './group.ts'
import { insertAll } from './insert.ts'
import * as lists from './list-stacks.ts'
import { migrate } from './migrations.ts'
import { credentialRow, engineRecord, engineRow } from './records.ts'
import * as resources from './resources.ts'
import * as stacks from './stacks.ts'
import { OwnershipLost, type Store } from './store.ts'
import { createStack, retarget, saveCredentials } from './targets.ts'
import { Templates } from './templates.ts'

export interface StoreOptions {
  /** Where the database is: see `readConnection`. */
  readonly connection: string
  /** What secrets are encrypted with: `auth_encryption_key`. */
  readonly encryptionKey: string
  readonly log: Log
  readonly clock?: Clock
  /** How many events a stack keeps, about; 0: all. */
  readonly maxEventsPerStack?: number
  /** The fewer, the more often too many events are looked for. */
  readonly eventPurgeBatchSize?: number
  /** Chance, from 0 to 1. */
  readonly random?: () => number
}

/** Opens a store, and creates or updates its tables. Throws if they are newer than this program, or of another key. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { connection, encryptionKey, log, clock = systemClock } = options
  const sealer = fernet(encryptionKey)
  const database = await openDatabase({ connection, log })
  try {
    await migrate(database, clock)
    await checkKey(database, sealer)
  } catch (error) {
    await database.close()
    throw error
  }
  return storeOf(
    { database, sealer, templates: new Templates(database, sealer, clock) },
    purge(database, options),
  )
}

/** A wrong key would be noticed only when a secret is needed, and would mix with the right one until then. */
async function checkKey(database: Database, sealer: Sealer): Promise<void> {
  const name = 'key'
  const own = { name, value: sealer.seal(name) }
  const { value } = await database.transaction(async (tx) => {
    await insertAll(database, tx, 'hearth_setting', { rows: [own], clash: { does: 'keep', key: ['name'] } })
    return tx.selectFrom('hearth_setting').select('value').where('name', '=', name).executeTakeFirstOrThrow()
  })
  try {
    sealer.unseal(value)
  } catch (cause) {
    throw new Error('the database was encrypted with another auth_encryption_key', { cause })
  }
}

type Purge = (asks: readonly Ask[]) => Promise<void>

/** Drops the oldest events of stacks that were just given some, now and then, so that a stack keeps about as many as it may. */
function purge(database: Database, options: StoreOptions): Purge {
  const {
    maxEventsPerStack: most = 1000,
    eventPurgeBatchSize: batch = 200,
    random = Math.random,
    log,
  } = options
  const chance = (count: number) => 1 - (1 - Math.min(1, 2 / batch)) ** count
  return async (asks) => {
    if (most <= 0) return
    for (const [stackId, count] of eventsAdded(asks)) {
      if (random() > chance(count)) continue
      await database
        .transaction((tx) => events.dropOldest(tx, stackId, most))
        .catch((error: unknown) =>
          log.warn({ stackId, error: messageOf(error) }, 'old events could not be dropped'),
        )
    }
  }
}

/** How many events each stack was given. */
function eventsAdded(asks: readonly Ask[]): ReadonlyMap<string, number> {
  const added = new Map<string, number>()
  const changes = asks.flatMap((ask) => (ask.does === 'release' ? [] : [ask.change]))
  for (const { stackId } of changes.flatMap(({ events = [] }) => events)) {
    added.set(stackId, (added.get(stackId) ?? 0) + 1)
  }
  return added
}

function storeOf(room: Room, afterwards: Purge): Store {
  const { database, templates } = room
  const group = openGroup(room, afterwards)
  return {
    async write(change) {
      await group.add({ does: 'write', owner: change.owner, change })
    },
    finish: (owner, request, last) => group.add({ does: 'finish', owner, request, change: last }),
    async release(owner) {
      await group.add({ does: 'release', owner }).catch((error: unknown) => {
        if (!(error instanceof OwnershipLost)) throw error
      })
    },

    createStack: (target) => createStack(room, target),
    retarget: (target) => retarget(room, target),

    claimable: (deadBefore) => database.read((db) => deployments.claimable(db, deadBefore)),
    claim: (deployment, engineId) => deployments.claim(database, deployment, engineId),
    deployment: (stackId) => database.read((db) => deployments.byStack(db, stackId)),

    stack: (id) => database.read((db) => stacks.byId(db, id)),
    stackByName: (projectId, name) => database.read((db) => stacks.byName(db, projectId, name)),
    children: (stackId) => database.read((db) => stacks.childrenOf(db, stackId)),
    tree: (rootId) => database.read((db) => stacks.treeOf(db, rootId)),
    listStacks: (projectId, query, hiddenTags) => lists.page(database, { projectId, query, hiddenTags }),
    countStacks: (projectId, query, hiddenTags) => lists.count(database, { projectId, query, hiddenTags }),
    countLive: (projectId) => database.read((db) => stacks.countRoots(db, projectId)),

    template: (id) => templates.read(id),
    forgetTemplates: (stackId, keep) => templates.forget(stackId, keep),
    resources: (stackId, names) =>
      database.read((db) => resources.ofStack(db, database.dialect, { stackId, names }, room.sealer)),
    resource: (id) => database.read((db) => resources.byId(db, id, room.sealer)),
    ownedPhysicalIds: (ids) => database.read((db) => resources.owned(db, database.dialect, ids)),
    countResources: (rootId) => database.read((db) => resources.countOfTree(db, rootId)),
    listEvents: (stackIds, query) => events.pageOf(database, stackIds, query),
    event: (stackId, id) => database.read((db) => events.byId(db, stackId, id)),

    ...credentialsOf(room),
    ...enginesOf(room),

    async close() {
      await group.settled()
      await database.close()
    },
  }
}

function credentialsOf(room: Room): Pick<Store, 'credential' | 'saveCredential' | 'forgetCredential'> {
  const { database, sealer } = room
  return {
    async credential(id) {
      const record = await database.read((db) =>
        db.selectFrom('hearth_credential').selectAll().where('id', '=', id).executeTakeFirst(),
      )
      return record && credentialRow(record, sealer)
    },
    saveCredential: (row) => database.transaction((tx) => saveCredentials(room, tx, [row])),
    async forgetCredential(id) {
      await database.transaction((tx) => tx.deleteFrom('hearth_credential').where('id', '=', id).execute())
    },
  }
}

function enginesOf({ database }: Room): Pick<Store, 'heartbeat' | 'engines' | 'forgetEngine'> {
  return {
    heartbeat: (engine) =>
      database.transaction((tx) =>
        insertAll(database, tx, 'hearth_engine', {
          rows: [engineRecord(engine)],
          clash: { does: 'overwrite', key: ['id'] },
        }),
      ),
    async engines() {
      const records = await database.read((db) =>
        db.selectFrom('hearth_engine').selectAll().orderBy('id').execute(),
      )
      return records.map(engineRow)
    },
    async forgetEngine(id) {
      await database.transaction((tx) => tx.deleteFrom('hearth_engine').where('id', '=', id).execute())
    },
  }
}

import { type Clock, systemClock } from '../base/clock.ts'
import type { Log } from '../base/log.ts'
import { type Meter, unmeasured } from '../base/metrics.ts'
import { messageOf } from '../base/problem.ts'
import { type Tracer, untraced } from '../base/tracing.ts'
import { Unavailable } from '../contract/problems.ts'
import { addSignal } from './add-signal.ts'
import { announcements } from './announcements.ts'
import type { Room } from './batch.ts'
import * as calls from './calls.ts'
import { type Database, openDatabase } from './database.ts'
import * as deployments from './deployments.ts'
import * as engines from './engines.ts'
import * as events from './events.ts'
import { fernet, type Sealer } from './fernet.ts'
import { openGroup } from './group.ts'
import { insertAll } from './insert.ts'
import * as lists from './list-stacks.ts'
import { resealing } from './maintenance/reseal.ts'
import { migrate } from './migrations.ts'
import { type Purge, purgeOf } from './purge.ts'
import { credentialRow } from './records.ts'
import * as resources from './resources.ts'
import * as signals from './signals.ts'
import * as snapshots from './snapshots.ts'
import { softwareStore } from './software-store.ts'
import * as projects from './stack-projects.ts'
import * as stacks from './stacks.ts'
import { OwnershipLost, type Store } from './store.ts'
import { amend, createStack, retarget, saveCredentials } from './targets.ts'
import { Templates } from './templates.ts'
import { traced } from './traced.ts'

export interface StoreOptions extends StoreSettings {
  /** Where the database is: see `readConnection`. */
  readonly connection: string
}

export interface StoreSettings {
  /** What secrets are encrypted with: `auth_encryption_key`. */
  readonly encryptionKey: string
  readonly log: Log
  readonly clock?: Clock
  readonly meter?: Meter
  readonly tracer?: Tracer
  /** Waits for the database, if it can't be reached yet. */
  readonly waits?: boolean
  /** How many events a stack keeps; 0: all. */
  readonly maxEventsPerStack?: number
  /** How many more it may have while it is deployed. */
  readonly eventPurgeBatchSize?: number
}

/** Opens a store, and creates or updates its tables. Throws if they are newer than this program, or of another key. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { connection, encryptionKey, log, clock = systemClock } = options
  const database = await openDatabase({ connection, log })
  try {
    const prepare = async () => {
      await migrate(database, clock)
      await checkKey(database, fernet(encryptionKey))
    }
    await (options.waits ? patiently(database, prepare) : prepare())
  } catch (error) {
    await database.close()
    throw error
  }
  return storeOver(database, options)
}

/** Does some work that can be begun again, as often as it takes until the database stays there for as long. */
async function patiently(database: Database, work: () => Promise<void>): Promise<void> {
  await database.insist(async () => {
    try {
      await work()
    } catch (error) {
      throw database.mishap(error) === 'away' ? Unavailable({ message: messageOf(error) }) : error
    }
  })
}

/** A store over a database that is open, and whose tables are as they should be. */
export function storeOver(database: Database, options: StoreSettings): Store {
  const sealer = fernet(options.encryptionKey)
  const templates = new Templates(database, sealer, options.clock ?? systemClock)
  const { maxEventsPerStack: most = 1000, eventPurgeBatchSize: batch = 200, log } = options
  const { meter = unmeasured, tracer = untraced } = options
  const purge = purgeOf(database, { most, batch, log })
  const store = storeOf({ database, sealer, templates }, purge, { log, meter })
  return tracer === untraced ? store : traced(store, tracer)
}

/** A wrong key would be noticed only when a secret is needed, and would mix with the right one until then. */
async function checkKey(database: Database, sealer: Sealer): Promise<void> {
  const name = 'key'
  const own = { name, value: sealer.seal(name) }
  const { value } = await database.transaction(async (tx) => {
    await insertAll(database, tx, 'hearth_setting', { rows: [own], clash: { does: 'keep', key: ['name'] } })
    const settings = await tx.selectFrom('hearth_setting').selectAll().execute()
    if (settings.some((setting) => setting.name === resealing))
      throw new Error(
        'the database is being encrypted with a new key: run `hearth manage re-encrypt` to its end',
      )
    return settings.find((setting) => setting.name === name) ?? own
  })
  try {
    sealer.unseal(value)
  } catch (cause) {
    throw new Error('the database was encrypted with another auth_encryption_key', { cause })
  }
}

function storeOf(
  room: Room,
  purge: Purge,
  { log, meter }: { readonly log: Log; readonly meter: Meter },
): Store {
  const { database, templates } = room
  const told = announcements(log)
  const group = openGroup(room, { meter, afterwards: tellingThenPurging(told, purge) })
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

    ...targetsOf(room, told),

    claimable: (living) => database.read((db) => deployments.claimable(db, living)),
    claim: (deployment, engineId) => deployments.claim(database, deployment, engineId),
    deployment: (stackId) => database.read((db) => deployments.byStack(db, stackId)),
    deployments: (stackIds) => deployments.ofStacks(database, stackIds),

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
    unhealthyStacks: (rootId) => database.read((db) => resources.unhealthyStacks(db, rootId)),
    countResources: (rootId) => database.read((db) => resources.countOfTree(db, rootId)),
    listEvents: (stackIds, query) => events.pageOf(database, stackIds, query),
    onEvents: told.listen,
    event: (stackId, id) => database.read((db) => events.byId(db, stackId, id)),

    signals: (resourceId) => database.read((db) => signals.ofResource(db, resourceId, room.sealer)),
    async addSignal(arrival) {
      const isStored = await addSignal(room, arrival)
      if (isStored) told.tell(arrival.events)
      if (isStored) await purge({ events: arrival.events, left: [] })
      return isStored
    },
    forgetSignals: (resourceId, ids) =>
      database.transaction((tx) => signals.dropSome(database, tx, resourceId, ids)),

    carriedOut: (call) => calls.carriedOut(room, call),
    forgetCalls: (before) => calls.forgetCalls(database, before),

    ...snapshotsOf(room),
    ...softwareStore(room),
    ...stackProjectsOf(room),
    ...credentialsOf(room),
    ...enginesOf(room),

    async close() {
      await group.settled()
      await database.close()
    },
  }
}

const tellingThenPurging = (told: ReturnType<typeof announcements>, purge: Purge): Purge =>
  async function afterwards(news) {
    told.tell(news.events)
    await purge(news)
  }

/** What is stored by those who own nothing. */
function targetsOf(
  room: Room,
  told: ReturnType<typeof announcements>,
): Pick<Store, 'createStack' | 'retarget' | 'amend'> {
  return {
    async createStack(target) {
      await createStack(room, target)
      told.tell(target.events ?? [])
    },
    async retarget(target) {
      const isPlaced = await retarget(room, target)
      if (isPlaced) told.tell(target.events ?? [])
      return isPlaced
    },
    async amend(stackId, seen, change) {
      const isDone = await amend(room, { stackId, seen, ...change })
      if (isDone) told.tell(change.events)
      return isDone
    },
  }
}

type SnapshotStore = Pick<
  Store,
  'snapshots' | 'countSnapshots' | 'snapshot' | 'changeSnapshot' | 'forgetSnapshot'
>

function snapshotsOf(room: Room): SnapshotStore {
  const { database, sealer } = room
  return {
    snapshots: (stackId, status) => database.read((db) => snapshots.ofStack(db, { stackId, status }, sealer)),
    countSnapshots: (stackId) => database.read((db) => snapshots.countOfStack(db, stackId)),
    snapshot: (id) => database.read((db) => snapshots.byId(db, id, sealer)),
    changeSnapshot: (row, call) => snapshots.changeState(room, row, call),
    forgetSnapshot: (id) =>
      database.transaction((tx) => snapshots.write(room, tx, new Map([[id, undefined]]))),
  }
}

type StackProjects = Pick<
  Store,
  'stackProject' | 'stackProjectOf' | 'saveStackProject' | 'forgetStackProject'
>

function stackProjectsOf({ database }: Room): StackProjects {
  return {
    stackProject: (rootId) => database.read((db) => projects.ofRoot(db, rootId)),
    stackProjectOf: (projectId) => database.read((db) => projects.byProject(db, projectId)),
    saveStackProject: (row) => projects.save(database, row),
    forgetStackProject: (rootId) => projects.forget(database, rootId),
  }
}

type Credentials = Pick<
  Store,
  'credential' | 'credentialsAfter' | 'saveCredential' | 'forgetCredential' | 'leftCredentials'
>

/** Encrypted ones take a while to read: meanwhile others wait. */
const credentialsAtOnce = 200

function credentialsOf(room: Room): Credentials {
  const { database, sealer } = room
  return {
    async credential(id) {
      const record = await database.read((db) =>
        db.selectFrom('hearth_credential').selectAll().where('id', '=', id).executeTakeFirst(),
      )
      return record && credentialRow(record, sealer)
    },
    async credentialsAfter(id) {
      const records = await database.read((db) =>
        db
          .selectFrom('hearth_credential')
          .selectAll()
          .where('id', '>', id)
          .orderBy('id')
          .limit(credentialsAtOnce)
          .execute(),
      )
      return records.map((record) => credentialRow(record, sealer))
    },
    saveCredential: (row) => database.transaction((tx) => saveCredentials(room, tx, [row])),
    async forgetCredential(id) {
      await database.transaction((tx) => tx.deleteFrom('hearth_credential').where('id', '=', id).execute())
    },
    leftCredentials: (before) => database.read((db) => stacks.goneWithCredentials(db, before)),
  }
}

const enginesOf = ({ database }: Room): Pick<Store, 'now' | 'heartbeat' | 'engines' | 'forgetEngine'> => ({
  now: () => database.now(),
  heartbeat: (engine) => engines.heartbeat(database, engine),
  engines: () => engines.all(database),
  forgetEngine: (id) => engines.forget(database, id),
})

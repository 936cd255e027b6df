import { systemClock } from '../../base/clock.ts'
import type { Log } from '../../base/log.ts'
import { mask } from '../../base/text.ts'
import { openDatabase } from '../database.ts'
import * as engines from '../engines.ts'
import { fernet } from '../fernet.ts'
import { migrate, migrations, versionOf } from '../migrations.ts'
import { resourceRow } from '../records.ts'
import type { EngineRow } from '../rows.ts'
import { type DatabaseFacts, examine } from './examine.ts'
import { type PurgeQuery, purgeDeleted } from './purge-deleted.ts'
import { reseal } from './reseal.ts'
import { resetStatus } from './reset-status.ts'

/** What operators do to a database, whether or not engines are at work on it. */
export interface Maintenance {
  /** The version of its tables, and the one that this program brings them to; 0: there are none. */
  version(): Promise<{ readonly present: number; readonly newest: number }>
  migrate(): Promise<void>
  purgeDeleted(query: PurgeQuery): Promise<number>
  resetStatus(stackId: string): Promise<readonly string[] | undefined>
  /** Encrypts with `encryptionKey` what was encrypted with another. No engine may be at work. */
  reseal(formerKey: string): Promise<number>
  /** What a resource keeps for itself, secrets without their values; by its own ID or that of its object. */
  resourceData(id: string): Promise<Readonly<Record<string, string>> | undefined>
  engines(): Promise<readonly EngineRow[]>
  forgetEngine(id: string): Promise<void>
  examine(): Promise<DatabaseFacts>
  close(): Promise<void>
}

interface MaintenanceOptions {
  readonly connection: string
  readonly encryptionKey: string
  readonly log: Log
}

/** Opens a database for maintenance. Nothing is changed by that: not even tables are made. */
export async function openMaintenance(options: MaintenanceOptions): Promise<Maintenance> {
  const { connection, encryptionKey, log } = options
  const database = await openDatabase({ connection, log })
  return {
    version: async () => ({ present: (await versionOf(database)) ?? 0, newest: migrations.length }),
    migrate: () => migrate(database, systemClock),
    purgeDeleted: (query) => purgeDeleted(database, query),
    resetStatus: (stackId) => resetStatus(database, stackId, systemClock.now()),
    reseal: (formerKey) => reseal(database, { before: fernet(formerKey), now: fernet(encryptionKey) }),
    async resourceData(id) {
      const record = await database.read((db) =>
        db
          .selectFrom('hearth_resource')
          .selectAll()
          .where((eb) => eb.or([eb('id', '=', id), eb('physical_id', '=', id)]))
          .executeTakeFirst(),
      )
      if (record === undefined) return undefined
      const { notes, secrets } = resourceRow(record, fernet(encryptionKey))
      return { ...notes, ...Object.fromEntries(Object.keys(secrets).map((name) => [name, mask])) }
    },
    engines: async () => (await engines.all(database)).toSorted(byHost),
    forgetEngine: (id) => engines.forget(database, id),
    examine: () => examine(database, encryptionKey),
    close: () => database.close(),
  }
}

const byHost = (a: EngineRow, b: EngineRow): number => (a.host < b.host ? -1 : a.host > b.host ? 1 : 0)

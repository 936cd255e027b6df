import type { Database } from './database.ts'
import { insertAll } from './insert.ts'
import { engineRecord, engineRow } from './records.ts'
import type { EngineRow } from './rows.ts'

/** Says that an engine is alive; the first time, that it exists. */
export const heartbeat = (database: Database, engine: EngineRow): Promise<void> =>
  database.transaction((tx) =>
    insertAll(database, tx, 'hearth_engine', {
      rows: [engineRecord(engine)],
      clash: { does: 'overwrite', key: ['id'] },
    }),
  )

export async function all(database: Database): Promise<readonly EngineRow[]> {
  const records = await database.read((db) =>
    db.selectFrom('hearth_engine').selectAll().orderBy('id').execute(),
  )
  return records.map(engineRow)
}

export async function forget(database: Database, id: string): Promise<void> {
  await database.transaction((tx) => tx.deleteFrom('hearth_engine').where('id', '=', id).execute())
}

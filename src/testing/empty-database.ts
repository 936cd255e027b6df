import { silent } from '../base/log.ts'
import { openDatabase } from '../store/database.ts'
import type { Tables } from '../store/tables.ts'

/** What a database keeps of its own making, whatever was stored in it. */
const kept = ['hearth_schema', 'hearth_setting']

/** Takes all that earlier stories left out of a database that was given for tests. */
export async function emptyDatabase(connection: string): Promise<void> {
  const database = await openDatabase({ connection, log: silent })
  try {
    const tables = await database.db.introspection.getTables()
    const names = tables.map(({ name }) => name).filter((name) => name.startsWith('hearth_'))
    for (const name of names.filter((one) => !kept.includes(one)))
      await database.db.deleteFrom(name as keyof Tables).execute()
  } finally {
    await database.close()
  }
}

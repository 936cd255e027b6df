import { createHash } from 'node:crypto'
import type { Clock } from '../base/clock.ts'
import type { Database, Tx } from './database.ts'
import type { Sealer } from './fernet.ts'
import { insertAll } from './insert.ts'
import { recent } from './recent.ts'
import { filesOf, templateRecord, templateRow } from './records.ts'
import type { TemplateRow } from './rows.ts'
import type { FilesRecord, TemplateRecord } from './tables.ts'

type Files = TemplateRow['files']

/** Templates, which never change: those in use are kept in memory. The same files are stored once for all templates. */
export interface Templates {
  /** Stores templates within a transaction; call what it answers once that is committed. */
  save(tx: Tx, rows: readonly TemplateRow[]): Promise<() => void>
  read(id: string): Promise<TemplateRow | undefined>
  /** Drops a stack's templates but for these, and for those that its row speaks of. */
  forget(stackId: string, keep: readonly string[]): Promise<void>
}

const minute = 60_000
/** Files that nothing refers to are dropped only this long after their last use, so that none is dropped that is about to be referred to. */
const filesKeptFor = 60 * minute
const filesFreshFor = 10 * minute
/** In characters. */
const mostInMemory = 32 * 1024 * 1024

export function openTemplates(database: Database, sealer: Sealer, clock: Clock): Templates {
  const rowsInMemory = recent<TemplateRow>(mostInMemory)
  const filesInMemory = recent<Files>(mostInMemory)
  const lastUses = recent<number>(10_000)
  const filesIds = new WeakMap<Files, string | null>()
  let sweptAt = clock.now()

  function filesIdOf(files: Files): string | null {
    const known = filesIds.get(files)
    if (known !== undefined) return known
    const id = Object.keys(files).length === 0 ? null : digest(JSON.stringify(files))
    filesIds.set(files, id)
    return id
  }

  async function save(tx: Tx, rows: readonly TemplateRow[]): Promise<() => void> {
    const now = clock.now()
    const records = rows.map((row) => templateRecord(row, filesIdOf(row.files), sealer))
    const files = new Map<string, FilesRecord>()
    for (const row of rows) {
      const id = filesIdOf(row.files)
      if (id === null || files.has(id) || (lastUses.get(id) ?? 0) > now - filesFreshFor) continue
      files.set(id, { id, content: JSON.stringify(row.files), used_at: now })
    }
    await insertAll(database, tx, 'hearth_files', { rows: [...files.values()], clash: touch })
    await insertAll(database, tx, 'hearth_template', { rows: records, clash: { does: 'keep', key: ['id'] } })
    return () => {
      for (const id of files.keys()) lastUses.set(id, now, 1)
      for (const [index, row] of rows.entries()) rowsInMemory.set(row.id, row, weightOf(records[index]))
    }
  }

  async function read(id: string): Promise<TemplateRow | undefined> {
    const known = rowsInMemory.get(id)
    if (known !== undefined) return known
    const record = await database.read((db) =>
      db.selectFrom('hearth_template').selectAll().where('id', '=', id).executeTakeFirst(),
    )
    if (record === undefined) return undefined
    const row = templateRow(record, await readFiles(record.files_id), sealer)
    rowsInMemory.set(id, row, weightOf(record))
    return row
  }

  async function readFiles(id: string | null): Promise<Files> {
    if (id === null) return {}
    const known = filesInMemory.get(id)
    if (known !== undefined) return known
    const record = await database.read((db) =>
      db.selectFrom('hearth_files').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    )
    const files = filesOf(record)
    filesInMemory.set(id, files, record.content.length)
    filesIds.set(files, id)
    return files
  }

  async function forget(stackId: string, keep: readonly string[]): Promise<void> {
    const superseded = await database.read((db) =>
      db.selectFrom('hearth_template').select('id').where('stack_id', '=', stackId).execute(),
    )
    const ids = superseded.map(({ id }) => id).filter((id) => !keep.includes(id))
    if (ids.length > 0) await dropUnused(stackId, ids)
    if (sweptAt <= clock.now() - filesFreshFor) await sweepFiles()
  }

  /** The stack's row is asked as it is now: a new target may have come since the caller looked. */
  async function dropUnused(stackId: string, ids: readonly string[]): Promise<void> {
    await database.transaction(async (tx) => {
      const stack = await tx
        .selectFrom('hearth_stack')
        .select(['template_id', 'previous_template_id'])
        .where('id', '=', stackId)
        .executeTakeFirst()
      const unused = ids.filter((id) => id !== stack?.template_id && id !== stack?.previous_template_id)
      if (unused.length === 0) return
      await tx.deleteFrom('hearth_template').where(database.dialect.among('id', unused)).execute()
    })
    for (const id of ids) rowsInMemory.delete(id)
  }

  async function sweepFiles(): Promise<void> {
    sweptAt = clock.now()
    await database.transaction((tx) =>
      tx
        .deleteFrom('hearth_files')
        .where('used_at', '<', sweptAt - filesKeptFor)
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('hearth_template')
                .select('hearth_template.id')
                .whereRef('hearth_template.files_id', '=', 'hearth_files.id'),
            ),
          ),
        )
        .execute(),
    )
  }

  return { save, read, forget }
}

const touch = {
  does: 'change',
  key: ['id'],
  set: (incoming: (column: string) => string) => ({ used_at: incoming('used_at') }),
} as const

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

const weightOf = (record: TemplateRecord | undefined): number =>
  record === undefined ? 0 : record.template.length + record.environment.length + 200

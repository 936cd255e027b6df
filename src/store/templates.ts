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

const minute = 60_000
/** Files that nothing refers to are dropped only this long after their last use, so that none is dropped that is about to be referred to. */
export const filesKeptFor = 60 * minute
const filesFreshFor = 10 * minute
/** In characters. */
const mostInMemory = 32 * 1024 * 1024

/** Templates, which never change: those in use are kept in memory. The same files are stored once for all templates. */
export class Templates {
  readonly #database: Database
  readonly #sealer: Sealer
  readonly #clock: Clock
  readonly #rows = recent<TemplateRow>(mostInMemory)
  readonly #files = recent<Files>(mostInMemory)
  readonly #filesIds = new WeakMap<Files, string | null>()
  /** When this process last wrote files, or that it uses them. */
  readonly #uses = recent<number>(10_000)
  #sweptAt: number

  constructor(database: Database, sealer: Sealer, clock: Clock) {
    this.#database = database
    this.#sealer = sealer
    this.#clock = clock
    this.#sweptAt = clock.now()
  }

  /** Stores templates within a transaction; call what it answers once that is committed. */
  async save(tx: Tx, rows: readonly TemplateRow[]): Promise<() => void> {
    const now = this.#clock.now()
    const files = new Map<string, FilesRecord>()
    const records = rows.map((row) => {
      const id = this.#filesIdOf(row.files)
      const fresh = id !== null && (this.#uses.get(id) ?? Number.NEGATIVE_INFINITY) > now - filesFreshFor
      if (id !== null && !fresh && !files.has(id)) files.set(id, filesRecord(id, row.files, now))
      return templateRecord(row, id, this.#sealer)
    })
    await insertAll(this.#database, tx, 'hearth_files', { rows: [...files.values()], clash: touch })
    await insertAll(this.#database, tx, 'hearth_template', {
      rows: records,
      clash: { does: 'keep', key: ['id'] },
    })
    return () => {
      for (const id of files.keys()) this.#uses.set(id, now, 1)
      for (const [index, row] of rows.entries()) this.#rows.set(row.id, row, weightOf(records[index]))
    }
  }

  async read(id: string): Promise<TemplateRow | undefined> {
    const known = this.#rows.get(id)
    if (known !== undefined) return known
    const record = await this.#database.read((db) =>
      db.selectFrom('hearth_template').selectAll().where('id', '=', id).executeTakeFirst(),
    )
    if (record === undefined) return undefined
    const row = templateRow(record, await this.#readFiles(record.files_id), this.#sealer)
    this.#rows.set(id, row, weightOf(record))
    return row
  }

  /** Drops a stack's templates but for these, and for those that its rows speak of. */
  async forget(stackId: string, keep: readonly string[]): Promise<void> {
    const all = await this.#database.read((db) =>
      db.selectFrom('hearth_template').select('id').where('stack_id', '=', stackId).execute(),
    )
    const ids = all.map(({ id }) => id).filter((id) => !keep.includes(id))
    if (ids.length > 0) await this.#dropUnused(stackId, ids)
    if (this.#sweptAt <= this.#clock.now() - filesFreshFor) await this.#sweepFiles()
  }

  #filesIdOf(files: Files): string | null {
    const known = this.#filesIds.get(files)
    if (known !== undefined) return known
    const id = Object.keys(files).length === 0 ? null : digest(JSON.stringify(files))
    this.#filesIds.set(files, id)
    return id
  }

  async #readFiles(id: string | null): Promise<Files> {
    if (id === null) return {}
    const known = this.#files.get(id)
    if (known !== undefined) return known
    const record = await this.#database.read((db) =>
      db.selectFrom('hearth_files').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    )
    const files = filesOf(record)
    this.#files.set(id, files, record.content.length)
    this.#filesIds.set(files, id)
    return files
  }

  /** The rows are asked as they are now: a new target may have come since the caller looked. */
  async #dropUnused(stackId: string, ids: readonly string[]): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const stack = await tx
        .selectFrom('hearth_stack')
        .select(['template_id', 'previous_template_id'])
        .where('id', '=', stackId)
        .executeTakeFirst()
      const makers = await tx
        .selectFrom('hearth_resource')
        .select('template_id')
        .distinct()
        .where('stack_id', '=', stackId)
        .execute()
      const spokenOf = new Set([
        ...[stack?.template_id, stack?.previous_template_id],
        ...makers.map(({ template_id }) => template_id),
      ])
      const unused = ids.filter((id) => !spokenOf.has(id))
      if (unused.length === 0) return
      await tx.deleteFrom('hearth_template').where(this.#database.dialect.among('id', unused)).execute()
    })
    for (const id of ids) this.#rows.delete(id)
  }

  async #sweepFiles(): Promise<void> {
    this.#sweptAt = this.#clock.now()
    await dropFiles(this.#database, this.#sweptAt - filesKeptFor)
  }
}

/** Drops files that no template refers to, but for those used since that moment. */
export async function dropFiles(database: Database, before: number): Promise<void> {
  await database.transaction((tx) =>
    tx
      .deleteFrom('hearth_files')
      .where('used_at', '<', before)
      .where(({ not, exists, selectFrom }) => {
        const users = selectFrom('hearth_template').select('hearth_template.id')
        return not(exists(users.whereRef('hearth_template.files_id', '=', 'hearth_files.id')))
      })
      .execute(),
  )
}

const touch = {
  does: 'change',
  key: ['id'],
  set: (incoming: (column: string) => string) => ({ used_at: incoming('used_at') }),
} as const

const filesRecord = (id: string, files: Files, now: number): FilesRecord => ({
  id,
  content: JSON.stringify(files),
  used_at: now,
})

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')

const weightOf = (record: TemplateRecord | undefined): number =>
  record === undefined ? 0 : record.template.length + record.environment.length + 200

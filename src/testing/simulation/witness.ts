import { sql } from 'kysely'
import type { JsonMap } from '../../base/json.ts'
import type { Log } from '../../base/log.ts'
import type { Ask } from '../../cloud/index.ts'
import { hookNames } from '../../engine/lifecycle/hooks.ts'
import { physicalNameOf } from '../../plugin/index.ts'
import type { Database, Tx } from '../../store/database.ts'
import type { Scenario } from '../scenario.ts'
import { resourceIn } from '../yard.ts'
import { secretValue } from './templates.ts'

/** Has the database itself take down which stacks' resources each transaction wrote, and who gave a stack up in it. */
export async function watchWrites({ db }: Database): Promise<void> {
  const statements = [
    'create table written (stack_id text not null)',
    'create table given_up (stack_id text not null, engine_id text not null)',
    ...['insert on', 'update on', 'delete on'].map((event, index) => {
      const row = event.startsWith('delete') ? 'old' : 'new'
      return `create trigger written_${index} after ${event} hearth_resource begin insert into written values (${row}.stack_id); end`
    }),
    `create trigger given_up_by after update of engine_id on hearth_deployment
      when old.engine_id is not null and new.engine_id is not old.engine_id
      begin insert into given_up values (old.stack_id, old.engine_id); end`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}

/** The stacks whose resources were written in a transaction of an engine though another owned them. */
export async function strangersIn(tx: Tx, engineId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ stack: string; owner: string | null }>`
    select distinct w.stack_id as stack, coalesce(g.engine_id, d.engine_id) as owner from written w
    left join given_up g on g.stack_id = w.stack_id
    left join hearth_deployment d on d.stack_id = w.stack_id`.execute(tx)
  await sql`delete from written`.execute(tx)
  await sql`delete from given_up`.execute(tx)
  const strangers = rows.filter(({ owner }) => owner !== null && owner !== engineId)
  return strangers.map(({ stack, owner }) => `${engineId} wrote of the stack ${stack}, which is ${owner}'s`)
}

/** The tables in which the secret can be read. */
export async function tablesWithSecret({ db }: Database): Promise<readonly string[]> {
  const tables = await db.introspection.getTables()
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(db)
    if (JSON.stringify(rows).includes(secretValue)) found.push(`the secret can be read in ${name}`)
  }
  return found
}

/** A log that keeps the lines in which the secret can be read. */
export function watchfulLog(leaks: string[]): Log {
  const look = (fields: object, message: string): void => {
    if (`${JSON.stringify(fields)} ${message}`.includes(secretValue))
      leaks.push(`the log tells the secret: ${message}`)
  }
  return { debug: look, info: look, warn: look, error: look }
}

/** Whether something is asked of the object of a resource that waits at a hook until somebody clears that. */
export async function isHeldAtHook({ yard, database, store }: Scenario, ask: Ask): Promise<boolean> {
  const { thing } = (ask.body ?? {}) as { thing?: JsonMap }
  const name = yard.things.find(({ id }) => id === ask.path.split('/')[2])?.name ?? String(thing?.name ?? '')
  const waiting = await database.read((db) =>
    db
      .selectFrom('hearth_resource')
      .select(['id', 'name', 'stack_id', 'document'])
      .where('name', '=', resourceIn(name))
      .where('document', 'like', '%"pre-%')
      .execute(),
  )
  for (const row of waiting) {
    const stack = await store.stack(row.stack_id)
    if (stack === undefined || physicalNameOf(stack.name, row.name, row.id) !== name) continue
    const { notes } = JSON.parse(row.document) as { notes: Readonly<Record<string, string>> }
    const request = String((await store.deployment(stack.id))?.request)
    const cleared = await store.signals(row.id)
    const isCleared = (hook: string) =>
      cleared.some(({ id, content }) => id === `hook:${hook}` && content.request === request)
    const before = hookNames.filter((hook) => hook.startsWith('pre-'))
    if (before.some((hook) => notes[hook] === request && !isCleared(hook))) return true
  }
  return false
}

/** Whether an object is asked for that is there already, and recorded as the resource's. */
export async function isMadeAgain({ yard, database }: Scenario, ask: Ask): Promise<boolean> {
  const { thing } = (ask.body ?? {}) as { thing?: JsonMap }
  const alike = yard.things.filter(
    ({ name, status }) => name !== '' && name === thing?.name && (status === 'ACTIVE' || status === 'BUILD'),
  )
  if (ask.method !== 'POST' || alike.length === 0) return false
  const ids = alike.map(({ id }) => id)
  const recorded = await database.read((db) =>
    db.selectFrom('hearth_resource').select('id').where('physical_id', 'in', ids).execute(),
  )
  return recorded.length > 0
}

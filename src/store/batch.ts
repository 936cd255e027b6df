import { StackExists } from '../contract/problems.ts'
import type { Database, Tx } from './database.ts'
import type { Sealer } from './fernet.ts'
import { insertAll } from './insert.ts'
import { eventRecord, resourceRecord } from './records.ts'
import type { EventRow, ResourceRow, SnapshotRow, StackRow, TemplateRow } from './rows.ts'
import * as signals from './signals.ts'
import * as snapshots from './snapshots.ts'
import * as stacks from './stacks.ts'
import type { Change, Ownership, Targeting } from './store.ts'
import type { Templates } from './templates.ts'

/** Something an owner asks for: to write, to write a last time and end, or to give up. */
export type Ask =
  | { readonly does: 'write'; readonly owner: Ownership; readonly change: Change }
  | { readonly does: 'finish'; readonly owner: Ownership; readonly change: Change; readonly request: number }
  | { readonly does: 'release'; readonly owner: Ownership }

/** What came of it. `superseded`: nothing was ended or written, for something newer was asked of the stack. */
export type Outcome = 'done' | 'lost' | 'superseded'

export interface Room {
  readonly database: Database
  readonly sealer: Sealer
  readonly templates: Templates
}

/** What a batch says that others may want to know. */
export interface News {
  readonly events: readonly EventRow[]
  /** Stacks whose deployments ended or were given up. */
  readonly left: readonly string[]
}

/** What a batch came to, and what to do once it is committed. */
export interface Written {
  readonly outcomes: readonly Outcome[]
  readonly news: News
  committed(): void
}

/**
 * Writes what several owners ask for, in one transaction. Rows of one ID are written once, as they were asked for last.
 * `again` says that the same asks may have been committed already, by an attempt that got no answer.
 */
export async function writeAll(room: Room, tx: Tx, asks: readonly Ask[], again: boolean): Promise<Written> {
  const held = await hold(room.database, tx, asks)
  const told = again ? await toldAlready(room.database, tx, asks) : nothingTold
  const content = emptyContent()
  const ended = new Set<string>()
  const released = new Set<string>()
  const outcomes = asks.map((ask) => {
    const { stackId } = ask.owner
    const deployment = held.get(stackId)
    if (again && deployment?.engineId === null && deployment.fence === ask.owner.fence) return 'done'
    if (!owns(ask.owner, deployment) || ended.has(stackId) || released.has(stackId)) return 'lost'
    if (ask.does === 'finish' && deployment.request !== ask.request) return 'superseded'
    if (ask.does === 'finish') ended.add(stackId)
    if (ask.does === 'release') released.add(stackId)
    else include(content, ask.change, { lastRequest: deployment.request, told })
    return 'done'
  })
  await letGo(room.database, tx, { ended, released })
  const committed = await write(room, tx, content)
  return {
    outcomes,
    committed,
    news: { events: [...content.events.values()], left: [...ended, ...released] },
  }
}

const nothingTold: ReadonlySet<string> = new Set()

/**
 * Which of the events with which stacks were given targets are there already: then an attempt that got no answer did it, and
 * the stack may be further by now, or gone.
 */
async function toldAlready(
  { dialect }: Database,
  tx: Tx,
  asks: readonly Ask[],
): Promise<ReadonlySet<string>> {
  const ids = asks.flatMap((ask) => ('change' in ask ? targetsOf(ask.change) : [])).flatMap(eventIds)
  if (ids.length === 0) return nothingTold
  const rows = await tx.selectFrom('hearth_event').select('id').where(dialect.among('id', ids)).execute()
  return new Set(rows.map(({ id }) => id))
}

const targetsOf = ({ children = [], next }: Change): readonly Targeting[] => [
  ...children,
  ...(next === undefined ? [] : [next]),
]

const eventIds = ({ events = [] }: Targeting): readonly string[] => events.map(({ id }) => id)

interface Held {
  readonly engineId: string | null
  readonly fence: number
  readonly request: number
}

function owns(owner: Ownership, deployment: Held | undefined): deployment is Held {
  return deployment?.engineId === owner.engineId && deployment.fence === owner.fence
}

/**
 * Locks the deployments that are owned until the transaction ends, and reads them as they then are. The lock is an
 * update that really changes the row: a database cluster notices a clash between two of its nodes by changed rows only.
 */
async function hold({ dialect }: Database, tx: Tx, asks: readonly Ask[]): Promise<ReadonlyMap<string, Held>> {
  const engines = Map.groupBy(asks, ({ owner }) => owner.engineId)
  for (const [engineId, own] of engines) {
    const ids = stackIds(own)
    await tx
      .updateTable('hearth_deployment')
      .set((eb) => ({ writes: eb('writes', '+', 1) }))
      .where(dialect.among('stack_id', ids))
      .where('engine_id', '=', engineId)
      .execute()
  }
  const rows = await tx
    .selectFrom('hearth_deployment')
    .select(['stack_id', 'engine_id', 'fence', 'request'])
    .where(dialect.among('stack_id', stackIds(asks)))
    .execute()
  return new Map(
    rows.map(({ stack_id, engine_id, fence, request }) => [
      stack_id,
      { engineId: engine_id, fence, request },
    ]),
  )
}

const stackIds = (asks: readonly Ask[]): string[] =>
  [...new Set(asks.map(({ owner }) => owner.stackId))].sort()

interface LettingGo {
  readonly ended: ReadonlySet<string>
  readonly released: ReadonlySet<string>
}

async function letGo({ dialect }: Database, tx: Tx, { ended, released }: LettingGo): Promise<void> {
  const update = tx.updateTable('hearth_deployment')
  if (ended.size > 0) {
    await update
      .set({ engine_id: null, pending: 0 })
      .where(dialect.among('stack_id', [...ended]))
      .execute()
  }
  if (released.size > 0) {
    await update
      .set({ engine_id: null })
      .where(dialect.among('stack_id', [...released]))
      .execute()
  }
}

type Request = Pick<Targeting, 'askedAt'> & { readonly origin: Targeting['origin'] | undefined }

/** What is to be written, with the last word on each row. */
interface Content {
  readonly stacks: Map<string, StackRow>
  readonly children: Map<string, Request>
  readonly templates: Map<string, TemplateRow>
  /** `undefined`: the row is to go. */
  readonly resources: Map<string, ResourceRow | undefined>
  readonly events: Map<string, EventRow>
  /** `undefined`: the row is to go. */
  readonly snapshots: Map<string, SnapshotRow | undefined>
}

function emptyContent(): Content {
  return {
    stacks: new Map(),
    children: new Map(),
    templates: new Map(),
    resources: new Map(),
    events: new Map(),
    snapshots: new Map(),
  }
}

interface Known {
  /** The number of the last request for the stack. */
  readonly lastRequest: number
  /** Events that are there already. */
  readonly told: ReadonlySet<string>
}

function include(content: Content, change: Change, { lastRequest, told }: Known): void {
  const isNew = (target: Targeting): boolean => !eventIds(target).some((id) => told.has(id))
  for (const row of change.resources ?? []) content.resources.set(row.id, row)
  for (const id of change.forgotten ?? []) content.resources.set(id, undefined)
  for (const row of change.events ?? []) content.events.set(row.id, row)
  includeSnapshots(content, change)
  const outdated = change.request !== undefined && change.request < lastRequest
  if (change.stack && !outdated) content.stacks.set(change.stack.id, change.stack)
  for (const child of change.children ?? []) if (isNew(child)) includeTarget(content, child)
  if (change.next && !outdated && isNew(change.next)) includeTarget(content, change.next)
}

function includeSnapshots(content: Content, { snapshots = [], forgottenSnapshots = [] }: Change): void {
  for (const row of snapshots) content.snapshots.set(row.id, row)
  for (const id of forgottenSnapshots) content.snapshots.set(id, undefined)
}

function includeTarget(content: Content, target: Targeting): void {
  const { stack, template, snapshot, askedAt, origin, events = [] } = target
  content.stacks.set(stack.id, stack)
  content.children.set(stack.id, { askedAt, origin })
  if (template) content.templates.set(template.id, template)
  if (snapshot) content.snapshots.set(snapshot.id, snapshot)
  for (const row of events) content.events.set(row.id, row)
}

async function write(room: Room, tx: Tx, content: Content): Promise<() => void> {
  const { database } = room
  const committed = await room.templates.save(tx, [...content.templates.values()])
  await writeStacks(database, tx, content)
  await ask(database, tx, content.children)
  await writeResources(room, tx, content.resources)
  await addEvents(database, tx, [...content.events.values()])
  if (content.snapshots.size > 0) await snapshots.write(room, tx, content.snapshots)
  await dropRemains(room, tx, [...content.stacks.values()])
  return committed
}

async function writeStacks(database: Database, tx: Tx, content: Content): Promise<void> {
  const there = await stacks.existing(database, tx, [...content.children.keys()])
  const rows = [...content.stacks.values()]
  const isNew = ({ id }: StackRow) => content.children.has(id) && !there.has(id)
  await stacks.overwrite(
    database,
    tx,
    rows.filter((row) => !isNew(row)),
  )
  const fresh = rows.filter(isNew)
  try {
    await stacks.add(database, tx, fresh)
  } catch (error) {
    if (database.mishap(error) !== 'duplicate') throw error
    throw StackExists({ stack: fresh.map(({ name }) => name).join(' or ') }, error)
  }
}

/** Gives each of these stacks something to do: its first request, or one more. */
export async function ask(database: Database, tx: Tx, targets: ReadonlyMap<string, Request>): Promise<void> {
  const rows = [...targets].map(([id, { askedAt, origin }]) => ({
    ...{ stack_id: id, pending: 1, engine_id: null, fence: 0, request: 1, asked_at: askedAt, writes: 0 },
    origin: origin === undefined ? null : JSON.stringify(origin),
  }))
  const request = `${database.dialect.quote('hearth_deployment')}.${database.dialect.quote('request')} + 1`
  await insertAll(database, tx, 'hearth_deployment', {
    rows: rows.sort((a, b) => (a.stack_id < b.stack_id ? -1 : 1)),
    clash: {
      does: 'change',
      key: ['stack_id'],
      set: (incoming) => ({
        request,
        pending: '1',
        asked_at: incoming('asked_at'),
        origin: incoming('origin'),
      }),
    },
  })
}

/** Stores resources as they are now; `undefined`: the row is to go. */
export async function writeResources(
  { database, sealer }: Room,
  tx: Tx,
  resources: Content['resources'],
): Promise<void> {
  const rows = [...resources.values()].filter((row) => row !== undefined)
  await insertAll(database, tx, 'hearth_resource', {
    rows: rows.map((row) => resourceRecord(row, sealer)),
    clash: { does: 'overwrite', key: ['id'] },
  })
  const gone = [...resources].filter(([, row]) => row === undefined).map(([id]) => id)
  if (gone.length === 0) return
  await tx.deleteFrom('hearth_resource').where(database.dialect.among('id', gone)).execute()
  await signals.drop(database, tx, 'resource_id', gone)
}

/** Adds events; one that is there already, from an attempt that got no answer, stays as it is. */
export async function addEvents(database: Database, tx: Tx, rows: readonly EventRow[]): Promise<void> {
  await insertAll(database, tx, 'hearth_event', {
    rows: rows.map(eventRecord),
    clash: { does: 'keep', key: ['id'] },
  })
}

/** A stack that was deleted keeps its row, its template and its events, and nothing that could be worked on. */
async function dropRemains(room: Room, tx: Tx, rows: readonly StackRow[]): Promise<void> {
  const { database } = room
  const { dialect } = database
  const deleted = rows.filter(({ deletedAt }) => deletedAt !== null).map(({ id }) => id)
  if (deleted.length === 0) return
  await tx.deleteFrom('hearth_deployment').where(dialect.among('stack_id', deleted)).execute()
  await tx.deleteFrom('hearth_resource').where(dialect.among('stack_id', deleted)).execute()
  await signals.drop(database, tx, 'stack_id', deleted)
  await snapshots.dropOfStacks(room, tx, deleted)
}

import { randomUUID } from 'node:crypto'
import type { Json, JsonMap } from '../base/json.ts'
import { type Log, silent } from '../base/log.ts'
import { type Meter, unmeasured } from '../base/metrics.ts'
import { type Tracer, untraced } from '../base/tracing.ts'
import type { Session } from '../cloud/index.ts'
import type { StackRequest, UpdateRequest } from '../contract/engine.ts'
import type { Caller, ResourceChange, StackIdentity, StackView } from '../contract/views.ts'
import {
  type Access,
  createEngine,
  defaultOptions,
  definitions,
  type Engine,
  type EngineOptions,
  type EngineParts,
} from '../engine/index.ts'
import { type AnyType, registry } from '../plugin/index.ts'
import { types as cloudformationTypes } from '../resources/cloudformation/index.ts'
import { types as heatTypes } from '../resources/heat/index.ts'
import { type Database, openDatabase } from '../store/database.ts'
import type { EventRow, ResourceRow, StackRow, Store } from '../store/index.ts'
import { migrate } from '../store/migrations.ts'
import type { Site } from '../template/index.ts'
import { emptyDatabase } from './empty-database.ts'
import { makeTables } from './fresh-tables.ts'
import {
  type DatabaseTrouble,
  type Life,
  life,
  mortalClock,
  mortalDatabase,
  mortalHints,
  mortalSession,
  mortalUsers,
} from './mortal.ts'
import { outsideDatabase } from './outside-database.ts'
import { storesOver } from './stores.ts'
import { type TestClock, testClock } from './test-clock.ts'
import { type TestHints, testHints } from './test-hints.ts'
import { type TestUsers, testUsers } from './test-users.ts'
import { refusal, type Yard, yard } from './yard.ts'
import { yardService, yardTypes } from './yard-types.ts'

/** Who asks, unless a story says otherwise. */
export const anna: Caller = {
  userId: 'anna',
  userName: 'Anna',
  projectId: 'project',
  projectName: 'Project',
  roles: ['member'],
  isAdmin: false,
}

export const bert: Caller = { ...anna, userId: 'bert', userName: 'Bert' }

/** An engine of a scenario that was started; it may be stopped as it should be, or die. */
export interface Worker extends Engine {
  readonly id: string
  readonly life: Life
}

export interface WorkerOptions {
  readonly id?: string
  /** The moment of its life at which it dies (see `Life`). */
  readonly diesAt?: number
  readonly options?: Partial<EngineOptions>
  readonly store?: Store
  /** What goes wrong with its database. */
  readonly trouble?: DatabaseTrouble
  /** How far its clock differs from the true one. */
  readonly skew?: () => number
}

/** What else an update may say. */
type Changing = Partial<Omit<UpdateRequest, 'stack' | 'template'>>

/** A store, a cloud and engines, in one process and in a time of their own. */
export interface Scenario {
  readonly clock: TestClock
  readonly hints: TestHints
  readonly yard: Yard
  readonly store: Store
  /** What is below the stores of all engines. */
  readonly database: Database
  readonly credentials: Credentials
  readonly users: TestUsers
  /** An engine that only answers; it never deploys. */
  readonly calls: Engine['calls']
  /** An engine with the parts of this scenario, to be started by whoever wants it to deploy. */
  engine(options?: WorkerOptions): Worker
  /** An engine that deploys. */
  worker(options?: WorkerOptions): Promise<Worker>
  create(name: string, template: JsonMap, more?: Omit<StackRequest, 'template'>): Promise<StackIdentity>
  update(stack: StackIdentity, template: JsonMap, more?: Changing): Promise<void>
  preview(stack: StackIdentity, template: JsonMap, more?: Changing): Promise<readonly ResourceChange[]>
  delete(stack: StackIdentity): Promise<void>
  suspend(stack: StackIdentity): Promise<void>
  resume(stack: StackIdentity): Promise<void>
  check(stack: StackIdentity): Promise<void>
  /** Tells a resource something, by way of an engine that never deploys. */
  signal(stack: StackIdentity, resource: string, details?: Json): Promise<void>
  cancel(stack: StackIdentity, options?: { readonly rollback: boolean }): Promise<void>
  mark(stack: StackIdentity, resource: string, how?: { unhealthy?: boolean; reason?: string }): Promise<void>
  /** Lets time pass until nothing is left to do for the stack; answers how it then is. */
  settled(stack: StackIdentity): Promise<StackRow>
  /** Lets time pass until something is true. */
  when(isTrue: () => boolean | Promise<boolean>): Promise<void>
  shown(stack: StackIdentity): Promise<StackView>
  /** The recorded resources of a stack, in the order of their making. */
  rows(stack: { readonly id: string }): Promise<readonly ResourceRow[]>
  row(stack: { readonly id: string }, name: string): Promise<ResourceRow>
  /** `a CREATE_COMPLETE` and so on, in the order in which it happened. */
  events(stack: { readonly id: string }): Promise<readonly string[]>
  end(): Promise<void>
}

/** What callers left behind for later. */
export interface Credentials {
  readonly given: string[]
  readonly givenAt: Map<string, number>
  readonly discarded: string[]
  /** Those that give no access any more. */
  readonly stale: Set<string>
}

export interface ScenarioOptions {
  readonly types?: readonly AnyType[]
  readonly options?: Partial<EngineOptions>
  /** What the operator says for all stacks. */
  readonly site?: Site
  readonly log?: Log
  readonly meter?: Meter
  readonly tracer?: Tracer
  readonly random?: () => number
  readonly newId?: () => string
  /** The availability zones of the cloud; usually one, `nova`. */
  readonly zones?: readonly string[]
  /** What is at addresses. */
  readonly pages?: Map<string, string>
  /** Whether callers may have resources of a type; usually of all. */
  readonly allowsType?: EngineParts['allowsType']
}

/** The options of engines in stories: polls are quick, so that stories are short. */
const quick: EngineOptions = { ...defaultOptions, pollMs: { first: 100, last: 1000 }, doubtMs: 3000 }

const finders = new Map(Object.values(yardService.find).map((finder) => [finder.name, finder]))

/** Sets up a scenario with an empty database and an empty yard. */
export async function scenario(given: ScenarioOptions = {}): Promise<Scenario> {
  const { types = [], options = {}, log = silent, random = () => 0.5, site } = given
  const { newId = randomUUID, meter = unmeasured, tracer = untraced } = given
  const { clock, database } = await clockAndDatabase(log)
  const settings = { encryptionKey: 'a key of thirty-two characters..', log, clock, maxEventsPerStack: 0 }
  const { onlooker: store, open } = storesOver(database, settings)
  const hints = testHints()
  const users = testUsers(clock, given.newId)
  const cloud = yard(clock, newId)
  const known = registry([...cloudformationTypes, ...heatTypes, ...yardTypes, ...types])
  const credentials: Credentials = { given: [], givenAt: new Map(), discarded: [], stale: new Set() }
  const workers: Worker[] = []

  function engine({
    id = `engine-${workers.length + 1}`,
    diesAt,
    options: own = {},
    store: another,
    trouble,
    skew,
  }: WorkerOptions = {}): Worker {
    const mortality = life(diesAt)
    const living = { mortality, clock, ...(trouble && { trouble }) }
    const parts: EngineParts = {
      id,
      store: another ?? open(mortalDatabase(database, living)),
      registry: known,
      finders,
      ...outside(given),
      access: accessTo(cloud, credentials, clock, (session) => mortalSession(session, mortality)),
      users: mortalUsers(users, mortality),
      hints: mortalHints(hints, mortality),
      clock: mortalClock(clock, mortality, skew),
      log,
      meter,
      tracer,
      random,
      newId,
      options: { ...quick, ...options, ...own },
      definitions: definitions(known, log, site),
    }
    const made = { ...createEngine(parts), id, life: mortality }
    workers.push(made)
    return made
  }

  const { calls } = engine({ id: 'front' })
  return {
    ...{ clock, hints, yard: cloud, store, database, credentials, users, calls, engine },
    async worker(more) {
      const one = engine(more)
      const started = one.deployer.start()
      started.catch(() => {})
      if (more?.diesAt === undefined) await clock.until(started)
      return one
    },
    ...storiesOf({ clock, store, calls }),
    async end() {
      const alive = workers.filter(({ life: { isOver }, id }) => !isOver && id !== 'front')
      await clock.until(Promise.all(alive.map(({ deployer }) => deployer.stop())))
      await clock.quiet()
      await store.close()
    },
  }
}

/**
 * A time of its own and an empty database: in memory, or the one that the environment names (`HEARTH_SCENARIO_DATABASE`),
 * which one scenario has at a time.
 */
async function clockAndDatabase(
  log: Log,
): Promise<{ readonly clock: TestClock; readonly database: Database }> {
  const connection = process.env.HEARTH_SCENARIO_DATABASE ?? 'sqlite://'
  let answered = async (): Promise<boolean> => false
  const clock = testClock({ outside: () => answered() })
  if (connection !== 'sqlite://') await emptyDatabase(connection)
  const own = await openDatabase({ connection, log })
  await (connection === 'sqlite://' ? makeTables(own, clock) : migrate(own, clock))
  const opened: Database = { ...own, now: async () => clock.now() }
  if (connection === 'sqlite://') return { clock, database: opened }
  const outside = outsideDatabase(opened)
  answered = outside.answered
  return { clock, database: outside.database }
}

interface Telling {
  readonly clock: TestClock
  readonly store: Store
  readonly calls: Engine['calls']
}

type Stories = Pick<
  Scenario,
  | 'create'
  | 'update'
  | 'preview'
  | 'delete'
  | 'suspend'
  | 'resume'
  | 'check'
  | 'signal'
  | 'cancel'
  | 'mark'
  | 'settled'
  | 'when'
  | 'shown'
  | 'rows'
  | 'row'
  | 'events'
>

function storiesOf({ clock, store, calls }: Telling): Stories {
  return {
    when: clock.when,
    create: (name, template, more) => clock.until(calls.createStack(anna, { name, template, ...more })),
    update: (stack, template, more) =>
      clock.until(calls.updateStack(anna, { stack, template, existing: false, ...more })),
    preview: (stack, template, more) =>
      clock.until(calls.previewUpdate(anna, { stack, template, existing: false, showNested: true, ...more })),
    delete: (stack) => clock.until(calls.deleteStack(anna, { stack })),
    suspend: (stack) => clock.until(calls.suspendStack(anna, { stack })),
    resume: (stack) => clock.until(calls.resumeStack(anna, { stack })),
    check: (stack) => clock.until(calls.checkStack(anna, { stack })),
    signal: (stack, resource, details = null) =>
      clock.until(calls.signalResource(anna, { stack, resource, details })),
    cancel: (stack, { rollback } = { rollback: true }) =>
      clock.until(calls.cancelUpdate(anna, { stack, rollback })),
    mark: (stack, resource, how = {}) =>
      clock.until(calls.markUnhealthy(anna, { stack, resource, unhealthy: true, ...how })),
    async settled({ id }) {
      await clock.when(async () => (await store.deployment(id))?.pending !== true)
      const row = await store.stack(id)
      if (row === undefined) throw new Error(`there is no stack ${id}`)
      return row
    },
    shown: (stack) => clock.until(calls.showStack(anna, { stack, resolveOutputs: true })),
    rows: ({ id }) => store.resources(id),
    async row({ id }, name) {
      const found = (await store.resources(id)).filter((one) => one.name === name)
      const [row] = found
      if (row === undefined || found.length > 1) throw new Error(`${found.length} rows of ${name}`)
      return row
    },
    async events({ id }) {
      const rows: readonly EventRow[] = await store.listEvents([id], { sortDir: 'asc' })
      return rows.map(({ resourceName, action, status }) => `${resourceName} ${action}_${status}`)
    },
  }
}

/** Sessions of a yard; what callers leave behind is a number and their name. */
function accessTo(
  cloud: Yard,
  credentials: Credentials,
  clock: TestClock,
  mortal: (session: Session) => Session,
): Access {
  const { given, givenAt, discarded, stale } = credentials
  return {
    forCaller: ({ projectId }) => mortal(cloud.session(projectId)),
    async defer({ userId }, passedOn) {
      const trust = `${userId}-${given.length + 1}${passedOn ? ' to pass on' : ''}`
      given.push(trust)
      givenAt.set(trust, clock.now())
      return { trust, userId }
    },
    forStack({ trust }, projectId) {
      const session = mortal(cloud.session(projectId))
      const checked = async <T>(work: () => Promise<T>): Promise<T> => {
        if (typeof trust !== 'string' || stale.has(trust) || discarded.includes(trust))
          throw noAccess(String(trust))
        return await work()
      }
      return {
        ...session,
        request: (ask) => checked(() => session.request(ask)),
        offers: (types) => checked(() => session.offers(types)),
      }
    },
    opens: async ({ trust }) => typeof trust === 'string' && !stale.has(trust) && !discarded.includes(trust),
    async discard({ trust }) {
      discarded.push(String(trust))
    },
    async discardOthers(kept, now) {
      const known = new Set(kept.map((document) => document.trust))
      const isStray = (trust: string) => !known.has(trust) && !discarded.includes(trust)
      const others = given.filter((trust) => isStray(trust) && (givenAt.get(trust) ?? 0) <= now - 3_600_000)
      discarded.push(...others)
      return others.length
    },
  }
}

const noAccess = (trust: string): Error =>
  refusal(`The trust ${trust} gives no access any more.`, { kind: 'unauthorized', status: 401 })

/** What engines find out elsewhere than in the yard. */
function outside({
  zones = ['nova'],
  pages,
  allowsType = () => true,
}: ScenarioOptions): Pick<EngineParts, 'fetchText' | 'zones' | 'allowsType'> {
  return {
    allowsType,
    zones: async () => zones,
    async fetchText(address) {
      const text = pages?.get(address)
      if (text === undefined) throw new Error(`There is nothing at ${address}`)
      return text
    },
  }
}

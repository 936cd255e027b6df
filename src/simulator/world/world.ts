import type { Clock } from '../../base/clock.ts'
import type { Times } from '../times.ts'
import { Agenda, type AnyTask, type Appointment, type Task } from './agenda.ts'
import { Random } from './random.ts'
import { type Kind, type Row, Table } from './table.ts'

/** All that can be put away and taken up again. */
export interface Snapshot {
  readonly random: number
  readonly tables: Readonly<Record<string, readonly Row[]>>
  readonly agenda: readonly Appointment[]
}

export interface WorldOptions {
  readonly clock: Clock
  readonly times: Times
  readonly tokenTtlSeconds: number
  readonly seed?: number | undefined
  readonly kinds: readonly Kind<Row>[]
  readonly tasks: readonly AnyTask[]
}

/**
 * The state of the simulated cloud. Nothing in it moves between two calls of `catchUp`: what the cloud does by itself is
 * written in its agenda and done, at the moment it was due, as soon as somebody looks.
 */
export class World {
  readonly times: Times
  readonly tokenTtlSeconds: number
  readonly random: Random
  /** Where the simulator is reached; known once it listens. */
  url = ''
  /** Told of every change, so that it can be made durable. */
  onChange: () => void = () => {}
  /** Asked for each new server: the reason for which it is to fail, if any. */
  serverFault: (server: { readonly name: string }) => string | undefined = () => undefined

  readonly #clock: Clock
  readonly #agenda = new Agenda()
  readonly #tasks: ReadonlyMap<string, AnyTask>
  readonly #tables: ReadonlyMap<string, { kind: Kind<Row>; table: Table<Row> }>
  readonly #lastings = new WeakMap<object, unknown>()
  #moment: number | undefined

  constructor(options: WorldOptions) {
    this.#clock = options.clock
    this.times = options.times
    this.tokenTtlSeconds = options.tokenTtlSeconds
    this.random = new Random(options.seed)
    const changed = () => this.onChange()
    this.#tables = new Map(
      options.kinds.map((kind) => [kind.name, { kind, table: new Table<Row>(kind, changed) }]),
    )
    this.#tasks = new Map(options.tasks.map((each) => [each.name, each]))
  }

  /** The time of what is being done: of the clock, or of the appointment that is kept. */
  now(): number {
    return this.#moment ?? this.#clock.now()
  }

  /** The table of a kind of objects. */
  of<T extends Row>(kind: Kind<T>): Table<T> {
    const known = this.#tables.get(kind.name)
    if (known === undefined) throw new Error(`the kind ${kind.name} is not among those of the world`)
    return known.table as unknown as Table<T>
  }

  /** What is worked out of the tables and kept beside them, such as who has which address; made at the first use. */
  keep<T>(key: object, make: () => T): T {
    if (!this.#lastings.has(key)) this.#lastings.set(key, make())
    return this.#lastings.get(key) as T
  }

  /** Has a task done after `ms` milliseconds. */
  later<A>(ms: number, task: Task<A>, args: A): void {
    if (!this.#tasks.has(task.name)) throw new Error(`the task ${task.name} is not among those of the world`)
    this.#agenda.add(this.now() + ms, task.name, args)
    this.onChange()
  }

  /** Does all that was due until now. */
  catchUp(): void {
    const now = this.#clock.now()
    for (let next = this.#agenda.take(now); next !== undefined; next = this.#agenda.take(now)) {
      this.#moment = next.due
      try {
        this.#tasks.get(next.task)?.run(this, next.args as never)
      } finally {
        this.#moment = undefined
      }
      this.onChange()
    }
  }

  /** Every table that is an object's home, by the name of its kind. */
  census(): ReadonlyMap<string, readonly Row[]> {
    const shown = [...this.#tables].filter(([, { kind }]) => !kind.hidden)
    return new Map(shown.map(([name, { table }]) => [name, table.all()]))
  }

  snapshot(): Snapshot {
    const tables = Object.fromEntries([...this.#tables].map(([name, { table }]) => [name, table.all()]))
    return { random: this.random.state, tables, agenda: this.#agenda.all }
  }

  /** Takes up a snapshot; only a world that has no objects yet can. */
  restore(snapshot: Snapshot): void {
    this.random.state = snapshot.random
    for (const [name, rows] of Object.entries(snapshot.tables)) {
      for (const row of rows) this.#tables.get(name)?.table.add(row)
    }
    const inOrder = [...snapshot.agenda].sort((a, b) => a.due - b.due || a.turn - b.turn)
    for (const { due, task, args } of inOrder) this.#agenda.add(due, task, args)
  }
}

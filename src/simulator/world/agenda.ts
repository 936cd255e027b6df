import type { World } from './world.ts'

/** A piece of work that the cloud does by itself after a while. It is known by name, so that it survives a restart. */
export interface Task<A> {
  readonly name: string
  run(world: World, args: A): void
}

/** A task of whatever arguments: they were written by the code that reads them. */
export type AnyTask = Task<never>

export function task<A>(name: string, run: (world: World, args: A) => void): Task<A> {
  return { name, run }
}

export interface Appointment {
  readonly due: number
  readonly turn: number
  readonly task: string
  readonly args: unknown
}

/** What will happen when: appointments in the order of their time, and of their making where the time is the same. */
export class Agenda {
  readonly #heap: Appointment[] = []
  #turn = 0

  get all(): readonly Appointment[] {
    return this.#heap
  }

  add(due: number, task: string, args: unknown): void {
    this.#heap.push({ due, turn: this.#turn++, task, args })
    this.#rise(this.#heap.length - 1)
  }

  /** Takes the next appointment that is due by `now`. */
  take(now: number): Appointment | undefined {
    const first = this.#heap[0]
    if (first === undefined || first.due > now) return undefined
    const last = this.#heap.pop()
    if (last !== undefined && last !== first) {
      this.#heap[0] = last
      this.#sink(0)
    }
    return first
  }

  #rise(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1
      if (!this.#swapIfEarlier(at, parent)) return
      at = parent
    }
  }

  #sink(from: number): void {
    for (let at = from; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2]
      const child = this.#earlier(right, left) ? right : left
      if (!this.#swapIfEarlier(child, at)) return
      at = child
    }
  }

  #earlier(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a], this.#heap[b]]
    if (one === undefined || other === undefined) return false
    return one.due < other.due || (one.due === other.due && one.turn < other.turn)
  }

  #swapIfEarlier(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a], this.#heap[b]]
    if (one === undefined || other === undefined || !this.#earlier(a, b)) return false
    this.#heap[a] = other
    this.#heap[b] = one
    return true
  }
}

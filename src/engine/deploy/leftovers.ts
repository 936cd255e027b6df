import type { JsonMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import type { CredentialRow, StackRow } from '../../store/rows.ts'
import { dropCredentials } from '../credentials.ts'
import type { EngineParts } from '../parts.ts'

/** How long the last events of a stack may take to be told: that is done with its credential. */
const lastWordsMs = 30_000

/**
 * The credentials of deleted stacks, which are given back a little after. Whoever deleted a stack does that, or, if it died
 * before, any engine that looks what is left in the store. Nobody waits for it; what fails is tried again with the next look.
 */
export class Leftovers {
  readonly #parts: EngineParts
  /** The stacks that this engine deleted lately, the first of them first, and when. */
  readonly #lately = new Map<string, number>()
  #isBusy = false

  constructor(parts: EngineParts) {
    this.#parts = parts
  }

  add(stackId: string): void {
    this.#lately.set(stackId, this.#parts.clock.now())
  }

  /** Gives back what this engine left, as far as it is time. */
  giveBack(): void {
    const before = this.#parts.clock.now() - lastWordsMs
    const due = [...this.#lately].filter(([, at]) => at <= before).map(([id]) => id)
    if (due.length === 0) return
    this.#drop(async () => {
      for (const id of due) this.#lately.delete(id)
      const stacks = await Promise.all(due.map((id) => this.#parts.store.stack(id)))
      return stacks.filter((stack) => stack !== undefined && stack.deletedAt !== null)
    })
  }

  /** Gives back what whoever left. */
  giveBackAll(): void {
    const { store, clock } = this.#parts
    this.#drop(() => store.leftCredentials(clock.now() - lastWordsMs))
  }

  /**
   * Gives back what callers left for stacks that were never stored: whoever made them died in between. A store that knows of nothing
   * is more likely the wrong one.
   */
  giveBackStrays(): void {
    this.#try(async () => {
      const { store, access, clock, log } = this.#parts
      const kept: JsonMap[] = []
      for (let last: string | undefined = ''; last !== undefined; ) {
        const some: readonly CredentialRow[] = await store.credentialsAfter(last)
        kept.push(...some.map(({ document }) => document))
        last = some.at(-1)?.id
      }
      const strays = kept.length > 0 ? await access.discardOthers(kept, clock.now()) : 0
      if (strays > 0) log.warn({ strays }, 'Credentials were given back that no stack has')
    })
  }

  #drop(look: () => Promise<readonly (StackRow | undefined)[]>): void {
    this.#try(async () => {
      for (const stack of await look()) if (stack !== undefined) await dropCredentials(this.#parts, stack)
    })
  }

  #try(work: () => Promise<void>): void {
    if (this.#isBusy) return
    this.#isBusy = true
    void work()
      .catch((error: unknown) =>
        this.#parts.log.warn(
          { error: messageOf(error) },
          'Credentials could not be given back; that is tried again',
        ),
      )
      .finally(() => {
        this.#isBusy = false
      })
  }
}

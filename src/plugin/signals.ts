import type { JsonMap } from '../base/json.ts'

type Values = Readonly<Record<string, unknown>>

/** Something that a resource was told from outside, as it is kept. */
export interface Signal {
  /** Unique among those of one resource. */
  readonly id: string
  readonly content: JsonMap
}

/** What resources of the stack were told from outside, in the order in which it came. */
export interface Signals {
  /** Those of the resource that has this reference (what `get_resource` gives); of this one, if none is said. */
  of(reference?: string): Promise<readonly Signal[]>
  /** Drops them. */
  forget(reference?: string): Promise<void>
}

/** What becomes of a signal: something of it is kept, it had its effect, there was nothing to do, or it makes no sense. */
export type Heard =
  | {
      readonly is: 'kept'
      readonly signal: Signal
      /** It takes the place of one of the same ID; otherwise, if another took the ID meanwhile, the handler is asked again. */
      readonly replaces: boolean
      /** What the event says of it; by default what the sender said. */
      readonly says?: string
    }
  | { readonly is: 'done'; readonly says?: string }
  | { readonly is: 'ignored' }
  | { readonly is: 'refused'; readonly reason: string }

/** How the engine tells that enough was told from outside. */
export interface Awaiting<C> {
  /** The reference of the resource whose signals count; by default they are its own. */
  readonly of?: (context: C) => string
  /** How long to wait for them at most. */
  readonly seconds: (context: C) => number
  /**
   * Looked at when it begins, whenever a signal arrives, and when the time is over. `false`: wait on; `tell`: say this to the
   * resource whose signals count, and look again. Throws what failed.
   */
  readonly until: (context: C & Awaited) => boolean | { readonly tell: JsonMap }
}

/** What was told so far, and by way of which resource. */
export interface Awaited {
  readonly told: readonly Signal[]
  /** `undefined`: there is no resource of that reference. */
  readonly teller: { readonly name: string; readonly type: string; readonly props: Values } | undefined
  readonly isLate: boolean
}

/** The ID of a signal that was given none: how many came before it, and one, or the next number that none has. */
export function nextNumber(told: readonly Signal[]): number {
  const taken = new Set(told.map(({ id }) => id))
  let number = told.length + 1
  while (taken.has(String(number))) number++
  return number
}

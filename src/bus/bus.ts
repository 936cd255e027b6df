import type { Origin } from '../base/tracing.ts'
import type { CallContext, Leavable } from '../contract/call.ts'

/** Something to be told to whoever listens; it may be lost. */
export type BusEvent = { readonly kind: 'changed' | 'settled' | 'signalled'; readonly stackId: string }

/** What can be asked of another process by name: who asks, and what. Both, and the answer, are JSON. */
export type Call = (caller: never, ask: never, context: CallContext) => Promise<unknown>
export type Calls<T> = { readonly [K in keyof T]: Call }

/** Something that is answered for until it is closed. */
export interface Served {
  /** Takes no new calls, and lets those under way be answered. */
  close(): Promise<void>
}

/** Items of a queue that are taken until it is closed. */
export interface Taking {
  /** Takes no new items; those in hand stay so until their work is done. */
  close(): Promise<void>
}

/** What processes say to each other. Nothing may depend on a message arriving. */
export interface Bus {
  /**
   * Answers the calls of a topic, which all who serve it share. A call whose process dies may be begun again by
   * another, as long as its caller waits.
   */
  serve<T extends Calls<T>>(topic: string, calls: T): Promise<Served>
  /**
   * The calls of a topic as functions. `Problem`s arrive as they were thrown, other errors without their words. Who
   * gets no answer in time gets `Unavailable`; whether the call was carried out is not known then. Whoever answers is told
   * when the caller has left, or waits no more.
   */
  peer<T extends Calls<T>>(
    topic: string,
    names: readonly (keyof T & string)[],
    options: PeerOptions,
  ): T & Leavable<T>
  /**
   * Hands an item of work to one of those who take from a queue. It waits for somebody who does, through restarts of the
   * broker; what a connection had not yet carried when it broke is lost.
   */
  hand(queue: string, item: string): void
  /**
   * Takes items from a queue, in turn with others who do. An item is this process's until `work` resolves; if the process
   * dies or loses its connection before, another gets it, `again`. Work must not be done twice for that: the store tells.
   */
  take(queue: string, work: (item: string, again: boolean) => Promise<void>): Promise<Taking>
  /** Tells all who listen, in this process and in others. */
  publish(event: BusEvent): void
  subscribe(kind: BusEvent['kind'], listener: (event: BusEvent) => void): void
  close(): Promise<void>
}

export interface PeerOptions {
  /** How long a caller waits for an answer. */
  readonly timeoutMs: number
  /** Calls that may be made again, as such, when a connection broke and it is not known what became of them. */
  readonly repeatable?: readonly string[]
  /** Whose request the present work is done for: whoever answers is told. */
  readonly origin?: () => Origin | undefined
}

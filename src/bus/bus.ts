/** Something to be told to whoever listens; it may be lost. */
export type BusEvent = { readonly kind: 'work' | 'settled'; readonly stackId: string }

/** What can be asked of another process by name: who asks, and what. Both, and the answer, are JSON. */
export type Call = (caller: never, ask: never) => Promise<unknown>
export type Calls<T> = { readonly [K in keyof T]: Call }

/** Something that is answered for until it is closed. */
export interface Served {
  /** Takes no new calls, and lets those under way be answered. */
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
   * gets no answer in time gets `Unavailable`; whether the call was carried out is not known then.
   */
  peer<T extends Calls<T>>(topic: string, names: readonly (keyof T & string)[], options: PeerOptions): T
  /** Tells all who listen, in this process and in others. */
  publish(event: BusEvent): void
  subscribe(kind: BusEvent['kind'], listener: (event: BusEvent) => void): void
  close(): Promise<void>
}

export interface PeerOptions {
  /** How long a caller waits for an answer. */
  readonly timeoutMs: number
}

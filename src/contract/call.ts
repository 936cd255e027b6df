import type { Origin } from '../base/tracing.ts'

/** What is known of a call over the bus, besides who asks what. */
export interface CallContext {
  /** The same however often the call arrives; absent if it can arrive but once. */
  readonly id?: string
  /** It may have arrived before, and may even have been carried out. */
  readonly again?: boolean
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal
  /** Whose request it is part of, where it came from another process. */
  readonly origin?: Origin
}

/** Calls as they are answered. */
export type Contextual<T> = {
  readonly [K in keyof T]: T[K] extends (caller: infer C, ask: infer A) => infer R
    ? (caller: C, ask: A, context?: CallContext) => R
    : never
}

/** Calls as they are made by somebody who may go away before there is an answer. */
export type Leavable<T> = {
  readonly [K in keyof T]: T[K] extends (caller: infer C, ask: infer A) => infer R
    ? (caller: C, ask: A, leaving?: AbortSignal) => R
    : never
}

/** Calls that are answered in this process, for whoever may leave. */
export const leavable = <T extends object>(calls: Contextual<T>): Leavable<T> =>
  withLast<Leavable<T>>(calls, (leaving: AbortSignal | undefined) => leaving && { signal: leaving })

/** The same calls for one who leaves when the signal says so. */
export const leavingWith = <T extends object>(calls: Leavable<T>, leaving: AbortSignal): T =>
  withLast<T>(calls, () => leaving)

/** Functions whose third argument is made of what it is given. */
function withLast<T extends object>(calls: object, last: (given: never) => unknown): T {
  return new Proxy(calls, {
    get(target, name) {
      const call: unknown = Reflect.get(target, name)
      if (typeof call !== 'function') return call
      return (caller: unknown, ask: unknown, given?: never): unknown =>
        call(caller, ask, last(given as never))
    },
  }) as T
}

import { Unavailable } from '../contract/problems.ts'

/** A call that waits for its answer. */
export interface Pending {
  readonly answer: Promise<Buffer>
  /** When its caller gives up. */
  readonly until: number
  readonly waits: boolean
  resolve(answer: Buffer): void
  reject(reason: unknown): void
}

/** Begins to wait, for no longer than `timeoutMs`. */
export function pending(call: string, timeoutMs: number): Pending {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const late = () =>
    end(() =>
      reject(Unavailable({ message: `No engine answered ${call} within ${timeoutMs / 1000} seconds.` })),
    )
  const timer = setTimeout(late, timeoutMs)
  let waits = true

  function end(settle: () => void): void {
    waits = false
    clearTimeout(timer)
    settle()
  }

  return {
    answer: promise,
    until: Date.now() + timeoutMs,
    get waits() {
      return waits
    },
    resolve: (answer) => end(() => resolve(answer)),
    reject: (reason) => end(() => reject(reason)),
  }
}

/** Why a call gets no answer when the bus it was made on is closed. */
export const closedMeanwhile = () => Unavailable({ message: 'The service is stopping.' })

/** The calls of a peer, all of which go the same way. */
export function peerOf<T>(
  names: readonly string[],
  ask: (name: string, caller: unknown, asked: unknown) => Promise<unknown>,
): T {
  const calls = names.map(
    (name) => [name, (caller: unknown, asked: unknown) => ask(name, caller, asked)] as const,
  )
  return Object.fromEntries(calls) as T
}

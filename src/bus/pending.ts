import type { Origin } from '../base/tracing.ts'
import { Unavailable } from '../contract/problems.ts'
import type { PeerOptions } from './bus.ts'

/** A call that waits for its answer. */
export interface Pending {
  readonly answer: Promise<Buffer>
  /** When its caller gives up. */
  readonly until: number
  readonly waits: boolean
  /** Aborted when the caller waits no more, and has no answer. */
  readonly givenUp: AbortSignal
  resolve(answer: Buffer): void
  reject(reason: unknown): void
}

/** Begins to wait, for no longer than `timeoutMs`, and only until the caller leaves. */
export function pending(call: string, timeoutMs: number, leaving?: AbortSignal): Pending {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const givenUp = new AbortController()
  const giveUp = (message: string) => {
    end(() => reject(Unavailable({ message })))
    givenUp.abort(new Error(message))
  }
  const timer = setTimeout(
    () => giveUp(`No engine answered ${call} within ${timeoutMs / 1000} seconds.`),
    timeoutMs,
  )
  const leave = () => giveUp('The caller has gone.')
  let waits = true
  leaving?.addEventListener('abort', leave, { once: true })

  function end(settle: () => void): void {
    waits = false
    clearTimeout(timer)
    leaving?.removeEventListener('abort', leave)
    settle()
  }

  const pended: Pending = {
    answer: promise,
    until: Date.now() + timeoutMs,
    get waits() {
      return waits
    },
    givenUp: givenUp.signal,
    resolve: (answer) => end(() => resolve(answer)),
    reject: (reason) => end(() => reject(reason)),
  }
  if (leaving?.aborted) leave()
  return pended
}

/** Why a call gets no answer when the bus it was made on is closed. */
export const closedMeanwhile = () => Unavailable({ message: 'The service is stopping.' })

/** One call as it is made. */
export interface Asked {
  readonly name: string
  readonly caller: unknown
  readonly ask: unknown
  readonly leaving?: AbortSignal | undefined
  readonly origin?: Origin | undefined
}

/** The calls of a peer, all of which go the same way. */
export function peerOf<T>(
  names: readonly string[],
  origin: PeerOptions['origin'],
  ask: (asked: Asked) => Promise<unknown>,
): T {
  const calls = names.map((name) => {
    const call = (caller: unknown, asked: unknown, leaving?: AbortSignal) =>
      ask({ name, caller, ask: asked, leaving, origin: origin?.() })
    return [name, call] as const
  })
  return Object.fromEntries(calls) as T
}

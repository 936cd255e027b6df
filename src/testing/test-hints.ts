import type { Hints } from '../engine/index.ts'

/** Hints between the engines of one process. */
export interface TestHints extends Hints {
  /** While it is set, no hint arrives. */
  deaf: boolean
  /** Tells of a stack as if the engine that had it in its hands were lost. */
  handAgain(stackId: string): void
  /** Carries one hint to one listener. */
  carry: (deliver: () => void) => void
}

/** What there is to take up all engines are told, as if each message came several times. */
export function testHints(): TestHints {
  const taking = new Set<(stackId: string, again: boolean) => unknown>()
  const changing: ((stackId: string) => void)[] = []
  const settling: ((stackId: string) => void)[] = []
  const signalling: ((stackId: string) => void)[] = []

  function tell(
    listeners: Iterable<(stackId: string, again: boolean) => unknown>,
    stackId: string,
    again = false,
  ) {
    if (hints.deaf) return
    for (const listener of listeners) hints.carry(() => void listener(stackId, again))
  }

  const hints: TestHints = {
    deaf: false,
    carry: queueMicrotask,
    work: (stackId) => tell(taking, stackId),
    handAgain: (stackId) => tell(taking, stackId, true),
    changed: (stackId) => tell(changing, stackId),
    settled: (stackId) => tell(settling, stackId),
    signalled: (stackId) => tell(signalling, stackId),
    async onWork(take) {
      taking.add(take)
      return { close: async () => void taking.delete(take) }
    },
    onChanged: (listener) => void changing.push(listener),
    onSettled: (listener) => void settling.push(listener),
    onSignalled: (listener) => void signalling.push(listener),
  }
  return hints
}

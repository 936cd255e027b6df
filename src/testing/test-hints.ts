import type { Hints } from '../engine/index.ts'

/** Hints between the engines of one process. */
export interface TestHints extends Hints {
  /** While it is set, no hint arrives. */
  deaf: boolean
}

export function testHints(): TestHints {
  const working: ((stackId: string) => void)[] = []
  const settling: ((stackId: string) => void)[] = []

  function tell(listeners: readonly ((stackId: string) => void)[], stackId: string): void {
    if (hints.deaf) return
    for (const listener of listeners) queueMicrotask(() => listener(stackId))
  }

  const hints: TestHints = {
    deaf: false,
    work: (stackId) => tell(working, stackId),
    settled: (stackId) => tell(settling, stackId),
    onWork: (listener) => void working.push(listener),
    onSettled: (listener) => void settling.push(listener),
  }
  return hints
}

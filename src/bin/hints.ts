import type { Bus } from '../bus/index.ts'
import type { Hints } from '../engine/index.ts'

/** The engine's hints as messages of the bus. */
export function hintsOver(bus: Bus): Hints {
  return {
    work: (stackId) => bus.publish({ kind: 'work', stackId }),
    settled: (stackId) => bus.publish({ kind: 'settled', stackId }),
    onWork: (listener) => bus.subscribe('work', ({ stackId }) => listener(stackId)),
    onSettled: (listener) => bus.subscribe('settled', ({ stackId }) => listener(stackId)),
  }
}

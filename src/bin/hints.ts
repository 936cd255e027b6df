import type { Bus } from '../bus/index.ts'
import type { Hints } from '../engine/index.ts'

/** The queue from which engines take deployments. */
const deployments = 'deployments'

/** The engine's hints as messages of the bus. */
export function hintsOver(bus: Bus): Hints {
  return {
    work: (stackId) => bus.hand(deployments, stackId),
    changed: (stackId) => bus.publish({ kind: 'changed', stackId }),
    settled: (stackId) => bus.publish({ kind: 'settled', stackId }),
    signalled: (stackId) => bus.publish({ kind: 'signalled', stackId }),
    onWork: (take) => bus.take(deployments, take),
    onChanged: (listener) => bus.subscribe('changed', ({ stackId }) => listener(stackId)),
    onSettled: (listener) => bus.subscribe('settled', ({ stackId }) => listener(stackId)),
    onSignalled: (listener) => bus.subscribe('signalled', ({ stackId }) => listener(stackId)),
  }
}

import type { ServiceView } from '../../contract/views.ts'
import type { EngineParts } from '../parts.ts'

/** The engines that said of themselves that they are there and have not said goodbye; those that are quiet count as down. */
export async function listServices({ store, clock, options }: EngineParts): Promise<readonly ServiceView[]> {
  const engines = await store.engines()
  return engines.map(({ id, host, startedAt, seenAt }) => ({
    ...{ id, host, startedAt, seenAt },
    reportSeconds: Math.ceil(options.heartbeatMs / 1000),
    isUp: clock.now() - seenAt <= options.deadAfterMs,
  }))
}

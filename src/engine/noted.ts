import type { JsonMap } from '../base/json.ts'
import type { NotedCall } from '../store/index.ts'
import type { EngineParts } from './parts.ts'

/** The call that is being answered, as it is noted with what it changes; with its answer, if nobody could tell that afterwards. */
export function noted({ call, clock }: EngineParts, answer?: JsonMap): NotedCall | undefined {
  if (call === undefined) return undefined
  return { id: call, carriedOutAt: clock.now(), ...(answer && { answer }) }
}

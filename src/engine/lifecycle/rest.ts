import { messageOf } from '../../base/problem.ts'
import { Aborted } from './failure.ts'
import type { Site } from './site.ts'

/** Waits a while, unless waiting is given up. */
export async function rest({ parts, signal }: Pick<Site, 'parts' | 'signal'>, ms: number): Promise<void> {
  try {
    await parts.clock.sleep(ms, signal)
  } catch {
    throw new Aborted(messageOf(signal.reason))
  }
}

/** Ends work that is not to begin any more. */
export function goOnUnlessAborted({ signal }: Pick<Site, 'signal'>): void {
  if (signal.aborted) throw new Aborted(messageOf(signal.reason))
}

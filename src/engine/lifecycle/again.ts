import { type CloudErrorKind, isCloudError } from '../../cloud/error.ts'
import { rest } from './rest.ts'
import type { Site } from './site.ts'

interface Patience {
  /** How often it is tried again. */
  readonly most: number
  /** The refusals that may pass. */
  readonly passing: readonly CloudErrorKind[]
}

const longestPauseMs = 8000

/** Does something that is safe to repeat, again after ever longer pauses while the cloud says what may pass. */
export async function again<T>(
  site: Pick<Site, 'parts' | 'signal'>,
  { most, passing }: Patience,
  work: () => Promise<T>,
): Promise<T> {
  const { pollMs } = site.parts.options
  for (let attempt = 0; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt >= most || !isCloudError(error) || !passing.includes(error.kind)) throw error
      const pause = Math.min(2 ** attempt * pollMs.first * 2, longestPauseMs)
      await rest(site, pause * (0.8 + 0.4 * site.parts.random()))
    }
  }
}

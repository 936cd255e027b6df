import { messageOf, Problem } from '../base/problem.ts'
import type { Context } from './kit/context.ts'

/** What was asked for; `missing` is said instead where the service does not know it. */
export async function orMissing<T>(asked: Promise<T>, missing: string): Promise<T> {
  try {
    return await asked
  } catch (error) {
    throw isNotFound(error) ? new Error(missing) : error
  }
}

const isNotFound = (error: unknown): boolean => error instanceof Problem && error.status === 404

interface Deleting {
  readonly context: Context
  /** What they are, in the plural. */
  readonly what: string
  readonly remove: (id: string) => Promise<void>
  /** What is said of one that is not there. */
  readonly missing: (id: string) => string
}

/** Deletes what has these IDs, as far as that can be done; throws if any of it could not be. */
export async function deleteEach(
  ids: readonly string[],
  { context: { terminal }, what, remove, missing }: Deleting,
): Promise<void> {
  let failed = 0
  for (const id of ids) {
    try {
      await remove(id)
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      failed++
      terminal.out.write(`${isNotFound(error) ? missing(id) : messageOf(error)}\n`)
    }
  }
  if (failed > 0) throw new Error(`Unable to delete ${failed} of the ${ids.length} ${what}.`)
}

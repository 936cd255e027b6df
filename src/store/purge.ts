import type { Log } from '../base/log.ts'
import { messageOf } from '../base/problem.ts'
import type { News } from './batch.ts'
import type { Database } from './database.ts'
import * as events from './events.ts'

/** Drops the oldest events of stacks that were given too many. */
export type Purge = (news: News) => Promise<void>

interface Purging {
  /** How many events a stack keeps; 0: all. */
  readonly most: number
  /** How many more it may have while it is deployed. */
  readonly batch: number
  readonly log: Log
}

/**
 * Counts in memory what each stack is given, and looks into the database only after so many, and when a deployment is
 * over: from then on a stack has no more than it may.
 */
export function purgeOf(database: Database, { most, batch, log }: Purging): Purge {
  const added = new Map<string, number>()

  /** The stacks that may have too many now. */
  function suspects({ events: stored, left }: News): readonly string[] {
    const found = new Set(left)
    for (const { stackId } of stored) {
      const count = (added.get(stackId) ?? 0) + 1
      added.set(stackId, count)
      if (count >= batch) found.add(stackId)
    }
    for (const stackId of found) added.delete(stackId)
    return [...found]
  }

  return async (news) => {
    if (most <= 0) return
    try {
      for (const stackId of await events.moreThan(database, suspects(news), most))
        await database.transaction((tx) => events.dropOldest(tx, stackId, most))
    } catch (error) {
      log.warn({ error: messageOf(error) }, 'Old events could not be dropped')
    }
  }
}

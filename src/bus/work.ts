import type { Log } from '../base/log.ts'

/** What is done with an item of a queue. */
export type Work = (item: string, again: boolean) => Promise<void>

interface Item {
  readonly queue: string
  readonly item: string
  readonly again: boolean
  readonly log: Log
}

/** Does the work of an item. That it failed is nobody else's business: the item would fail elsewhere too. */
export async function doWork(work: Work, { queue, item, again, log }: Item): Promise<void> {
  try {
    await work(item, again)
  } catch (error) {
    log.error(
      { queue, item, error: error instanceof Error ? error.stack : String(error) },
      'The work of an item failed',
    )
  }
}

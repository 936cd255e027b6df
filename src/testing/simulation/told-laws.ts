import { sql } from 'kysely'
import type { EventRecord } from '../../store/tables.ts'
import type { Scenario } from '../scenario.ts'

/** Something that a resource was told, and what is known of its arriving. */
export interface Said {
  /** What is said with nothing else. */
  readonly word: string
  as: 'accepted' | 'unknown' | 'refused'
}

/** All that was told, in the order in which it was stored: the clocks of engines differ. */
export const storedEvents = ({ database }: Scenario): Promise<readonly EventRecord[]> =>
  database.read((db) => db.selectFrom('hearth_event').selectAll().orderBy(sql`rowid`).execute())

/** That what was said was carried out at most once: once if it was accepted, and never if it was refused. */
export function wrongSignals(events: readonly EventRecord[], all: readonly Said[]): readonly string[] {
  const signals = events.filter(({ action }) => action === 'SIGNAL')
  return all.flatMap(({ word, as }) => {
    const times = signals.filter(({ status_reason }) => status_reason.includes(word)).length
    const isWrong = times > 1 || (as === 'accepted' && times === 0) || (as === 'refused' && times > 0)
    return isWrong ? [`what was ${word} was ${as}, and carried out ${times} times`] : []
  })
}

const isCleared = (reason: string): boolean =>
  /^Hook [\w-]+ is cleared$/.test(reason) || reason === 'Failure occurred while waiting.'

/** Whether an event tells of something else than that its resource came to the state that it shows. */
export const isAside = ({ action, status_reason: reason }: EventRecord): boolean =>
  action === 'SIGNAL' || isCleared(reason) || /paused until Hook|^Cannot signal resource/.test(reason)

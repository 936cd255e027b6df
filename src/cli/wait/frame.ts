import { cut, padEnd, widthOf } from '../render/width.ts'
import type { Paint } from '../terminal.ts'
import { isFailed, isUnderWay, type Progress } from './progress.ts'

/** The room there is to draw in. */
export interface Room {
  readonly columns: number
  readonly rows: number
}

/** What the bottom of the terminal shows at one moment: a line for each resource under way, longest first, and a sum. */
export function frame(
  progress: Progress,
  { now, room, paint }: { readonly now: number; readonly room: Room; readonly paint: Paint },
): readonly string[] {
  const underWay = [...progress.resources]
    .filter(([, { status, since }]) => isUnderWay(status) && since !== undefined)
    .map(([path, { status, since = now }]) => ({ path, status, elapsed: elapsed(now - since), since }))
    .toSorted((a, b) => a.since - b.since)
  const places = Math.max(1, room.rows - 3)
  const shown = underWay.length > places ? underWay.slice(0, places - 1) : underWay
  const width = (texts: readonly string[]) => texts.reduce((most, text) => Math.max(most, widthOf(text)), 0)
  const statusWidth = width(shown.map(({ status }) => status))
  const pathWidth = Math.min(
    width(shown.map(({ path }) => path)),
    Math.max(8, room.columns - statusWidth - 12),
  )

  const lines = shown.map(({ path, status, elapsed }) => {
    const line = `${padEnd(status, statusWidth)}  ${padEnd(cut(path, pathWidth), pathWidth)}  ${elapsed}`
    return paint('cyan', cut(line, room.columns - 1))
  })
  if (shown.length < underWay.length)
    lines.push(
      paint('dim', cut(`… and ${underWay.length - shown.length} more in progress`, room.columns - 1)),
    )
  return [
    ...lines,
    paint('bold', cut(`${summary(progress)} · ${elapsed(now - progress.startedAt)}`, room.columns - 1)),
  ]
}

/** How far it all is: `12/14 complete, 2 in progress`. */
export function summary({ action, resources }: Progress): string {
  const all = [...resources.values()]
  const underWay = all.filter(({ status }) => isUnderWay(status)).length
  const failed = all.filter(({ status, since }) => isFailed(status) && since !== undefined).length
  const parts = [doneText(action, all), `${underWay} in progress`]
  return (failed > 0 ? [...parts, `${failed} failed`] : parts).join(', ')
}

function doneText(
  action: Progress['action'],
  all: readonly { readonly status: string; readonly since?: number }[],
): string {
  const count = (isDone: (status: string) => boolean) =>
    all.filter(({ status, since }) => since !== undefined && isDone(status)).length
  switch (action) {
    case 'CREATE':
    case 'ADOPT':
      return `${all.filter(({ status }) => status.endsWith('_COMPLETE')).length}/${all.length} complete`
    case 'DELETE':
      return `${count((status) => status === 'DELETE_COMPLETE')}/${all.length} deleted`
    case 'SUSPEND':
      return `${count((status) => status === 'SUSPEND_COMPLETE')}/${all.length} suspended`
    case 'RESUME':
      return `${count((status) => status === 'RESUME_COMPLETE')}/${all.length} resumed`
    case 'CHECK':
      return `${count((status) => status === 'CHECK_COMPLETE')}/${all.length} in order`
    case 'UPDATE':
    case 'ROLLBACK':
      return `${count((status) => status.endsWith('_COMPLETE'))} changed of ${all.length}`
  }
}

/** A stretch of time in the fewest words: `7s`, `2m05s`, `1h03m`. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const two = (number: number) => String(number).padStart(2, '0')
  if (seconds < 60) return `${seconds}s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m${two(seconds % 60)}s`
  return `${Math.floor(seconds / 3600)}h${two(Math.floor((seconds % 3600) / 60))}m`
}

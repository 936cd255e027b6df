import { stripVTControlCharacters } from 'node:util'
import { widthOf } from '../render/width.ts'
import type { Outlet } from '../terminal.ts'
import type { Room } from './frame.ts'

/** Where those who wait look: lines that stay, and below them, on a terminal, a picture of now. */
export interface View {
  /** Adds lines that stay. */
  log(lines: readonly string[]): void
  /** Shows the present again, as after a change of size. */
  refresh(): void
  /** Takes the picture away and leaves the terminal as it was. */
  close(): void
}

/** A log and nothing else: for files, pipes and the logs of other programs. */
export const plainView = (outlet: Outlet): View => ({
  log: (lines) => outlet.write(lines.map((line) => `${line}\n`).join('')),
  refresh() {},
  close() {},
})

const clearBelow = '\x1b[0J'

/** A log with a picture under it that is drawn anew as things change. `draw` gives its lines for the room there is. */
export function liveView(outlet: Outlet, draw: (room: Room) => readonly string[]): View {
  let drawn: readonly string[] = []
  let isClosed = false
  const room = (): Room => outlet.size() ?? { columns: 80, rows: 24 }

  /** Back to where the picture begins. In a terminal made narrower, lines that were one are several by now. */
  const erase = (): string => {
    const rows = drawn.reduce((sum, line) => sum + rowsOf(line, room().columns), 0)
    return rows === 0 ? '' : `\x1b[${rows}A\r${clearBelow}`
  }
  const paintOver = (lines: readonly string[]) => {
    if (isClosed) return
    const before = erase()
    drawn = draw(room())
    outlet.write(`${before}${[...lines, ...drawn].map((line) => `${line}\n`).join('')}`)
  }
  const refresh = () => paintOver([])
  const stopListening = outlet.onResize(refresh)
  return {
    log: paintOver,
    refresh,
    close() {
      if (isClosed) return
      isClosed = true
      stopListening()
      outlet.write(erase())
    },
  }
}

const rowsOf = (line: string, columns: number): number =>
  Math.max(1, Math.ceil(widthOf(stripVTControlCharacters(line)) / Math.max(1, columns)))

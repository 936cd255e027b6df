import { EVENT_ID, getScalarValue } from 'js-yaml'
import type { Position, TemplatePath } from '../problem.ts'
import { eventsOf } from './indent.ts'
import { placesIn, scalarSpan } from './locate.ts'

/** A key that stood in its map before. */
export interface Duplicate {
  readonly key: string
  readonly path: TemplatePath
  /** The line of the one before it. */
  readonly first: number
  readonly position: Position
}

const deepest = 200

/** The keys of a YAML or JSON text that stand twice in one map. */
export function duplicatesIn(written: string): readonly Duplicate[] {
  let read: ReturnType<typeof eventsOf>
  try {
    read = eventsOf(written)
  } catch {
    return []
  }
  const { text, events, origin } = read
  const found: Duplicate[] = []
  const placesWritten = placesIn(written)
  const places = (offset: number) => placesWritten(origin(offset))
  const walk = (at: number, path: TemplatePath): number => {
    const event = events[at]
    if (event === undefined || path.length > deepest) return events.length
    if (event.type === EVENT_ID.SEQUENCE) return walkItems(at + 1, path)
    return event.type === EVENT_ID.MAPPING ? walkEntries(at + 1, path) : at + 1
  }
  const isEnd = (at: number) => at >= events.length || events[at]?.type === EVENT_ID.POP
  const walkItems = (from: number, path: TemplatePath): number => {
    let at = from
    for (let i = 0; !isEnd(at); i++) at = walk(at, [...path, i])
    return at + 1
  }
  const walkEntries = (from: number, path: TemplatePath): number => {
    const seen = new Map<string, number>()
    let at = from
    while (!isEnd(at)) {
      const event = events[at]
      if (event?.type === EVENT_ID.SCALAR) {
        const key = getScalarValue(text, event)
        const { start, end } = scalarSpan(text, event, 0)
        const position = places(start)
        const before = seen.get(key)
        const { line: endLine, column: endColumn } = places(end)
        if (before !== undefined && key !== '<<')
          found.push({
            key,
            path: [...path, key],
            first: before,
            position: { ...position, endLine, endColumn },
          })
        seen.set(key, position.line)
        at = walk(at + 1, [...path, key])
      } else at = walk(walk(at, path), path)
    }
    return at + 1
  }
  walk(1, [])
  return found
}

import { EVENT_ID, type Event, getScalarValue, parseEvents, type ScalarEvent } from 'js-yaml'
import type { Position, TemplatePath } from '../problem.ts'

/**
 * Where the parts of a YAML or JSON text were written. The text is only looked through when the first question comes,
 * for most texts are without fault.
 */
export function locator(text: string): (path: TemplatePath) => Position | undefined {
  let top: Spot | undefined
  let read = false
  return (path) => {
    if (!read) top = spotsIn(text)
    read = true
    return top && positionAt(text, deepest(top, path))
  }
}

/** A place in the text, and what is inside. */
interface Spot {
  readonly start: number
  readonly inside?: ReadonlyMap<string | number, Spot>
  /** Maps merged in with `<<`. */
  readonly merged?: readonly Spot[]
  /** Where the key stands, if this is the value of one. */
  readonly key?: number
}

function deepest(top: Spot, path: TemplatePath): number {
  let spot = top
  for (const part of path) {
    const next = child(spot, part)
    if (next === undefined) break
    spot = next
  }
  return spot.key ?? spot.start
}

function child(spot: Spot, part: string | number): Spot | undefined {
  const own = spot.inside?.get(part)
  if (own !== undefined) return own
  for (const merged of spot.merged ?? []) {
    const found = child(merged, part)
    if (found !== undefined) return found
  }
  return undefined
}

function positionAt(text: string, offset: number): Position {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1
  let line = 1
  for (let i = text.indexOf('\n'); i >= 0 && i < lineStart; i = text.indexOf('\n', i + 1)) line++
  return { line, column: offset - lineStart + 1 }
}

function spotsIn(text: string): Spot | undefined {
  try {
    const reader = { text, events: parseEvents(text, {}), next: 1, anchors: new Map<string, Spot>() }
    return readSpot(reader)
  } catch {
    return undefined
  }
}

interface Reader {
  readonly text: string
  readonly events: readonly Event[]
  next: number
  readonly anchors: Map<string, Spot>
}

function readSpot(reader: Reader): Spot | undefined {
  const event = reader.events[reader.next++]
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return remember(reader, event, { start: startOf(event) })
    case EVENT_ID.SEQUENCE:
      return remember(reader, event, { start: event.start, inside: readItems(reader) })
    case EVENT_ID.MAPPING:
      return remember(reader, event, { start: event.start, ...readEntries(reader) })
    case EVENT_ID.ALIAS: {
      const target = reader.anchors.get(reader.text.slice(event.anchorStart, event.anchorEnd))
      return { ...target, start: event.anchorStart - 1 }
    }
    default:
      return undefined
  }
}

/** Quotes belong to the text; the event does not count them. */
function startOf({ valueStart, style }: ScalarEvent): number {
  return style === 2 || style === 3 ? valueStart - 1 : valueStart
}

function remember(
  { text, anchors }: Reader,
  event: { anchorStart: number; anchorEnd: number },
  spot: Spot,
): Spot {
  if (event.anchorStart >= 0) anchors.set(text.slice(event.anchorStart, event.anchorEnd), spot)
  return spot
}

function ended(reader: Reader): boolean {
  const event = reader.events[reader.next]
  if (event !== undefined && event.type !== EVENT_ID.POP) return false
  reader.next++
  return true
}

function readItems(reader: Reader): ReadonlyMap<number, Spot> {
  const items = new Map<number, Spot>()
  for (let i = 0; !ended(reader); i++) {
    const spot = readSpot(reader)
    if (spot !== undefined) items.set(i, spot)
  }
  return items
}

function readEntries(reader: Reader): Pick<Spot, 'inside' | 'merged'> {
  const inside = new Map<string, Spot>()
  const merged: Spot[] = []
  while (!ended(reader)) {
    const event = reader.events[reader.next]
    const key = readSpot(reader)
    const value = readSpot(reader)
    if (key === undefined || value === undefined || event?.type !== EVENT_ID.SCALAR) continue
    const name = getScalarValue(reader.text, event)
    if (name === '<<') merged.push(...(value.inside?.has(0) ? [...value.inside.values()] : [value]))
    else inside.set(name, { ...value, key: key.start })
  }
  return { inside, merged }
}

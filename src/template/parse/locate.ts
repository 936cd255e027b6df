import {
  COLLECTION_STYLE,
  EVENT_ID,
  type Event,
  getScalarValue,
  SCALAR_STYLE,
  type ScalarEvent,
} from 'js-yaml'
import type { Position, TemplatePath } from '../problem.ts'
import { eventsOf } from './indent.ts'

/**
 * Where the parts of a YAML or JSON text were written. The text is only looked through when the first question comes,
 * for most texts are without fault.
 */
export function locator(text: string): (path: TemplatePath, part?: 'key' | 'value') => Position | undefined {
  let top: Spot | undefined
  let read = false
  let places: Places | undefined
  let origin = (offset: number): number => offset
  return (path, part = 'key') => {
    if (!read) ({ top, origin } = spotsIn(text))
    read = true
    if (top === undefined) return undefined
    places ??= placesIn(text)
    const { start, end } = wanted(deepest(top, path), part)
    const behind = places(origin(end))
    return { ...places(origin(start)), endLine: behind.line, endColumn: behind.column }
  }
}

/** A piece of a text; the end is behind its last character. */
interface Span {
  readonly start: number
  readonly end: number
}

/** A value in the text, and what is inside. */
interface Spot extends Span {
  readonly inside?: ReadonlyMap<string | number, Spot>
  /** Maps merged in with `<<`. */
  readonly merged?: readonly Spot[]
  /** The key that it is the value of. */
  readonly key?: Span
}

/** A value of which nothing is written can't be shown, so its key stands for it; what is in a list has none. */
const wanted = (spot: Spot, part: 'key' | 'value'): Span =>
  part === 'value' && spot.end > spot.start ? spot : (spot.key ?? spot)

function deepest(top: Spot, path: TemplatePath): Spot {
  let spot = top
  for (const part of path) {
    const next = child(spot, part)
    if (next === undefined) break
    spot = next
  }
  return spot
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

type Places = (offset: number) => { readonly line: number; readonly column: number }

/** Turns offsets of a text into lines and columns, both counted from one. */
export function placesIn(text: string): Places {
  const starts = [0]
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1)
  return (offset) => {
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}

/** What stands where, and where that is in the text as it was written. */
function spotsIn(written: string): { readonly top: Spot | undefined; origin(offset: number): number } {
  try {
    const { text, events, origin } = eventsOf(written)
    return { top: readSpot({ text, events, next: 1, anchors: new Map() }, 0), origin }
  } catch {
    return { top: undefined, origin: (offset) => offset }
  }
}

interface Reader {
  readonly text: string
  readonly events: readonly Event[]
  next: number
  readonly anchors: Map<string, Spot>
}

/** `from`: where the text before has ended, for a value of which nothing is written. */
function readSpot(reader: Reader, from: number): Spot | undefined {
  const event = reader.events[reader.next++]
  switch (event?.type) {
    case EVENT_ID.SCALAR:
      return remember(reader, event, scalarSpan(reader.text, event, from))
    case EVENT_ID.SEQUENCE:
    case EVENT_ID.MAPPING: {
      const { start, style } = event
      const inside = event.type === EVENT_ID.SEQUENCE ? readItems(reader, start) : readEntries(reader, start)
      const end =
        style === COLLECTION_STYLE.FLOW ? closing(reader.text, Math.max(inside.end, start + 1)) : inside.end
      return remember(reader, event, { ...inside, start, end })
    }
    case EVENT_ID.ALIAS: {
      const target = reader.anchors.get(reader.text.slice(event.anchorStart, event.anchorEnd))
      return { ...target, start: event.anchorStart - 1, end: event.anchorEnd }
    }
    default:
      return undefined
  }
}

/** The whole of a scalar, with its quotes or the header of its block; the event only counts what is between. */
export function scalarSpan(text: string, { style, valueStart, valueEnd }: ScalarEvent, from: number): Span {
  if (valueStart < 0) return { start: from, end: from }
  switch (style) {
    case SCALAR_STYLE.SINGLE_QUOTED:
    case SCALAR_STYLE.DOUBLE_QUOTED:
      return { start: valueStart - 1, end: valueEnd + 1 }
    case SCALAR_STYLE.LITERAL_BLOCK:
    case SCALAR_STYLE.FOLDED_BLOCK:
      return blockSpan(text, valueStart, valueEnd)
    default:
      return { start: valueStart, end: valueEnd }
  }
}

/** A block begins with the sign in the line before its text; that line may end in a comment, which may hold any sign. */
function blockSpan(text: string, valueStart: number, valueEnd: number): Span {
  const lineStart = text.lastIndexOf('\n', valueStart - 2) + 1
  const header = /(?:^|\s)([|>][-+\d]*)\s*(?:\s#.*)?$/.exec(text.slice(lineStart, valueStart).trimEnd())
  const start = header === null ? valueStart : lineStart + header.index + header[0].indexOf(header[1] ?? '')
  const content = text.slice(start, valueEnd).trimEnd()
  return { start, end: start + content.length }
}

/** Where a flow collection ends, whose last part ends at an offset. */
function closing(text: string, from: number): number {
  let at = from
  while (at < text.length) {
    const sign = text.charAt(at)
    if (sign === ']' || sign === '}') return at + 1
    if (sign === '#') at = text.indexOf('\n', at)
    else if (!/[\s,:]/.test(sign)) return from
    if (at < 0) return from
    at++
  }
  return from
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

type Inside = Pick<Spot, 'end' | 'inside' | 'merged'>

function readItems(reader: Reader, start: number): Inside {
  const inside = new Map<number, Spot>()
  let end = start
  for (let i = 0; !ended(reader); i++) {
    const spot = readSpot(reader, end)
    if (spot === undefined) continue
    inside.set(i, spot)
    end = spot.end
  }
  return { inside, end }
}

function readEntries(reader: Reader, start: number): Inside {
  const inside = new Map<string, Spot>()
  const merged: Spot[] = []
  let end = start
  while (!ended(reader)) {
    const event = reader.events[reader.next]
    const key = readSpot(reader, end)
    const value = readSpot(reader, key?.end ?? end)
    if (key === undefined || value === undefined) continue
    end = value.end
    if (event?.type !== EVENT_ID.SCALAR) continue
    const name = getScalarValue(reader.text, event)
    if (name === '<<') merged.push(...(value.inside?.has(0) ? [...value.inside.values()] : [value]))
    // In quotes it is a key like others, which is asked for by its name.
    inside.set(name, { ...value, key })
  }
  return { inside, merged, end }
}

import { EVENT_ID, type Event, getScalarValue, SCALAR_STYLE } from 'js-yaml'
import { eventsOf } from '../../template/parse/indent.ts'
import { scalarSpan } from '../../template/parse/locate.ts'

/** A part of a text, from its first character up to but not including `end`. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A YAML or JSON text as far as one must know it to find the files that it names: what is text, and where it stands. */
export type TextTree =
  | { readonly is: 'map'; readonly entries: readonly (readonly [key: string, value: TextTree])[] }
  | { readonly is: 'list'; readonly items: readonly TextTree[] }
  | TextLeaf

export interface TextLeaf {
  readonly is: 'leaf'
  /** Absent: a number, a truth value or nothing. */
  readonly text?: string
  readonly span: Span
}

/** Reads a text; `undefined` if it is not YAML, which is for others to say. */
export function treeOf(source: string): TextTree | undefined {
  let read: ReturnType<typeof eventsOf>
  try {
    read = eventsOf(source)
  } catch {
    return undefined
  }
  const { text, events, origin } = read
  const cursor: Cursor = { source: text, origin, events, at: 1, anchors: new Map() }
  return events[0]?.type === EVENT_ID.DOCUMENT && events.length > 2 ? readNode(cursor) : undefined
}

interface Cursor {
  readonly source: string
  /** Where a place of the source is in the text as it was written. */
  readonly origin: (offset: number) => number
  readonly events: readonly Event[]
  readonly anchors: Map<string, TextLeaf>
  at: number
}

function readNode(cursor: Cursor): TextTree {
  const event = cursor.events[cursor.at++]
  switch (event?.type) {
    case EVENT_ID.MAPPING:
      return { is: 'map', entries: [...readEntries(cursor)] }
    case EVENT_ID.SEQUENCE:
      return { is: 'list', items: [...readItems(cursor)] }
    case EVENT_ID.SCALAR: {
      const leaf = {
        is: 'leaf',
        span: written(scalarSpan(cursor.source, event, 0), cursor),
        ...textOf(cursor.source, event),
      } as const
      if (event.anchorStart >= 0)
        cursor.anchors.set(cursor.source.slice(event.anchorStart, event.anchorEnd), leaf)
      return leaf
    }
    case EVENT_ID.ALIAS: {
      // A collection behind an alias was read where its anchor stands; reading it again would never end for some texts.
      const target = cursor.anchors.get(cursor.source.slice(event.anchorStart, event.anchorEnd))
      const span = written({ start: event.anchorStart - 1, end: event.anchorEnd }, cursor)
      return { is: 'leaf', span, ...(target?.text !== undefined && { text: target.text }) }
    }
    default:
      return { is: 'leaf', span: { start: 0, end: 0 } }
  }
}

function* readEntries(cursor: Cursor): Generator<readonly [string, TextTree]> {
  while (hasMore(cursor)) {
    const key = readNode(cursor)
    const value = readNode(cursor)
    if (key.is === 'leaf' && key.text !== undefined) yield [key.text, value]
  }
}

function* readItems(cursor: Cursor): Generator<TextTree> {
  while (hasMore(cursor)) yield readNode(cursor)
}

/** Whether the collection goes on; its end is passed over. */
function hasMore(cursor: Cursor): boolean {
  const event = cursor.events[cursor.at]
  if (event !== undefined && event.type !== EVENT_ID.POP) return true
  cursor.at++
  return false
}

type Scalar = Extract<Event, { type: typeof EVENT_ID.SCALAR }>

const noText = /^(~|null|true|false|yes|no|on|off|[-+]?(\d[\d_]*)?\.?[\d_]*(e[-+]?\d+)?)?$/i

function textOf(source: string, event: Scalar): { readonly text?: string } {
  const text = getScalarValue(source, event)
  return event.style === SCALAR_STYLE.PLAIN && noText.test(text) ? {} : { text }
}

const written = ({ start, end }: Span, { origin }: Cursor): Span => ({
  start: origin(start),
  end: origin(end),
})

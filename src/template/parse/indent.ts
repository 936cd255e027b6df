import { type Event, parseEvents, YAMLException } from 'js-yaml'

/** A text in which all that stands in brackets and quotes is indented as YAML wants it. */
export interface Indented {
  readonly text: string
  /** Where in the text as it was written a place of this text is. */
  origin(offset: number): number
}

/** About how many characters may be read again, all in all: authors of ordinary templates don't come near it. */
const mostRead = 5_000_000

/**
 * Indents the lines inside of brackets and quotes that stand further left than YAML lets them. Heat has always read them, and
 * many a template ends `properties: {` with a `}` right under the word; what a line means there does not depend on it.
 */
export function indentedEnough(text: string): Indented {
  const added: Added[] = []
  let mended = text
  for (let left = mostRead; left > 0; ) {
    const last = added.at(-1)?.at
    const start = startOfDeficientLine(mended, last)
    if (start === undefined || start === last) break
    const count = widestMargin(mended, start) + 1
    mended = mended.slice(0, start) + ' '.repeat(count) + mended.slice(start)
    added.push({ at: start, count })
    left -= start + count + nearby
  }
  return { text: mended, origin: (offset) => originOf(offset, added) }
}

/** The events of a YAML text, to be read with the text that they are of. Throws if it is none. */
export function eventsOf(text: string): Indented & { readonly events: readonly Event[] } {
  try {
    return { text, events: parseEvents(text, {}), origin: (offset) => offset }
  } catch {
    const indented = indentedEnough(text)
    return { ...indented, events: parseEvents(indented.text, {}) }
  }
}

/** Spaces that were put in at a place, in the order of the text. */
interface Added {
  readonly at: number
  readonly count: number
}

/** Such lines mostly stand close to each other, and a fault in a shorter text is found sooner. */
const nearby = 10_000

/** Where the first line begins that stands too far left; it is sought near the last one first. */
function startOfDeficientLine(text: string, last = text.length): number | undefined {
  const end = last + nearby
  const found = end < text.length ? startOfDeficientLine(text.slice(0, end)) : undefined
  return found ?? deficiencyIn(text)
}

function deficiencyIn(text: string): number | undefined {
  try {
    parseEvents(text, {})
    return undefined
  } catch (error) {
    if (!(error instanceof YAMLException) || error.reason !== 'deficient indentation') return undefined
    return error.mark && error.mark.position - error.mark.column
  }
}

/** The column behind the longest margin of the lines before a place, dashes of lists counted in. */
function widestMargin(text: string, end: number): number {
  let widest = 0
  for (const [margin] of text.slice(0, end).matchAll(/^[ \-?]*/gm)) widest = Math.max(widest, margin.length)
  return widest
}

function originOf(offset: number, added: readonly Added[]): number {
  let before = 0
  for (const { at, count } of added) {
    if (at >= offset) break
    before += Math.min(count, offset - at)
  }
  return offset - before
}

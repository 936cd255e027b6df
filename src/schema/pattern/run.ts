import { smallOf } from './characters.ts'
import type { Program, Step } from './compile.ts'
import type { CharacterSet, Place } from './syntax.ts'

/** What matching may cost, in steps; it is counted down. */
export interface Effort {
  left: number
}

/** As much as one request may ask for: some steps for each of a million characters. */
export const fullEffort = (): Effort => ({ left: 4_000_000 })

/**
 * Where the first match found from the start of a text ends; `undefined` if there is none, or if the effort ran out. What
 * once led nowhere is not tried again, so that the time grows with the text and not with the number of ways to match it:
 * `(a+)+$` can't keep the service busy.
 */
export function endOfMatch(program: Program, text: string, effort: Effort): number | undefined {
  if (effort.left <= 0) return undefined
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0)
  const match = run({ program, codes, effort, refersBack: true }, 0, { at: 0, kept: [] })
  return match && codes.slice(0, match.at).reduce((length, code) => length + (code > 0xffff ? 2 : 1), 0)
}

/** A text to be matched, and what that may cost. */
export interface Matching {
  readonly program: Program
  readonly codes: readonly number[]
  readonly effort: Effort
  /** How the matching goes on may depend on what groups hold. */
  readonly refersBack: boolean
  /** A match that ends here is none. */
  readonly notAt?: number | undefined
}

/** How far a way of matching has come, and where the groups it passed begin and end. */
export interface Progress {
  readonly at: number
  readonly kept: readonly (number | undefined)[]
}

interface Way extends Progress {
  readonly step: number
}

/** Follows the steps from one of them, going back to the last choice whenever one does not fit. */
export function run(matching: Matching, start: number, from: Progress): Progress | undefined {
  const { program, effort } = matching
  const untried: Way[] = []
  const tried = new Set<number | string>()
  let way: Way | undefined = { ...from, step: start }
  while (way !== undefined && effort.left-- > 0) {
    const step: Step | undefined = program[way.step]
    if (step === undefined || step.do === 'end') {
      if (way.at !== matching.notAt) return way
      way = untried.pop()
    } else if (step.do === 'try') way = fork(step, way, { matching, untried, tried }) ?? untried.pop()
    else way = advance(step, way, matching) ?? untried.pop()
  }
  return undefined
}

interface Trying {
  readonly matching: Matching
  readonly untried: Way[]
  readonly tried: Set<number | string>
}

/** The first of two ways to go on; the second is kept for later. What was tried before leads nowhere. */
function fork(
  step: Extract<Step, { do: 'try' }>,
  { at, kept, step: number }: Way,
  { matching, untried, tried }: Trying,
): Way | undefined {
  matching.effort.left -= kept.length
  const key = keyOf({ at, kept, step: number }, matching)
  if (tried.has(key)) return undefined
  tried.add(key)
  untried.push({ at, kept, step: step.second })
  return { at, kept, step: step.first }
}

/** What decides how a way goes on: where it stands, and what groups hold if the pattern asks. */
function keyOf({ step, at, kept }: Way, { codes, refersBack }: Matching): number | string {
  return kept.length === 0 || !refersBack ? step * (codes.length + 1) + at : `${step} ${at} ${kept.join()}`
}

/** The way after one step; `undefined` if it does not fit. */
function advance(step: Exclude<Step, { do: 'try' | 'end' }>, way: Way, matching: Matching): Way | undefined {
  const { at, kept } = way
  const { codes, effort } = matching
  const next = way.step + 1
  switch (step.do) {
    case 'take': {
      const code = codes[at]
      return code !== undefined && step.set(code) ? { at: at + 1, kept, step: next } : undefined
    }
    case 'go':
      return { at, kept, step: step.to }
    case 'be':
      return isAt(step.place, at, codes, step.word) ? { at, kept, step: next } : undefined
    case 'keep': {
      effort.left -= kept.length
      const changed = [...kept]
      changed[step.slot] = at
      return { at, kept: changed, step: next }
    }
    case 'again': {
      const length = repeatedLength(step, way, codes)
      effort.left -= length ?? 0
      return length === undefined ? undefined : { at: at + length, kept, step: next }
    }
    case 'look':
      return look(step, way, matching)
  }
}

function isAt(place: Place, at: number, codes: readonly number[], word: CharacterSet): boolean {
  switch (place) {
    case 'start':
      return at === 0
    case 'end':
      return at === codes.length
    case 'last line end':
      return at === codes.length || (at === codes.length - 1 && codes[at] === newline)
    case 'line start':
      return at === 0 || codes[at - 1] === newline
    case 'line end':
      return at === codes.length || codes[at] === newline
    case 'word edge':
      return isEdge(at, codes, word)
    case 'no word edge':
      return codes.length > 0 && !isEdge(at, codes, word)
  }
}

const newline = 10

function isEdge(at: number, codes: readonly number[], word: CharacterSet): boolean {
  const isWord = (code: number | undefined) => code !== undefined && word(code)
  return isWord(codes[at - 1]) !== isWord(codes[at])
}

/** How long the text of a group is, if it comes again; a group that matched nothing does not. */
function repeatedLength(
  { number, ignoreCase }: Extract<Step, { do: 'again' }>,
  { at, kept }: Progress,
  codes: readonly number[],
): number | undefined {
  const [from, to] = [kept[number * 2], kept[number * 2 + 1]]
  if (from === undefined || to === undefined) return undefined
  const form = ignoreCase ? smallOf : (code: number) => code
  for (let i = from; i < to; i++) {
    const code = codes[at + i - from]
    if (code === undefined || form(code) !== form(codes[i] ?? -1)) return undefined
  }
  return to - from
}

function look(
  { back, negative, next }: Extract<Step, { do: 'look' }>,
  way: Way,
  matching: Matching,
): Way | undefined {
  const at = way.at - (back ?? 0)
  const seen =
    at < 0 ? undefined : run({ ...matching, notAt: undefined }, way.step + 1, { at, kept: way.kept })
  if ((seen === undefined) !== negative) return undefined
  return { at: way.at, kept: seen?.kept ?? way.kept, step: next }
}

import { type Effort, type Match, PatternError, type Search, search } from '../../../schema/index.ts'
import { type Definition, define, method } from '../definition.ts'
import { controls } from '../escapes.ts'
import {
  any,
  type Calling,
  childOf,
  integer,
  lambdaWithin,
  nullable,
  optional,
  regex,
  text,
  truth,
} from '../kinds.ts'
import { typeError, YaqlError } from '../problem.ts'
import type { Run } from '../run.ts'
import { compound, type Expression, type Frame, kindOf, list, stream, type Value } from '../values.ts'
import { charactersOf } from './characters.ts'

/** Regular expressions, in the language of Python. */
export const regexes: readonly Definition[] = [
  define('regex', {
    says: 'A regular expression.',
    takes: {
      pattern: text,
      ignoreCase: optional(nullable(truth), false),
      multiLine: optional(nullable(truth), false),
      dotAll: optional(nullable(truth), false),
    },
    example: ["regex('A.c', ignoreCase => true).matches('abc')", 'true'],
    gives: ({ pattern, ignoreCase, multiLine, dotAll }, { run }) =>
      compiled(pattern, `${ignoreCase ? 'i' : ''}${multiLine ? 'm' : ''}${dotAll ? 's' : ''}`, run),
  }),
  method('matches', {
    says: 'Whether a text has a match.',
    takes: { regexp: regex, string: text },
    example: ["regex('b+').matches('abbc')", 'true'],
    gives: ({ regexp, string }, { run }) => isMatched(regexp, string, run),
  }),
  method('matches', {
    says: 'Whether a text has a match.',
    takes: { string: text, regexp: text },
    example: ["'abbc'.matches('b+')", 'true'],
    gives: ({ regexp, string }, { run }) => isMatched(compiled(regexp, '', run), string, run),
  }),
  define('#operator_=~', {
    says: 'Whether a text has a match.',
    takes: { string: text, regexp: regex },
    example: ["'abbc' =~ regex('b+')", 'true'],
    gives: ({ regexp, string }, { run }) => isMatched(regexp, string, run),
  }),
  define('#operator_=~', {
    says: 'Whether a text has a match.',
    takes: { string: text, pattern: text },
    example: ["'abbc' =~ 'b+'", 'true'],
    gives: ({ pattern, string }, { run }) => isMatched(compiled(pattern, '', run), string, run),
  }),
  define('#operator_!~', {
    says: 'Whether a text has no match.',
    takes: { string: text, regexp: regex },
    example: ["'abbc' !~ regex('b+')", 'false'],
    gives: ({ regexp, string }, { run }) => !isMatched(regexp, string, run),
  }),
  define('#operator_!~', {
    says: 'Whether a text has no match.',
    takes: { string: text, pattern: text },
    example: ["'abbc' !~ 'b+'", 'false'],
    gives: ({ pattern, string }, { run }) => !isMatched(compiled(pattern, '', run), string, run),
  }),
  method('search', {
    says: 'The first match; null if there is none. In the expression `$1` is the match, `$2` the first group and so on, with `value`, `start` and `end`.',
    takes: { regexp: regex, string: text, selector: optional(lambdaWithin, null) },
    example: ["regex('a(b+)').search('xabb', $2.value)", '"bb"'],
    gives({ regexp, string, selector }, { run, frame }) {
      const [match] = matchesIn(regexp, string, { run })
      return match === undefined ? null : selected(regexp, match, selector, frame)
    },
  }),
  method('searchAll', {
    says: 'All matches, as `search` gives one.',
    takes: { regexp: regex, string: text, selector: optional(lambdaWithin, null) },
    example: ["regex('[0-9]+').searchAll('a1b22')", '["1", "22"]'],
    gives: ({ regexp, string, selector }, { run, frame }) =>
      stream(allSelected(regexp, string, { selector, frame, run })),
  }),
  method('split', {
    says: 'The parts of a text between matches, with what the groups matched between them.',
    takes: { regexp: regex, string: text, maxSplit: optional(integer, 0n) },
    example: ["regex('[,;]').split('a,b;c')", '["a", "b", "c"]'],
    gives: ({ regexp, string, maxSplit }, { run }) => split(regexp, string, maxSplit, run),
  }),
  method('split', {
    says: 'The parts of a text between matches, with what the groups matched between them.',
    takes: { string: text, regexp: regex, maxSplit: optional(integer, 0n) },
    example: ["'a,b;c'.split(regex('[,;]'))", '["a", "b", "c"]'],
    gives: ({ regexp, string, maxSplit }, { run }) => split(regexp, string, maxSplit, run),
  }),
  method('replace', {
    says: 'The text with another text in place of each match; `\\1` in it is the first group.',
    takes: { regexp: regex, string: text, repl: text, count: optional(integer, 0n) },
    example: ["regex('(a)b').replace('abab', `\\1-`)", '"a-a-"'],
    gives: ({ regexp, string, repl, count }, { run }) =>
      replaced(regexp, string, { count, run, by: templateOf(repl, regexp) }),
  }),
  method('replace', {
    says: 'The text with another text in place of each match.',
    takes: { string: text, regexp: regex, repl: text, count: optional(integer, 0n) },
    example: ["'abab'.replace(regex(b), c)", '"acac"'],
    gives: ({ regexp, string, repl, count }, { run }) =>
      replaced(regexp, string, { count, run, by: templateOf(repl, regexp) }),
  }),
  method('replaceBy', {
    says: 'The text with what an expression makes of each match in its place.',
    takes: { regexp: regex, string: text, repl: lambdaWithin, count: optional(integer, 0n) },
    example: ["regex('[a-z]').replaceBy('1a2', $.value.toUpper())", '"1A2"'],
    gives: ({ regexp, string, repl, count }, call) =>
      replaced(regexp, string, { count, run: call.run, by: selecting(regexp, repl, call) }),
  }),
  method('replaceBy', {
    says: 'The text with what an expression makes of each match in its place.',
    takes: { string: text, regexp: regex, repl: lambdaWithin, count: optional(integer, 0n) },
    example: ["'1a2'.replaceBy(regex('[a-z]'), $.value.toUpper())", '"1A2"'],
    gives: ({ regexp, string, repl, count }, call) =>
      replaced(regexp, string, { count, run: call.run, by: selecting(regexp, repl, call) }),
  }),
  define('escapeRegex', {
    says: 'The regular expression that matches exactly a text.',
    takes: { string: text },
    example: ["escapeRegex('a.b')", '"a\\\\.b"'],
    gives: ({ string }) => string.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&'),
  }),
  define('isRegex', {
    says: 'Whether a value is a regular expression.',
    takes: { value: any },
    example: ["isRegex('a')", 'false'],
    gives: ({ value }) => compound(value) === 'regex',
  }),
]

function compiled(source: string, flags: string, run: Run): Expression {
  run.step(1 + (source.length >> 3))
  try {
    const made = search(source, flags)
    run.step(made.size >> 5)
    return { is: 'regex', source, flags, search: made }
  } catch (error) {
    if (error instanceof PatternError)
      throw new YaqlError('error', `"${source}" is not a valid regular expression: ${error.message}`)
    throw error
  }
}

/** How many steps of matching count as one of the evaluation. */
const matchingPerStep = 8

/** A text with a match in it. */
interface Found extends Match {
  readonly characters: readonly string[]
}

interface Searching {
  readonly run: Run
  /** At most so many matches; 0: all. */
  readonly count?: bigint
}

/** The matches in a text, from left to right, none overlapping. Behind an empty one the next is not empty at that place. */
function* matchesIn(regexp: Expression, text: string, { run, count = 0n }: Searching): Generator<Found> {
  const characters = charactersOf(text)
  const codes = characters.map((character) => character.codePointAt(0) ?? 0)
  let [at, advancing] = [0, false]
  for (let found = 0n; count === 0n || found < count; found++) {
    const effort: Effort = { left: (run.limits.steps - run.steps) * matchingPerStep }
    const before = effort.left
    const match = regexp.search.find(codes, { at, advancing }, effort)
    run.step(1 + Math.ceil((before - effort.left) / matchingPerStep))
    if (match === undefined) return
    yield { ...match, characters }
    at = match.to
    advancing = match.to === match.from
  }
}

const isMatched = (regexp: Expression, text: string, run: Run): boolean =>
  !matchesIn(regexp, text, { run }).next().done

const textBetween = ({ characters }: Found, from: number, to: number): string =>
  characters.slice(from, to).join('')

const groupText = (match: Found, group: Match['groups'][number]): string | null =>
  group === undefined ? null : textBetween(match, ...group)

/** The frame in which `$` and `$1` are the match, `$2` and so on its groups, also by their names. */
function frameOf(regexp: Expression, match: Found, parent: Frame): Frame {
  const groups: readonly Match['groups'][number][] = [[match.from, match.to], ...match.groups]
  const records = groups.map((group) => recordOf(group, groupText(match, group)))
  const frame = childOf(parent, records)
  for (const [name, number] of regexp.search.names) frame.variables.set(`$${name}`, records[number] ?? null)
  return frame
}

const recordOf = (group: Match['groups'][number], value: string | null): Value =>
  plainDictionary([
    ['value', value],
    ['start', BigInt(group?.[0] ?? -1)],
    ['end', BigInt(group?.[1] ?? -1)],
  ])

function selected(
  regexp: Expression,
  match: Found,
  selector: ((frame: Frame) => Value) | null,
  frame: Frame,
): Value {
  if (selector === null) return textBetween(match, match.from, match.to)
  return selector(frameOf(regexp, match, frame))
}

function* allSelected(
  regexp: Expression,
  text: string,
  {
    selector,
    frame,
    run,
  }: { readonly selector: ((frame: Frame) => Value) | null; readonly frame: Frame; readonly run: Run },
): Generator<Value> {
  for (const match of matchesIn(regexp, text, { run })) yield selected(regexp, match, selector, frame)
}

function split(regexp: Expression, text: string, count: bigint, run: Run): Value {
  if (count < 0n) return list([text])
  const characters = charactersOf(text)
  const parts: Value[] = []
  let end = 0
  for (const match of matchesIn(regexp, text, { run, count })) {
    parts.push(textBetween(match, end, match.from))
    for (const group of match.groups) parts.push(groupText(match, group))
    end = match.to
  }
  return list([...parts, characters.slice(end).join('')])
}

interface Replacing extends Searching {
  readonly by: (match: Found) => Value
}

function replaced(regexp: Expression, text: string, { run, count = 0n, by }: Replacing): string {
  if (count < 0n) return text
  const characters = charactersOf(text)
  const parts: Value[] = []
  let [end, length] = [0, 0]
  for (const match of matchesIn(regexp, text, { run, count })) {
    if (match.from > end) parts.push(textBetween(match, end, match.from))
    const made = by(match)
    if (made !== null) parts.push(made)
    length += typeof made === 'string' ? made.length : 0
    run.step(length >> 12)
    end = match.to
  }
  const wrong = parts.findIndex((part) => typeof part !== 'string')
  if (wrong >= 0)
    throw typeError(`sequence item ${wrong}: expected str instance, ${kindOf(parts[wrong] ?? null)} found`)
  return parts.join('') + characters.slice(end).join('')
}

const selecting =
  (regexp: Expression, selector: (frame: Frame) => Value, { frame }: Calling) =>
  (match: Found): Value =>
    selector(frameOf(regexp, match, frame))

const templatePart = /\\(?:g<([^>]*)>|(0[0-7]{0,2}|[1-3][0-7]{2}|[1-9]\d?)|(.))|([^\\]+|\\$)/gsu

/** What is put in place of a match: a text in which `\1`, `\g<1>` and `\g<name>` stand for groups. */
function templateOf(template: string, { search }: Expression): (match: Found) => string {
  const parts = [...template.matchAll(templatePart)].map((part) => templateParts(part, search))
  return (match) =>
    parts
      .map((part) => {
        if (typeof part === 'string') return part
        return part === 0
          ? textBetween(match, match.from, match.to)
          : (groupText(match, match.groups[part - 1]) ?? '')
      })
      .join('')
}

/** A text, or the number of the group that stands there. */
function templateParts(found: RegExpExecArray, search: Search): string | number {
  const [, named, number, letter = '', plain] = found
  if (plain === '\\') throw patternError('bad escape (end of pattern)', found.index)
  if (plain !== undefined) return plain
  if (named !== undefined) return namedGroup(named, search, found.index + 3)
  if (number === undefined) return escapedLetter(letter, found.index)
  if (number.startsWith('0') || number.length === 3) return String.fromCodePoint(Number.parseInt(number, 8))
  return existing(Number(number), search, found.index + 1)
}

function namedGroup(name: string, search: Search, position: number): number {
  if (/^\d+$/.test(name)) return existing(Number(name), search, position)
  const number = search.names.get(name)
  if (number === undefined) throw new YaqlError('IndexError', `unknown group name '${name}'`)
  return number
}

function existing(number: number, { groups }: Search, position: number): number {
  if (number > groups) throw patternError(`invalid group reference ${number}`, position)
  return number
}

function escapedLetter(letter: string, position: number): string {
  const control = letter === '\\' ? letter : controls[letter]
  if (control !== undefined) return control
  if (/[A-Za-z]/.test(letter)) throw patternError(`bad escape \\${letter}`, position)
  return `\\${letter}`
}

const patternError = (message: string, position: number): YaqlError =>
  new YaqlError('error', `${message} at position ${position}`)

const plainDictionary = (pairs: readonly (readonly [string, Value])[]): Value => ({
  is: 'dictionary',
  frozen: false,
  entries: new Map(pairs.map(([key, value]) => [`s${key}`, [key, value] as const])),
})

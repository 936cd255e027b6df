import { anyOf, asciiClasses, classes, ignoringCase, not, range } from './characters.ts'
import { Reader } from './reader.ts'
import { type CharacterSet, type Part, PatternError, type Place } from './syntax.ts'

/** A pattern that was read. */
export interface Parsed {
  readonly part: Part
  /** Whether what it matches depends on what its groups matched before. */
  readonly refersBack: boolean
  /** How many groups it has, and the numbers of those that have names. */
  readonly groups: number
  readonly names: ReadonlyMap<string, number>
}

/** Reads a regular expression in the language of Python. Throws a `PatternError` if it is none. */
export function parse(pattern: string, flags = ''): Parsed {
  const reading: Reading = {
    reader: new Reader(pattern),
    names: new Map(),
    groups: 0,
    open: new Set(),
    depth: 0,
    refersBack: false,
  }
  const part = choice(reading, new Set([...flags, ...leadingFlags(reading.reader)]))
  if (!reading.reader.isAtEnd) throw new PatternError('it closes a group that was not opened')
  const { refersBack, groups, names } = reading
  return { part, refersBack, groups, names }
}

interface Reading {
  readonly reader: Reader
  readonly names: Map<string, number>
  groups: number
  readonly open: Set<number>
  depth: number
  refersBack: boolean
}

/** The letters of `aimsx` that are in force. */
type Flags = ReadonlySet<string>

const deepest = 100

/** Flags for the whole pattern stand at its start. */
function leadingFlags(reader: Reader): Flags {
  const start = reader.mark
  if (reader.skip('(?')) {
    const letters = reader.takeWhile(/[aiLmsux]/)
    if (letters !== '' && reader.skip(')')) return new Set(letters)
  }
  reader.backTo(start)
  return new Set()
}

function choice(reading: Reading, flags: Flags): Part {
  if (++reading.depth > deepest) throw new PatternError('its groups are nested too deeply')
  const options = [sequence(reading, flags)]
  while (reading.reader.skip('|')) options.push(sequence(reading, flags))
  reading.depth--
  return { is: 'choice', options }
}

function sequence(reading: Reading, flags: Flags): Part {
  const { reader } = reading
  const parts: Part[] = []
  for (;;) {
    if (flags.has('x')) skipRemarks(reader)
    if (reader.isAtEnd || reader.ahead === '|' || reader.ahead === ')') return { is: 'sequence', parts }
    const part = single(reading, flags)
    if (part !== undefined) parts.push(repeated(reader, part, flags))
  }
}

/** In a pattern with the flag `x` blanks and remarks mean nothing. */
function skipRemarks(reader: Reader): void {
  for (;;) {
    reader.takeWhile(/[\t-\r ]/)
    if (reader.ahead !== '#') return
    reader.takeWhile(/[^\n]/)
  }
}

/** One part without what says how often; `undefined` for a remark. */
function single(reading: Reading, flags: Flags): Part | undefined {
  const { reader } = reading
  if (repetition(reader) !== undefined) throw new PatternError('it repeats nothing')
  const character = reader.take()
  switch (character) {
    case '(':
      return group(reading, flags)
    case '[':
      return { is: 'one of', set: characterClass(reader, flags) }
    case '\\':
      return escaped(reading, flags)
    case '.':
      return { is: 'one of', set: flags.has('s') ? () => true : (code) => code !== newline }
    case '^':
      return place(flags.has('m') ? 'line start' : 'start', flags)
    case '$':
      return place(flags.has('m') ? 'line end' : 'last line end', flags)
    default:
      return literal(character, flags)
  }
}

const newline = 10

const wordsOf = (flags: Flags): Readonly<Record<string, CharacterSet>> =>
  flags.has('a') ? asciiClasses : classes

const nothing: CharacterSet = () => false

const place = (where: Place, flags: Flags): Part => ({
  is: 'place',
  place: where,
  word: wordsOf(flags).w ?? nothing,
})

const cased = (set: CharacterSet, flags: Flags): CharacterSet => (flags.has('i') ? ignoringCase(set) : set)

function literal(character: string, flags: Flags): Part {
  const code = character.codePointAt(0) ?? 0
  return { is: 'one of', set: cased((other) => other === code, flags) }
}

/** How often the part before is wanted: `*`, `+`, `?`, `{2,5}`, each also with a `?` behind it. */
function repeated(reader: Reader, part: Part, flags: Flags): Part {
  if (flags.has('x')) skipRemarks(reader)
  const count = repetition(reader)
  if (count === undefined) return part
  const [least, most] = count
  if (most < least) throw new PatternError('it wants at least more than at most')
  if (part.is === 'place') throw new PatternError('it repeats nothing')
  const lazy = reader.skip('?')
  if (repetition(reader) !== undefined) throw new PatternError('it repeats a repetition')
  return { is: 'repeat', part, least, most, lazy }
}

function repetition(reader: Reader): readonly [least: number, most: number] | undefined {
  if (reader.skip('*')) return [0, Number.POSITIVE_INFINITY]
  if (reader.skip('+')) return [1, Number.POSITIVE_INFINITY]
  if (reader.skip('?')) return [0, 1]
  const start = reader.mark
  if (!reader.skip('{')) return undefined
  const least = reader.takeWhile(/\d/)
  const isRange = reader.skip(',')
  const most = isRange ? reader.takeWhile(/\d/) : least
  if (reader.skip('}') && (least !== '' || isRange)) {
    return [Number(least), most === '' ? Number.POSITIVE_INFINITY : Number(most)]
  }
  reader.backTo(start)
  return undefined
}

function group(reading: Reading, flags: Flags): Part | undefined {
  const { reader } = reading
  if (!reader.skip('?')) return capturing(reading, flags)
  if (reader.skip(':')) return closed(reading, flags)
  if (reader.skip('P<')) return capturing(reading, flags, nameIn(reader, '>'))
  if (reader.skip('P=')) return sameAs(reading, reading.names.get(nameIn(reader, ')')), flags)
  if (reader.skip('#')) {
    reader.takeWhile(/[^)]/)
    reader.expect(')')
    return undefined
  }
  const behind = reader.skip('<')
  if (reader.skip('=')) return { is: 'look', part: closed(reading, flags), behind, negative: false }
  if (reader.skip('!')) return { is: 'look', part: closed(reading, flags), behind, negative: true }
  if (behind) throw new PatternError('it has a group of an unknown kind')
  return closed(reading, changedFlags(reader, flags))
}

/** The flags of `(?i-s:`. */
function changedFlags(reader: Reader, flags: Flags): Flags {
  const changed = new Set(flags)
  const more = reader.takeWhile(/[aimsux]/)
  const less = reader.skip('-') ? reader.takeWhile(/[imsx]/) : ''
  if (more + less === '') throw new PatternError('it has a group of an unknown kind')
  reader.expect(':')
  for (const letter of more) changed.add(letter)
  for (const letter of less) changed.delete(letter)
  return changed
}

function closed(reading: Reading, flags: Flags): Part {
  const part = choice(reading, flags)
  reading.reader.expect(')')
  return part
}

function capturing(reading: Reading, flags: Flags, name?: string): Part {
  const number = ++reading.groups
  if (name !== undefined) {
    if (reading.names.has(name)) throw new PatternError(`it has two groups named "${name}"`)
    reading.names.set(name, number)
  }
  reading.open.add(number)
  const part = closed(reading, flags)
  reading.open.delete(number)
  return { is: 'group', part, number }
}

function nameIn(reader: Reader, end: string): string {
  const name = reader.takeWhile(/[\p{L}\p{N}_]/u)
  if (name === '' || /^\d/.test(name)) throw new PatternError('it has a group with no good name')
  reader.expect(end)
  return name
}

function sameAs(reading: Reading, number: number | undefined, flags: Flags): Part {
  if (number === undefined || number > reading.groups || reading.open.has(number))
    throw new PatternError('it refers to a group that it has not')
  reading.refersBack = true
  return { is: 'same', number, ignoreCase: flags.has('i') }
}

function escaped(reading: Reading, flags: Flags): Part {
  const { reader } = reading
  const found = escapedPlace(reader, flags)
  if (found !== undefined) return found
  const start = reader.mark
  const digits = reader.takeWhile(/\d/, 3)
  const octal = digits.startsWith('0') || /^[0-3][0-7]{2}$/.test(digits)
  if (digits !== '' && !octal) {
    reader.backTo(start)
    return sameAs(reading, Number(reader.takeWhile(/\d/, 2)), flags)
  }
  reader.backTo(start)
  return { is: 'one of', set: cased(escapedSet(reader, flags), flags) }
}

function escapedPlace(reader: Reader, flags: Flags): Part | undefined {
  if (reader.skip('A')) return place('start', flags)
  if (reader.skip('Z')) return place('end', flags)
  if (reader.skip('b')) return place('word edge', flags)
  return reader.skip('B') ? place('no word edge', flags) : undefined
}

/** What an escape stands for that may also stand in a class. */
function escapedSet(reader: Reader, flags: Flags): CharacterSet {
  const letter = reader.ahead
  const named = wordsOf(flags)[letter.toLowerCase()]
  if (named !== undefined) {
    reader.take()
    return letter === letter.toLowerCase() ? named : not(named)
  }
  const code = escapedCode(reader)
  return (other) => other === code
}

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 }
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

function escapedCode(reader: Reader): number {
  if (/[0-7]/.test(reader.ahead)) {
    const code = Number.parseInt(reader.takeWhile(/[0-7]/, 3), 8)
    if (code > 0o377) throw new PatternError('an octal number in it is too large')
    return code
  }
  const letter = reader.take()
  const length = hexLengths[letter]
  if (length !== undefined) {
    const digits = reader.takeWhile(/[0-9a-fA-F]/, length)
    if (digits.length < length) throw new PatternError(`"\\${letter}" needs ${length} digits`)
    return Number.parseInt(digits, 16)
  }
  const control = controls[letter]
  if (control !== undefined) return control
  if (/[0-9A-Za-z]/.test(letter)) throw new PatternError(`"\\${letter}" means nothing`)
  return letter.codePointAt(0) ?? 0
}

function characterClass(reader: Reader, flags: Flags): CharacterSet {
  const negative = reader.skip('^')
  const sets: CharacterSet[] = []
  do sets.push(classItem(reader, flags))
  while (!reader.skip(']'))
  const set = cased(anyOf(sets), flags)
  return negative ? not(set) : set
}

function classItem(reader: Reader, flags: Flags): CharacterSet {
  const first = classEnd(reader, flags)
  const start = reader.mark
  if (!reader.skip('-')) return setOf(first)
  if (reader.ahead === ']') {
    reader.backTo(start)
    return setOf(first)
  }
  const last = classEnd(reader, flags)
  if (typeof first !== 'number' || typeof last !== 'number' || last < first) {
    throw new PatternError('a range of characters in it is none')
  }
  return range(first, last)
}

const setOf = (item: number | CharacterSet): CharacterSet =>
  typeof item === 'number' ? (code) => code === item : item

/** A character of a class, or a class within the class. */
function classEnd(reader: Reader, flags: Flags): number | CharacterSet {
  const character = reader.take()
  if (character !== '\\') return character.codePointAt(0) ?? 0
  if (reader.skip('b')) return 8
  return reader.ahead !== '' && 'dDwWsS'.includes(reader.ahead)
    ? escapedSet(reader, flags)
    : escapedCode(reader)
}

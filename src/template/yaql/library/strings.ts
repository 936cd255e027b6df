import { alias, ask, type Definition, define, either, method } from '../definition.ts'
import { type Collection, itemsOf, iterable } from '../iterate.ts'
import {
  any,
  type Calling,
  collection,
  integer,
  mapping,
  nullable,
  number,
  optional,
  rest,
  text,
  truth,
} from '../kinds.ts'
import { typeError, YaqlError } from '../problem.ts'
import type { Run } from '../run.ts'
import { sizeOf } from '../size.ts'
import { textOf } from '../text.ts'
import { kindOf, list, tuple, type Value } from '../values.ts'
import { charactersOf, find, findLast, type Range, stripped } from './characters.ts'
import { splitAtBlanks, splitAtText } from './split.ts'

const concat = define('concat', {
  says: 'Texts one after the other.',
  takes: { args: rest(text) },
  example: ["concat('a', 'b')", '"ab"'],
  gives: ({ args }) => args.join(''),
})

/** Texts. Places in them are counted in characters. */
export const strings: readonly Definition[] = [
  concat,
  alias('#operator_+', concat),
  either('len', {
    says: 'The number of characters.',
    takes: { string: text },
    example: ["'abc'.len()", '3'],
    gives: ({ string }) => BigInt(charactersOf(string).length),
  }),
  method('toUpper', {
    says: 'The text in capital letters.',
    takes: { string: text },
    example: ["'aB'.toUpper()", '"AB"'],
    gives: ({ string }) => string.toUpperCase(),
  }),
  method('toLower', {
    says: 'The text in small letters.',
    takes: { string: text },
    example: ["'aB'.toLower()", '"ab"'],
    gives: ({ string }) => string.toLowerCase(),
  }),
  method('split', {
    says: 'The parts between separators; without one between blanks.',
    takes: { string: text, separator: optional(nullable(text), null), maxSplits: optional(integer, -1n) },
    example: ["'a,b,c'.split(',', 1)", '["a", "b,c"]'],
    gives: ({ string, separator, maxSplits }) =>
      list(
        separator === null
          ? splitAtBlanks(string, maxSplits, 'left')
          : splitAtText(string, separator, maxSplits),
      ),
  }),
  method('rightSplit', {
    says: 'As `split`, but with a largest number of splits the last ones count.',
    takes: { string: text, separator: optional(nullable(text), null), maxSplits: optional(integer, -1n) },
    example: ["'a,b,c'.rightSplit(',', 1)", '["a,b", "c"]'],
    gives: ({ string, separator, maxSplits }) =>
      list(
        separator === null
          ? splitAtBlanks(string, maxSplits, 'right')
          : splitAtText(string, separator, maxSplits, 'right'),
      ),
  }),
  method('join', {
    says: 'The items as texts with a separator between them.',
    takes: { sequence: collection, separator: text },
    example: ["[1, 2].join('-')", '"1-2"'],
    gives: ({ sequence, separator }, call) => joined(sequence, separator, call),
  }),
  method('join', {
    says: 'The items as texts with a separator between them.',
    takes: { separator: text, sequence: collection },
    example: ["'-'.join([1, 2])", '"1-2"'],
    gives: ({ sequence, separator }, call) => joined(sequence, separator, call),
  }),
  define('str', {
    says: 'A value as a text.',
    takes: { value: any },
    example: ['str(2.0) + str(true)', '"2.0true"'],
    gives: ({ value }, { run }) =>
      value === null ? 'null' : typeof value === 'boolean' ? String(value) : textOf(value, run),
  }),
  method('trim', {
    says: 'The text without blanks, or without other characters, at its ends.',
    takes: { string: text, chars: optional(nullable(text), null) },
    example: ["' a '.trim()", '"a"'],
    gives: ({ string, chars }) => stripped(string, chars, 'both'),
  }),
  method('trimLeft', {
    says: 'As `trim`, at the start only.',
    takes: { string: text, chars: optional(nullable(text), null) },
    example: ["'xxa'.trimLeft(x)", '"a"'],
    gives: ({ string, chars }) => stripped(string, chars, 'start'),
  }),
  method('trimRight', {
    says: 'As `trim`, at the end only.',
    takes: { string: text, chars: optional(nullable(text), null) },
    example: ["'axx'.trimRight(x)", '"a"'],
    gives: ({ string, chars }) => stripped(string, chars, 'end'),
  }),
  either('norm', {
    says: 'The trimmed text; null if nothing is left.',
    takes: { string: nullable(text), chars: optional(nullable(text), null) },
    example: ["'  '.norm()", 'null'],
    gives: ({ string, chars }) => (string === null ? null : stripped(string, chars, 'both') || null),
  }),
  either('isEmpty', {
    says: 'Whether a text is null, empty or nothing but blanks.',
    takes: {
      string: nullable(text),
      trim: optional(truth, true),
      chars: optional(nullable(text), null),
    },
    example: ["isEmpty(' ')", 'true'],
    gives: ({ string, trim, chars }) =>
      string === null || (trim ? stripped(string, chars, 'both') : string) === '',
  }),
  method('replace', {
    says: 'The text with one text in place of another, everywhere or so many times.',
    takes: { string: text, old: text, new: text, count: optional(integer, -1n) },
    example: ["'aaa'.replace(a, b, 2)", '"bba"'],
    gives: ({ string, old, new: other, count }, { run }) => replaced(string, [old, other], count, run),
  }),
  method('replace', {
    says: 'The text with the values of a dictionary in place of its keys.',
    takes: { string: text, replacements: mapping, count: optional(integer, -1n) },
    example: ["'ab'.replace({a => 1, b => 2})", '"12"'],
    gives({ string, replacements, count }, call) {
      let result = string
      for (const [key, value] of replacements.entries.values()) {
        call.run.step(result.length >> 8)
        result = replaced(result, [textBy(key, call), textBy(value, call)], count, call.run)
      }
      return result
    },
  }),
  define('#operator_*', {
    says: 'A text so many times over.',
    takes: { left: text, right: integer },
    example: ["'ab' * 2", '"abab"'],
    gives: ({ left, right }, { run }) => repeated(left, right, run),
  }),
  define('#operator_*', {
    says: 'A text so many times over.',
    takes: { left: integer, right: text },
    example: ["2 * 'ab'", '"abab"'],
    gives: ({ left, right }, { run }) => repeated(right, left, run),
  }),
  define('#operator_in', {
    says: 'Whether a text is part of another.',
    takes: { left: text, right: text },
    example: ["'b' in 'abc'", 'true'],
    gives: ({ left, right }) => right.includes(left),
  }),
  method('substring', {
    says: 'The text from a place on, so many characters of it.',
    takes: { string: text, start: integer, length: optional(integer, -1n) },
    example: ["'abcd'.substring(1, 2)", '"bc"'],
    gives({ string, start, length }) {
      const characters = charactersOf(string)
      const from = start < 0n ? start + BigInt(characters.length) : start
      const size = length < 0n ? BigInt(characters.length) : length
      return characters.slice(Number(from), Number(from + size)).join('')
    },
  }),
  ...places('indexOf', 'first', find),
  ...places('lastIndexOf', 'last', findLast),
  method('toCharArray', {
    says: 'The characters.',
    takes: { string: text },
    example: ["'ab'.toCharArray()", '["a", "b"]'],
    gives: ({ string }) => tuple(charactersOf(string)),
  }),
  define('characters', {
    says: 'All characters of some kinds.',
    takes: {
      digits: optional(nullable(truth), false),
      hexdigits: optional(nullable(truth), false),
      asciiLowercase: optional(nullable(truth), false),
      asciiUppercase: optional(nullable(truth), false),
      asciiLetters: optional(nullable(truth), false),
      letters: optional(nullable(truth), false),
      octdigits: optional(nullable(truth), false),
      punctuation: optional(nullable(truth), false),
      printable: optional(nullable(truth), false),
      lowercase: optional(nullable(truth), false),
      uppercase: optional(nullable(truth), false),
      whitespace: optional(nullable(truth), false),
    },
    example: ['characters(octdigits => true)', '["0", "1", "2", "3", "4", "5", "6", "7"]'],
    gives(wanted) {
      const names = Object.keys(wanted).filter((name) => wanted[name as keyof typeof wanted])
      const all = names.flatMap((name) => [...charactersNamed(name)])
      return tuple([...new Set(all)])
    },
  }),
  define('isString', {
    says: 'Whether a value is a text.',
    takes: { arg: any },
    example: ["isString('')", 'true'],
    gives: ({ arg }) => typeof arg === 'string',
  }),
  method('startsWith', {
    says: 'Whether a text starts with one of some texts.',
    takes: { string: text, prefixes: rest(text) },
    example: ["'abc'.startsWith(x, a)", 'true'],
    gives: ({ string, prefixes }) => prefixes.some((prefix) => string.startsWith(prefix)),
  }),
  method('endsWith', {
    says: 'Whether a text ends with one of some texts.',
    takes: { string: text, suffixes: rest(text) },
    example: ["'abc'.endsWith(c)", 'true'],
    gives: ({ string, suffixes }) => suffixes.some((suffix) => string.endsWith(suffix)),
  }),
  define('hex', {
    says: 'An integer in hexadecimal.',
    takes: { num: nullable(number) },
    example: ['hex(255)', '"0xff"'],
    gives({ num }) {
      if (typeof num !== 'bigint')
        throw typeError(`'${kindOf(num)}' object cannot be interpreted as an integer`)
      return `${num < 0n ? '-' : ''}0x${(num < 0n ? -num : num).toString(16)}`
    },
  }),
]

/** A value as the function `str` of the expression makes it a text. */
function textBy(value: Value, call: Calling): string {
  const made = ask('str', [value], call)
  if (typeof made !== 'string')
    throw typeError(`sequence item 0: expected str instance, ${kindOf(made)} found`)
  return made
}

function joined(sequence: Collection, separator: string, call: Calling): string {
  const texts: string[] = []
  let length = 0
  for (const item of iterable(itemsOf(sequence))) {
    const one = textBy(item, call)
    texts.push(one)
    length += one.length + separator.length
    call.run.step(length >> 12)
  }
  return texts.join(separator)
}

function replaced(string: string, [old, other]: readonly [string, string], count: bigint, run: Run): string {
  const most = count < 0n ? Number.POSITIVE_INFINITY : Number(count)
  const parts = old === '' ? ['', ...charactersOf(string), ''] : string.split(old)
  run.step(parts.length >> 4)
  run.step((Math.min(parts.length - 1, most) * other.length) >> 10)
  return parts.map((part, i) => (i === 0 ? part : (i <= most ? other : old) + part)).join('')
}

function repeated(string: string, times: bigint, run: Run): string {
  if (times <= 0n) return ''
  // What the original counts: so many texts, but one less of empty ones.
  run.weighBytes(49 + Number(times) * (sizeOf(string) - 49))
  return string.repeat(Number(times))
}

/** The place of a text in another, in the forms with a start and with a length too. */
function places(
  name: string,
  which: string,
  search: (string: string, part: string, range?: Range) => number,
): readonly Definition[] {
  return [
    method(name, {
      says: `The ${which} place of a text in another, counted from 0; -1 if it is not there.`,
      takes: { string: text, sub: text, start: optional(integer, 0n) },
      example: [`'abcab'.${name}('ab')`, which === 'first' ? '0' : '3'],
      gives: ({ string, sub, start }) => BigInt(search(string, sub, { from: start })),
    }),
    method(name, {
      says: `The ${which} place of a text in so many characters of another.`,
      takes: { string: text, sub: text, start: integer, length: integer },
      example: [`'abcab'.${name}('b', 0, 3)`, '1'],
      gives({ string, sub, start, length }) {
        const size = BigInt(charactersOf(string).length)
        const from = start < 0n ? start + size : start
        const to = length < 0n ? size : from + length
        return BigInt(search(string, sub, { from, to }))
      },
    }),
  ]
}

const digits = '0123456789'
const lower = 'abcdefghijklmnopqrstuvwxyz'
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'
const blanks = ' \t\n\r\v\f'

const kinds: ReadonlyMap<string, string> = new Map([
  ['digits', digits],
  ['hexdigits', `${digits}abcdefABCDEF`],
  ['octdigits', '01234567'],
  ['asciiLowercase', lower],
  ['asciiUppercase', lower.toUpperCase()],
  ['asciiLetters', lower + lower.toUpperCase()],
  ['punctuation', punctuation],
  ['printable', digits + lower + lower.toUpperCase() + punctuation + blanks],
  ['whitespace', blanks],
])

function charactersNamed(name: string): string {
  const known = kinds.get(name)
  if (known !== undefined) return known
  // The original asks its platform for sets that this has no more, and fails.
  throw new YaqlError('AttributeError', `module 'string' has no attribute '${name}'`)
}

import type { Definition, Parameter } from '../../../src/template/yaql/definition.ts'
import { themes } from '../../../src/template/yaql/library/index.ts'
import { Chance } from '../../../src/testing/chance.ts'

/** Expressions made by chance, the same for the same seed: calls of all functions with arguments of fitting kinds, and a few others. */
export function randomExpressions(count: number, seed: number): readonly string[] {
  const chance = new Chance(seed)
  return Array.from({ length: count }, () => expression({ chance, depth: 3 }))
}

/** Words of the language in any order, most of which make no expression. */
export function randomWords(count: number, seed: number): readonly string[] {
  const chance = new Chance(seed)
  const word = () => words[chance.below(words.length)] ?? ''
  return Array.from({ length: count }, () => Array.from({ length: 1 + chance.below(8) }, word).join(''))
}

const words = [
  ...[
    '$',
    '$.data',
    '$x',
    '$.data.numbers',
    '1',
    '2',
    '1.5',
    '-1',
    "'a'",
    '"q"',
    '`b`',
    'foo',
    'null',
    'true',
    'é',
  ],
  ...[
    '[',
    ']',
    '{',
    '}',
    '(',
    ')',
    ',',
    ',',
    ' ',
    '.',
    '?.',
    '=>',
    '->',
    '+',
    '-',
    '*',
    '/',
    '=',
    '<',
    '>=',
    '=~',
  ],
  ...[
    ' and ',
    ' or ',
    ' not ',
    ' in ',
    ' mod ',
    'f(',
    'len(',
    'str(',
    'not(',
    'let(x => 1)',
    'range(2)',
    '.len()',
  ],
  ...['.a', '[0]', '__a', '_b', '#', '!', '.5', '1.', '\n', "'", '\\'],
]

interface Making {
  readonly chance: Chance
  readonly depth: number
}

/** What gives something else each time, what has no end, and sets, which have no order in the original. */
const leftOut = new Set([
  ...['random', 'now', 'localtz', 'characters', 'sequence', 'cycle', 'generate', 'generateMany'],
  // A text that is a date in the eyes of the original may be none here.
  'datetime',
  ...['set', 'toSet', 'union', 'symmetricDifference', 'add'],
])

const callable: readonly Definition[] = themes.flatMap(([, definitions]) =>
  definitions.filter(({ name }) => /^\w+$/.test(name) && !leftOut.has(name)),
)

const operators = [
  ...['+', '-', '*', '/', 'mod', '=', '!=', '<', '>', '<=', '>=', 'in', 'and', 'or', '=~', '!~'],
  ...['+', '+', '-', '=', '<', '.', '?.'],
]

function expression(making: Making): string {
  const { chance, depth } = making
  if (depth === 0) return literal('any', chance)
  const inner = { ...making, depth: depth - 1 }
  switch (chance.below(10)) {
    case 0:
    case 1:
      return binary(inner)
    case 2:
      return `(${expression(inner)})${['[0]', '.a', '[-1]', '.len()', '[a]', '[1, 2]', '.name'][chance.below(7)]}`
    case 3:
      return `let(x => ${expression(inner)}) -> ${expression(inner)}`
    case 4:
      return `[${expression(inner)}, ${expression(inner)}]`
    default:
      return called(inner)
  }
}

function binary(making: Making): string {
  const operator = operators[making.chance.below(operators.length)] ?? '+'
  const kind = ['number', 'string', 'list', 'any', 'timespan'][making.chance.below(5)] ?? 'any'
  const between = operator.includes('.') ? operator : ` ${operator} `
  return `${argument(kind, making)}${between}${argument(kind, making)}`
}

function called(making: Making): string {
  const definition = callable[making.chance.below(callable.length)]
  if (definition === undefined) return '1'
  const { name, takes } = definition
  const given = takes.plain.filter(
    ([, { fallback }]) => fallback === undefined || making.chance.below(2) === 0,
  )
  const args = given.map((one) => argumentFor(one, making))
  if (takes.positions) {
    for (let i = making.chance.below(3); i > 0; i--) args.push(argument(takes.positions[1].name, making))
  }
  const [first = '$', ...others] = args
  if (definition.called === 'function') return `${name}(${args.join(', ')})`
  return `${first}.${name}(${others.join(', ')})`
}

/** An argument, by name where ones before it may have been left out. */
function argumentFor([key, kind]: Parameter, making: Making): string {
  // An offset of a day or more is refused here as soon as it is made, there when it is used.
  const value = key === 'offset' ? 'timespan(hours => 2)' : argument(kind.name, making)
  return kind.fallback !== undefined && making.chance.below(2) === 0 ? `${key} => ${value}` : value
}

function argument(kind: string, making: Making): string {
  const { chance, depth } = making
  const wanted = chance.below(12) === 0 ? 'any' : kind.replace(' or null', '')
  if (wanted === 'lambda' && depth > 0 && chance.below(3) === 0)
    return expression({ ...making, depth: depth - 1 })
  if (depth > 0 && chance.below(4) === 0 && (wanted === 'any' || wanted === 'collection'))
    return expression({ ...making, depth: depth - 1 })
  return literal(wanted, chance)
}

const literals: Readonly<Record<string, readonly string[]>> = {
  number: ['0', '1', '2', '7', '-3', '1.5', '-0.25', '10', '2.0', '$.data.numbers[1]', '3.7'],
  integer: ['0', '1', '2', '3', '-1', '-2', '5'],
  string: [
    "'a'",
    "'abc'",
    'foo',
    "''",
    "' x y '",
    "'a,b,,c'",
    "'10'",
    '$.data.text',
    '$.data.words[0]',
    "'Äö'",
    "'{0}'",
    "','",
  ],
  boolean: ['true', 'false'],
  collection: [
    '[1, 2, 3]',
    '[]',
    '[b, a, c]',
    '$.data.numbers',
    '$.data.words',
    '$.data.servers',
    'range(4)',
    '[[1, 2], [3]]',
    'set(1, 2)',
    '[1, null]',
    '$.data.floats',
    '[1, 2].select($ * 2)',
  ],
  list: ['[1, 2, 3]', '[]', '[b, a]', '$.data.numbers', '$.data.words', "'a b'.split()"],
  iterator: ['range(3)', '[1, 2].where($ > 1)', '$.data.words.select($)'],
  ordering: ['[2, 1].orderBy($)', '$.data.words.orderBy($.len())'],
  dict: [
    '{a => 1}',
    '{}',
    '{a => 1, b => [2]}',
    '$.data.map',
    '{1 => x}',
    '{a => {b => 1}}',
    '$.data.servers[0]',
  ],
  set: ['set(1, 2)', 'set()', 'set(2)', 'set(a)', '{a => 1}.keys()'],
  regex: [
    "regex('[a-c]')",
    "regex('(o+)')",
    "regex('x*')",
    "regex('A', ignoreCase => true)",
    "regex('(a)|(b)')",
  ],
  datetime: [
    'datetime(2020, 2, 29)',
    'datetime(2021, 12, 31, 23, 59, 58, 7)',
    'datetime(0)',
    'datetime(2020, 1, 1, offset => timespan(hours => 2))',
  ],
  timespan: [
    'timespan(days => 1)',
    'timespan(hours => -3)',
    'timespan()',
    'timespan(seconds => 90, microseconds => 5)',
  ],
  lambda: [
    '$',
    '$ > 1',
    '$.len()',
    '$1',
    '$2',
    '$1 + $2',
    '$.name',
    'true',
    '1',
    'not $',
    '$ mod 2',
    '$.str()',
    '$[0]',
    '$.toUpper()',
    '$ = $2',
    '[$, 1]',
    '$.a',
    '-$',
    '$1 < $2',
  ],
  'key => value': ['a => 1', 'b => [1]', '1 => 2', "'x y' => null"],
  'condition => value': ['true => 1', 'false => 2', '1 > 2 => a', '$.data.yes => b'],
  any: [
    '1',
    '0',
    '1.5',
    "'abc'",
    'foo',
    'true',
    'false',
    'null',
    '[1, 2]',
    '[]',
    '{a => 1}',
    '$.data.numbers',
    '$.data.map',
    '$',
    '$x',
    'range(3)',
    '$.data.words',
    '$.data.servers.name',
    '[1, [2]]',
    '$.data.nothing',
  ],
}

function literal(kind: string, chance: Chance): string {
  const list = literals[kind] ?? literals.any ?? []
  return list[chance.below(list.length)] ?? '1'
}

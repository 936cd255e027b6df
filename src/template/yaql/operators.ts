/** How an operator is read: how tightly it binds, and the name of the function that it calls. */
export interface Operator {
  readonly binds: number
  readonly name: string
  readonly right?: true
}

/** From the loosest to the tightest. */
const levels = {
  send: 1,
  or: 2,
  and: 3,
  not: 4,
  comparison: 5,
  sum: 6,
  product: 7,
  pattern: 8,
  sign: 9,
  index: 10,
  dot: 11,
}

/** How tightly `[` binds what it indexes. */
export const indexBinds = levels.index

/** The operators between two values. */
export const binary: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ['.', { binds: levels.dot, name: '#operator_.' }],
  ['?.', { binds: levels.dot, name: '#operator_?.' }],
  ...of(levels.pattern, '=~', '!~'),
  ...of(levels.product, '*', '/', 'mod'),
  ...of(levels.sum, '+', '-'),
  ...of(levels.comparison, '>', '<', '>=', '<=', 'in'),
  ['=', { binds: levels.comparison, name: '*equal' }],
  ['!=', { binds: levels.comparison, name: '*not_equal' }],
  ...of(levels.and, 'and'),
  ...of(levels.or, 'or'),
  ['->', { binds: levels.send, name: '#operator_->', right: true }],
])

/** The operators before a value. */
export const unary: ReadonlyMap<string, Operator> = new Map([
  ['+', { binds: levels.sign, name: '#unary_operator_+' }],
  ['-', { binds: levels.sign, name: '#unary_operator_-' }],
  ['not', { binds: levels.not, name: '#unary_operator_not' }],
])

/** Operators that are written as words. */
export const words: ReadonlySet<string> = new Set(['mod', 'in', 'and', 'or', 'not'])

/** Operators that are written as signs, the longest first. */
export const signs: readonly string[] = [
  ...['=>', '?.', '=~', '!~', '>=', '<=', '!=', '->'],
  ...['.', '+', '-', '*', '/', '>', '<', '='],
]

function of(binds: number, ...symbols: readonly string[]): [string, Operator][] {
  return symbols.map((symbol) => [symbol, { binds, name: `#operator_${symbol}` }])
}

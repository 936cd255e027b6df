import { positionIn, type Token, tokenAfter } from './lexer.ts'
import { binary, indexBinds, unary } from './operators.ts'
import { YaqlError } from './problem.ts'
import { type Argument, call, constant, isTree, MISSING, type RuleTree, type Tree } from './tree.ts'

/** Reads an expression. Throws a `YaqlError` if it is none. */
export function parse(text: string): Tree {
  const reading: Reading = { text, at: 0, ahead: undefined, depth: 0 }
  const tree = expression(reading, 0)
  if (next(reading) !== undefined) throw unexpected(reading)
  return tree
}

interface Reading {
  readonly text: string
  /** Where the next word is looked for. */
  at: number
  /** The next word, once it was asked for: what stands behind the first mistake is not looked at. */
  ahead: { readonly token: Token | undefined; readonly end: number } | undefined
  depth: number
}

function next(reading: Reading): Token | undefined {
  const { text, at } = reading
  if (reading.ahead === undefined) {
    const [token, end = at] = tokenAfter(text, at) ?? []
    reading.ahead = { token, end }
  }
  return reading.ahead.token
}

/** Steps over the next word. */
function take(reading: Reading): void {
  reading.at = reading.ahead?.end ?? reading.at
  reading.ahead = undefined
}

/** Brackets and signs before values may be nested so deeply. */
const deepest = 200

/** A value with all operators behind it that bind at least so tightly. */
function expression(reading: Reading, least: number): Tree {
  if (++reading.depth > deepest) throw tooDeep()
  let tree = operand(reading)
  for (;;) {
    const token = next(reading)
    const longer = token && continued(reading, token, { tree, least })
    if (longer === undefined) break
    tree = longer
  }
  reading.depth--
  return tree
}

interface Left {
  readonly tree: Tree
  readonly least: number
}

/** What an operator or an index makes of what stands before it; `undefined` if none follows that binds tightly enough. */
function continued(reading: Reading, token: Token, { tree, least }: Left): Tree | undefined {
  if (isBracket(token, '[')) {
    if (indexBinds < least) return undefined
    take(reading)
    return call('#indexer', [tree, ...args(reading, ']')])
  }
  const operator = token.is === 'operator' ? binary.get(token.text) : undefined
  if (operator === undefined || operator.binds < least) return undefined
  take(reading)
  const right = expression(reading, operator.right ? operator.binds : operator.binds + 1)
  return call(operator.name, [tree, right])
}

function operand(reading: Reading): Tree {
  const token = next(reading)
  if (token === undefined) throw unexpected(reading)
  take(reading)
  switch (token.is) {
    case 'value':
      return constant(token.value)
    case 'keyword':
      return constant(token.value, true)
    case 'variable':
      return call('#get_context_data', [constant(token.value)])
    case 'function':
      return call(token.text, args(reading, ')'), true)
    case 'operator':
      return prefixed(reading, token)
    case 'bracket':
      return bracketed(reading, token)
  }
}

function prefixed(reading: Reading, token: Token): Tree {
  const operator = unary.get(token.text)
  if (operator === undefined) throw unexpected(reading, token)
  return call(operator.name, [expression(reading, operator.binds)])
}

function bracketed(reading: Reading, token: Token): Tree {
  if (token.text === '[') return call('#list', args(reading, ']'))
  if (token.text === '{') return call('#map', args(reading, '}'))
  if (token.text !== '(') throw unexpected(reading, token)
  const tree = expression(reading, 0)
  if (!skip(reading, ')')) throw unexpected(reading)
  return tree.node === 'group' ? tree : { node: 'group', tree }
}

/**
 * Arguments up to their closing bracket. Values may be left out but at the end; behind the first `key => value` all must be
 * such.
 */
function args(reading: Reading, closing: string): readonly Argument[] {
  const found: Argument[] = []
  if (skip(reading, closing)) return found
  for (;;) {
    if (!hasRules(found)) leaveOut(reading, found)
    found.push(argumentBehind(found, reading))
    if (skip(reading, closing)) return found
    if (!skip(reading, ',')) throw unexpected(reading)
  }
}

function leaveOut(reading: Reading, found: Argument[]): void {
  while (skip(reading, ',')) found.push(MISSING)
}

const hasRules = (found: readonly Argument[]): boolean => {
  const last = found.at(-1)
  return last !== undefined && isTree(last) && last.node === 'rule'
}

/** An argument behind others: behind a rule only a rule, and before the first rule at most one value left out. */
function argumentBehind(before: readonly Argument[], reading: Reading): Tree | RuleTree {
  const key = expression(reading, 0)
  const arrow = next(reading)
  if (arrow?.is !== 'operator' || arrow.text !== '=>') {
    if (hasRules(before)) throw unexpected(reading)
    return key
  }
  const [last, second] = [before.at(-1), before.at(-2)]
  if (last === MISSING && (second === undefined || second === MISSING)) throw unexpected(reading)
  take(reading)
  return { node: 'rule', key, value: expression(reading, 0) }
}

function skip(reading: Reading, bracket: string): boolean {
  if (!isBracket(next(reading), bracket)) return false
  take(reading)
  return true
}

const isBracket = (token: Token | undefined, text: string): boolean =>
  token?.is === 'bracket' && token.text === text

function unexpected(reading: Reading, token = next(reading)): YaqlError {
  const { text } = reading
  return new YaqlError(
    'YaqlGrammarException',
    token === undefined
      ? 'Parse error: unexpected end of statement'
      : `Parse error: unexpected '${token.text}' at position ${positionIn(text, token.at)} of expression '${text}'`,
  )
}

const tooDeep = (): YaqlError =>
  new YaqlError('RecursionError', `The expression is nested more than ${deepest} levels deep`)

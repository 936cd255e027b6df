import { positionIn, type Token, tokensOf } from './lexer.ts'
import { binary, indexBinds, unary } from './operators.ts'
import { YaqlError } from './problem.ts'
import { type Argument, call, constant, isTree, MISSING, type RuleTree, type Tree } from './tree.ts'

/** Reads an expression. Throws a `YaqlError` if it is none. */
export function parse(text: string): Tree {
  const reading: Reading = { text, tokens: tokensOf(text), next: 0, depth: 0 }
  const tree = expression(reading, 0)
  if (reading.next < reading.tokens.length) throw unexpected(reading)
  return tree
}

interface Reading {
  readonly text: string
  readonly tokens: readonly Token[]
  next: number
  depth: number
}

/** Brackets and signs before values may be nested so deeply. */
const deepest = 200

/** A value with all operators behind it that bind at least so tightly. */
function expression(reading: Reading, least: number): Tree {
  if (++reading.depth > deepest) throw tooDeep()
  let tree = operand(reading)
  for (;;) {
    const token = reading.tokens[reading.next]
    const next = token && continued(reading, token, { tree, least })
    if (next === undefined) break
    tree = next
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
    reading.next++
    return call('#indexer', [tree, ...args(reading, ']')])
  }
  const operator = token.is === 'operator' ? binary.get(token.text) : undefined
  if (operator === undefined || operator.binds < least) return undefined
  reading.next++
  const right = expression(reading, operator.right ? operator.binds : operator.binds + 1)
  return call(operator.name, [tree, right])
}

function operand(reading: Reading): Tree {
  const token = reading.tokens[reading.next]
  if (token === undefined) throw unexpected(reading)
  reading.next++
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
    found.push(checked(reading, argumentOf(reading), found))
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

/** An argument that may stand behind others: no value behind a rule, and before the first rule at most one left out. */
function checked(reading: Reading, [argument, arrow]: Found, before: readonly Argument[]): Argument {
  if (argument.node !== 'rule') {
    if (hasRules(before)) throw unexpected(reading)
    return argument
  }
  const [last, second] = [before.at(-1), before.at(-2)]
  if (last === MISSING && (second === undefined || second === MISSING)) throw unexpected(reading, arrow)
  return argument
}

/** An argument, with its arrow if it has one. */
type Found = readonly [argument: Tree | RuleTree, arrow?: Token]

function argumentOf(reading: Reading): Found {
  const key = expression(reading, 0)
  const arrow = reading.tokens[reading.next]
  if (arrow?.is !== 'operator' || arrow.text !== '=>') return [key]
  reading.next++
  return [{ node: 'rule', key, value: expression(reading, 0) }, arrow]
}

function skip(reading: Reading, bracket: string): boolean {
  if (!isBracket(reading.tokens[reading.next], bracket)) return false
  reading.next++
  return true
}

const isBracket = (token: Token | undefined, text: string): boolean =>
  token?.is === 'bracket' && token.text === text

function unexpected(reading: Reading, token = reading.tokens[reading.next]): YaqlError {
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

import type { Value } from './values.ts'

/** An expression that was read. */
export type Tree = Constant | Call | Group | RuleTree

export interface Constant {
  readonly node: 'constant'
  readonly value: Value
  /** A word without quotes: the text of that word, and where a name is wanted, the name. */
  readonly keyword: boolean
}

/** Operators, lists, maps and variables are calls too, of functions with names of their own. */
export interface Call {
  readonly node: 'call'
  readonly name: string
  readonly args: readonly Argument[]
  /** Written as a function: what may stand behind a dot. */
  readonly method: boolean
}

/** An expression in parentheses. */
export interface Group {
  readonly node: 'group'
  readonly tree: Tree
}

/** `key => value` among arguments. */
export interface RuleTree {
  readonly node: 'rule'
  readonly key: Tree
  readonly value: Tree
}

/** Stands where an argument is left out: `f(1,,2)`. */
export const MISSING = Symbol('missing')

/** What a function is given: an expression as long as nobody has evaluated it. */
export type Argument = Tree | Value | typeof MISSING

export const isTree = (argument: Argument): argument is Tree =>
  typeof argument === 'object' && argument !== null && 'node' in argument

export const constant = (value: Value, keyword = false): Constant => ({ node: 'constant', value, keyword })

export const call = (name: string, args: readonly Argument[], method = false): Call => ({
  node: 'call',
  name,
  args,
  method,
})

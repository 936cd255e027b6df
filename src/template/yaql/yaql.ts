import { fromData, toData } from './convert.ts'
import { evaluateTree } from './evaluate.ts'
import { parse } from './parser.ts'
import type { Limits } from './run.ts'
import type { Tree } from './tree.ts'

/** An expression that was read, to be evaluated as often as is wanted. */
export interface Yaql {
  /**
   * What it gives for data, which it finds in `$`. Throws a `YaqlError` where it gives nothing. `spent` is told how many
   * steps were taken, whatever came of it.
   */
  evaluate(data: unknown, limits: Limits, spent: (steps: number) => void): unknown
}

/** Reads an expression. Throws a `YaqlError`, in the words of the original, if it is none. */
export function readYaql(text: string): Yaql {
  const known = trees.get(text)
  const tree = known ?? parse(text)
  if (known === undefined) keep(text, tree)
  return {
    evaluate: (data, limits, spent) => evaluateTree(tree, { data: fromData(data), limits, spent }, toData),
  }
}

const trees = new Map<string, Tree>()
const mostKept = 500
const longestKept = 2000

function keep(text: string, tree: Tree): void {
  if (text.length > longestKept) return
  if (trees.size >= mostKept) trees.clear()
  trees.set(text, tree)
}

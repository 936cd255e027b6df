import { messageOf } from '../../base/problem.ts'
import { invoke } from './invoke.ts'
import { library } from './library/index.ts'
import { type Limits, type Machine, Run, tooDeep } from './run.ts'
import { MISSING, type Tree } from './tree.ts'
import type { Frame, Rule, Value } from './values.ts'

/** What an expression is evaluated with. */
export interface Setting {
  /** What it finds in `$`. */
  readonly data: Value
  readonly limits: Limits
  /** Told how many steps were taken, whatever came of it. */
  readonly spent: (steps: number) => void
}

/** What an expression gives, finished within the same limits. Throws a `YaqlError` where it gives nothing. */
export function evaluateTree<T>(
  tree: Tree,
  { data, limits, spent }: Setting,
  finish: (value: Value, run: Run) => T,
): T {
  const run = new Run(machine, limits)
  const variables = new Map([['$1', data]])
  const frame: Frame = { is: 'frame', parent: undefined, variables, functions: new Map() }
  try {
    return finish(machine.evaluate(tree, run, { frame }), run)
  } catch (error) {
    // How much stack is left depends on the caller; a depth that the counting let pass may still be too much.
    if (error instanceof RangeError && messageOf(error).includes('call stack')) throw tooDeep()
    throw error
  } finally {
    spent(run.steps)
  }
}

const machine: Machine = {
  evaluate(tree, run, { frame, receiver = MISSING }): Value {
    switch (tree.node) {
      case 'constant':
        return tree.value
      case 'group':
        return machine.evaluate(tree.tree, run, { frame })
      case 'rule':
        return ruleOf(
          machine.evaluate(tree.key, run, { frame }),
          machine.evaluate(tree.value, run, { frame }),
        )
      case 'call':
        return machine.invoke({ name: tree.name, args: tree.args, frame, receiver }, run)
    }
  },
  invoke: (asking, run) => invoke(asking, run, library),
}

const ruleOf = (key: Value, value: Value): Rule => ({ is: 'rule', key, value })

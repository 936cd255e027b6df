import type { Json } from '../../base/json.ts'
import { UNKNOWN } from '../../schema/index.ts'
import type { Documentation } from '../documentation.ts'
import { DROPPED, type Evaluation, evaluate, evaluatePart } from '../evaluate.ts'
import { type Expression, itemsOf } from '../expression.ts'
import { type ArgumentReader, choosingFunction, type LazyFunction } from '../function.ts'
import { ofOneOrTwo, ofTwo } from './if-documentation.ts'
import { truthOf } from './truth.ts'

/** One of two values, as a condition decides. */
export const ifElse = choosing({ least: 3 }, ofTwo)

/** As before; without a second value, a false condition takes the whole item out of the list or map that holds it. */
export const ifOrDrop = choosing({ least: 2 }, ofOneOrTwo)

function choosing({ least }: { readonly least: number }, documentation: Documentation): LazyFunction {
  return choosingFunction('if', {
    ...documentation,
    names: 'condition',
    misuse: (args) => misuseOfIf('if', args, least),
    parse: readBranches,
    choose: chooseBranch,
  })
}

/** What is wrong with the arguments of an `if`. */
export function misuseOfIf(name: string, args: Expression, least: number): string | undefined {
  const count = itemsOf(args)?.length ?? 0
  return count >= least && count <= 3
    ? undefined
    : `Arguments to "${name}" must be of the form: [condition_name, value_if_true, value_if_false]`
}

/** Reads a condition and the values it decides about. */
export function readBranches(raw: Json, read: ArgumentReader): Expression {
  const [condition = null, ...values] = raw as readonly Json[]
  return {
    is: 'list',
    items: [read.condition(condition, 0), ...values.map((value, i) => read.value(value, i + 1))],
  }
}

/** The value that a condition decides for; DROPPED where there is none. */
export function chooseBranch(args: Expression, run: Evaluation): unknown {
  const [condition, whenTrue, whenFalse] = itemsOf(args) ?? []
  if (condition === undefined || whenTrue === undefined) return DROPPED
  const truth = truthOf(evaluate(condition, run), run)
  if (truth === UNKNOWN) {
    run.unknowns++
    return UNKNOWN
  }
  if (truth) return evaluatePart(whenTrue, run)
  return whenFalse === undefined ? DROPPED : evaluatePart(whenFalse, run)
}

import { put } from '../base/json.ts'
import { type Effort, UNKNOWN } from '../schema/index.ts'
import type { Call, Expression } from './expression.ts'
import { Refusal, type Scope } from './function.ts'
import { spendLook } from './spend.ts'

/** What an `if` without an else gives when its condition is false: the list or map that holds it leaves it out. */
export const DROPPED = Symbol('dropped')

/** One evaluation of an expression: what it may ask, what it has spent, and what becomes of refusals. */
export interface Evaluation {
  readonly scope: Scope
  /** How many values came up that are not known yet. */
  unknowns: number
  /** How much has been made of little, in items and in characters. */
  items: number
  characters: number
  /** How much of parameters, attributes and files was read, in bytes of memory. */
  bytes: number
  /** How much functions looked through, in bytes. */
  looked: number
  /** How many steps functions took that work long on little: a language of its own, a digest. */
  steps: number
  /** How many steps evaluations that belong together may still take. */
  readonly effort?: Effort
  /** Takes note of a function that refused, whose result is then UNKNOWN. Without it a refusal ends the evaluation. */
  readonly refused?: (refusal: Refusal, call: Call) => void
}

/** An evaluation that is about to begin. */
export function evaluation(scope: Scope, sharing: Pick<Evaluation, 'refused' | 'effort'> = {}): Evaluation {
  return { scope, unknowns: 0, items: 0, characters: 0, bytes: 0, looked: 0, steps: 0, ...sharing }
}

/** The value of an expression; a part left out by an `if` at its top gives null. */
export function evaluate(expression: Expression, run: Evaluation): unknown {
  const value = evaluatePart(expression, run)
  return value === DROPPED ? null : value
}

/** As `evaluate`, but DROPPED where an `if` leaves the whole out. */
export function evaluatePart(expression: Expression, run: Evaluation): unknown {
  switch (expression.is) {
    case 'data':
      return expression.value
    case 'call':
      return evaluateCall(expression, run)
    case 'list':
      return evaluateList(expression.items, run)
    case 'map':
      return evaluateMap(expression.entries, run)
  }
}

function evaluateList(items: readonly Expression[], run: Evaluation): unknown[] {
  const values: unknown[] = []
  for (const item of items) {
    const value = evaluatePart(item, run)
    if (value !== DROPPED) values.push(value)
  }
  return values
}

function evaluateMap(entries: readonly (readonly [string, Expression])[], run: Evaluation): object {
  const values: Record<string, unknown> = {}
  for (const [key, item] of entries) {
    const value = evaluatePart(item, run)
    if (value !== DROPPED) put(values, key, value)
  }
  return values
}

function evaluateCall(call: Call, run: Evaluation): unknown {
  try {
    return 'choose' in call.does ? call.does.choose(call.args, run, call) : evaluateEagerly(call, run)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    error.path ??= call.path
    if (run.refused === undefined) throw error
    run.refused(error, call)
    run.unknowns++
    return UNKNOWN
  }
}

function evaluateEagerly(call: Call, run: Evaluation): unknown {
  if (!('evaluate' in call.does)) return UNKNOWN
  const unknownsBefore = run.unknowns
  const args = evaluateArguments(call.args, call.does.places ?? 0, run)
  if (run.unknowns !== unknownsBefore && !call.does.partial) return UNKNOWN
  spendLook(args, run)
  return call.does.evaluate(args, run, call)
}

function evaluateArguments(args: Expression, places: number, run: Evaluation): unknown {
  if (args.is !== 'list' || places === 0) return evaluate(args, run)
  const fixed = args.items.slice(0, places).map((item) => evaluate(item, run))
  return [...fixed, ...evaluateList(args.items.slice(places), run)]
}

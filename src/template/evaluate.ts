import { isMap, own, put } from '../base/json.ts'
import { type Effort, hasUnknown, integerIn, UNKNOWN } from '../schema/index.ts'
import type { Call, Expression } from './expression.ts'
import { Refusal, type Scope } from './function.ts'

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
  /** How much of parameters and attributes was read, in bytes of memory. */
  bytes: number
  /** How many steps functions took that work long on little: a language of its own, a digest. */
  steps: number
  /** How many steps evaluations that belong together may still take. */
  readonly effort?: Effort
  /** Takes note of a function that refused, whose result is then UNKNOWN. Without it a refusal ends the evaluation. */
  readonly refused?: (refusal: Refusal, call: Call) => void
}

const mostItems = 100_000
const mostCharacters = 16_000_000
const mostBytes = 16_000_000
const mostSteps = 2_000_000
const deepest = 200

/** An evaluation that is about to begin. */
export function evaluation(scope: Scope, sharing: Pick<Evaluation, 'refused' | 'effort'> = {}): Evaluation {
  return { scope, unknowns: 0, items: 0, characters: 0, bytes: 0, steps: 0, ...sharing }
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
  return call.does.evaluate(args, run, call)
}

function evaluateArguments(args: Expression, places: number, run: Evaluation): unknown {
  if (args.is !== 'list' || places === 0) return evaluate(args, run)
  const fixed = args.items.slice(0, places).map((item) => evaluate(item, run))
  return [...fixed, ...evaluateList(args.items.slice(places), run)]
}

/** Pays for a value that a function fetched, and counts it if it is not known, for then what is made of it is not either. */
export function noted(value: unknown, run: Evaluation): unknown {
  if (value === undefined) return null
  if (value === UNKNOWN) run.unknowns++
  else if (typeof value === 'string') spendBytes(run, value.length)
  else if (typeof value === 'object' && value !== null) {
    const weight = weights.get(value) ?? weightOf(value)
    if (weight === UNKNOWN) run.unknowns++
    else spendBytes(run, weight)
  }
  return value
}

/** What maps and lists weigh that were looked through before and are known in every part: a large parameter is read often. */
const weights = new WeakMap<object, number>()

function weightOf(value: object): number | typeof UNKNOWN {
  if (hasUnknown(value)) return UNKNOWN
  const weight = weigh(value, deepest)
  weights.set(value, weight)
  return weight
}

/** About how many bytes of memory a value takes. */
function weigh(value: unknown, depthLeft: number): number {
  if (typeof value === 'string') return value.length + 16
  if (typeof value !== 'object' || value === null) return 8
  if (depthLeft === 0) throw new Refusal(`A value is nested more than ${deepest} levels deep`, 'TooLarge')
  let weight = 48
  for (const [key, part] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    weight += (typeof key === 'string' ? key.length + 16 : 0) + weigh(part, depthLeft - 1)
    if (weight > mostBytes) break
  }
  return weight
}

function spendBytes(run: Evaluation, count: number): void {
  run.bytes += count
  if (run.bytes > mostBytes)
    throw new Refusal(`It reads more than ${mostBytes} bytes of parameters and attributes`, 'TooLarge')
}

/** What evaluations that belong together may come to in all, in bytes. */
export interface Allowance {
  left: number
}

/** Pays for a finished evaluation; answers whether that was allowed. */
export function allows(allowance: Allowance, run: Evaluation): boolean {
  allowance.left -= costOf(run)
  return allowance.left >= 0
}

/** What an evaluation came to, in bytes; a step, which takes time and no memory, is as dear as a few words. */
export const costOf = ({ bytes, characters, steps }: Evaluation): number => bytes + characters + steps * 32

/** Pays for items that a function is about to make; refuses when a small template grows beyond all measure. */
export function spendItems(run: Evaluation, count: number): void {
  run.items += count
  if (run.items > mostItems) throw new Refusal(`The template makes more than ${mostItems} items`, 'TooLarge')
}

/** Pays for characters of a text that a function is about to make. */
export function spendCharacters(run: Evaluation, count: number): void {
  run.characters += count
  if (run.characters > mostCharacters)
    throw new Refusal(`The template makes more than ${mostCharacters} characters of text`, 'TooLarge')
}

/** How many steps all evaluations of one stack's definition may take together, those of the stacks inside it included. */
const mostStepsTogether = 8_000_000

export const effortOfStack = (): Effort => ({ left: mostStepsTogether })

/** Pays for steps that a function takes; one step is about half a microsecond. */
export function spendSteps(run: Evaluation, count: number): void {
  countSteps(run, count)
  const most =
    run.steps > mostSteps ? mostSteps : run.effort && run.effort.left < 0 ? mostStepsTogether : undefined
  if (most !== undefined) throw new Refusal(`The template takes more than ${most} steps`, 'TooLarge')
}

/** Counts steps of what came to nothing anyway. */
export function countSteps(run: Evaluation, count: number): void {
  run.steps += count
  if (run.effort) run.effort.left -= count
}

/**
 * The part of a value that keys and indexes lead to; `undefined` where they lead nowhere, UNKNOWN inside what is unknown.
 * `indexesAsText`: an index into a list may be written as a text.
 */
export function select(value: unknown, path: readonly unknown[], indexesAsText?: 'indexesAsText'): unknown {
  let part = value
  for (const key of path) {
    if (part === UNKNOWN || part === undefined) return part
    const index = indexesAsText && isSequence(part) && typeof key === 'string' ? integerIn(key) : undefined
    part = step(part, index ?? key)
  }
  return part
}

function step(part: unknown, key: unknown): unknown {
  if (typeof key === 'boolean') return step(part, Number(key))
  if (typeof key === 'number') return isSequence(part) && Number.isInteger(key) ? part.at(key) : undefined
  return typeof key === 'string' && isMap(part) ? own(part, key) : undefined
}

const isSequence = (part: unknown): part is readonly unknown[] | string =>
  Array.isArray(part) || typeof part === 'string'

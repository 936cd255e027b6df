import { type Effort, hasUnknown, UNKNOWN } from '../schema/index.ts'
import type { Evaluation } from './evaluate.ts'
import { Refusal } from './function.ts'

// What one evaluation may come to: more than templates take that mean no harm, and no more than an engine can bear.
const mostItems = 100_000
const mostCharacters = 16_000_000
const mostBytes = 16_000_000
const mostLooked = 64_000_000
const mostSteps = 2_000_000
const deepest = 200

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
  const known = weights.get(value)
  if (known !== undefined) return known
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
    throw new Refusal(`It reads more than ${mostBytes} bytes of parameters, attributes and files`, 'TooLarge')
}

/** So many bytes a function looks through in a step. */
const bytesInStep = 16

/** Pays for looking through a value, of which little may come: a large list is searched often. */
export function spendLook(value: unknown, run: Evaluation): void {
  refuseBeyondEffort(run)
  const weight = weigh(value, deepest)
  run.looked += weight
  if (run.looked > mostLooked) throw new Refusal(`It looks through more than ${mostLooked} bytes`, 'TooLarge')
  lessen(run.effort, weight / bytesInStep)
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
export const costOf = ({ bytes, characters, looked, steps }: Evaluation): number =>
  bytes + characters + looked + steps * 32

/** Pays for items that a function is about to make; refuses when a small template grows beyond all measure. */
export function spendItems(run: Evaluation, count: number): void {
  run.items += count
  if (run.items > mostItems) throw new Refusal(`The template makes more than ${mostItems} items`, 'TooLarge')
  lessen(run.effort, count)
}

/** Pays for characters of a text that a function is about to make. */
export function spendCharacters(run: Evaluation, count: number): void {
  run.characters += count
  lessen(run.effort, count / bytesInStep)
  if (run.characters > mostCharacters)
    throw new Refusal(`The template makes more than ${mostCharacters} characters of text`, 'TooLarge')
}

/** How many steps all evaluations of one stack's definition may take together, those of the stacks inside it included. */
const mostStepsTogether = 8_000_000

const tooManySteps = (most: number): string => `The template takes more than ${most} steps`

/** What is said of a stack whose functions take too many steps together. */
export const tooManyStepsTogether = tooManySteps(mostStepsTogether)

export const effortOfStack = (): Effort => ({ left: mostStepsTogether })

/** Pays for steps that a function takes; one step is about half a microsecond. */
export function spendSteps(run: Evaluation, count: number): void {
  countSteps(run, count)
  if (run.steps > mostSteps) throw new Refusal(tooManySteps(mostSteps), 'TooLarge')
  refuseBeyondEffort(run)
}

/** Counts steps of what came to nothing anyway. */
export function countSteps(run: Evaluation, count: number): void {
  run.steps += count
  lessen(run.effort, count)
}

function lessen(effort: Effort | undefined, count: number): void {
  if (effort) effort.left -= count
}

function refuseBeyondEffort({ effort }: Evaluation): void {
  if (effort && effort.left < 0) throw new Refusal(tooManyStepsTogether, 'TooLarge')
}

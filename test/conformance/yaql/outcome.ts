import { YaqlError } from '../../../src/template/yaql/problem.ts'
import { defaultLimits } from '../../../src/template/yaql/run.ts'
import { readYaql } from '../../../src/template/yaql/yaql.ts'

/** What came of an expression: a value, or the kind of an error and its words. */
export type Outcome =
  /** `unordered`: there are sets in it, so that the order of items means nothing. */
  | { readonly gives: unknown; readonly unordered?: true }
  | { readonly fails: readonly [kind: string, words: string] }

/** What comes of an expression here. */
export function outcomeOf(expression: string, data: unknown): Outcome {
  try {
    return { gives: readYaql(expression).evaluate({ data }, defaultLimits, () => undefined) }
  } catch (error) {
    if (error instanceof YaqlError) return { fails: [error.kind, error.message] }
    throw error
  }
}

/** Errors whose words are each program's own: they speak of its regular expressions, or of what JSON can say. */
const ownWords = new Set(['error', 'Unusable', 'RecursionError'])

/** Whether an outcome is that of the reference, as far as two programs can agree on it. */
export function isSame(ours: Outcome, theirs: Outcome): boolean {
  const unordered = 'unordered' in theirs
  const [one, other] = [comparable(ours, unordered), comparable(theirs, unordered)]
  // Of a long value our messages show the start.
  const [start = '', end] = one.split('…')
  return end === undefined ? one === other : other.startsWith(start) && other.endsWith(end)
}

function comparable(outcome: Outcome, unordered: boolean): string {
  const essence = 'gives' in outcome ? outcome.gives : essenceOf(outcome.fails)
  const text = JSON.stringify(inOrder([Object.keys(outcome)[0], essence], unordered))
  // Objects that have no text of their own are shown by their addresses.
  return text.replace(/<[^<>]*(<locals>[^<>]*)?( object| at 0x\w+)>/g, '<object>')
}

const essenceOf = ([kind, words]: readonly [string, string]): unknown =>
  ownWords.has(kind) ? [kind] : [kind, words]

/** A value with the keys of maps in order, and lists too where their order means nothing. */
function inOrder(value: unknown, lists: boolean): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => inOrder(item, lists))
    return lists ? items.sort(byText) : items
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .sort(byText)
    .map(([key, item]) => [key, inOrder(item, lists)])
}

const byText = (one: unknown, other: unknown): number =>
  JSON.stringify(one) < JSON.stringify(other) ? -1 : 1

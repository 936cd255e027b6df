import { isMap, put } from '../../base/json.ts'
import { UNKNOWN } from '../../schema/index.ts'
import type { Documentation } from '../documentation.ts'
import type { Evaluation } from '../evaluate.ts'
import { dataOf, type Expression, entriesOf } from '../expression.ts'
import { type EagerFunction, Refusal, templateFunction } from '../function.ts'
import { spendCharacters, spendItems, spendSteps } from '../spend.ts'
import { ofLists, ofMaps, sideBySideToo } from './repeat-documentation.ts'

/** What a version lets `repeat` go through. */
interface Manner {
  /** The keys of maps count as a list. */
  readonly maps: boolean
  /** `permutations: false` takes the lists side by side. */
  readonly sideBySide: boolean
}

/** Makes a list by filling in a template for every combination of the items of some lists. */
export const repeatLists = repeating({ maps: false, sideBySide: false }, ofLists)

/** As before; maps are gone through by their keys. */
export const repeatMaps = repeating({ maps: true, sideBySide: false }, ofMaps)

/** As before; with `permutations: false` the lists are gone through side by side. */
export const repeatPermutations = repeating({ maps: true, sideBySide: true }, sideBySideToo)

function repeating(manner: Manner, documentation: Documentation): EagerFunction {
  return templateFunction('repeat', {
    ...documentation,
    partial: true,
    misuse: (args) => misuse(args, manner),
    evaluate(args, run) {
      const {
        template = null,
        for_each: forEach,
        permutations = true,
      } = args as Readonly<Record<string, unknown>>
      if (forEach === UNKNOWN) return UNKNOWN
      if (!isMap(forEach)) throw new Refusal(notAMap)
      const nested = !manner.sideBySide || permutations === true
      if (manner.sideBySide && typeof permutations !== 'boolean') throw new Refusal(notBoolean)
      const lists = Object.values(forEach).map((list) => listFrom(list, manner.maps && nested))
      if (lists.length === 0) throw new Refusal(notAMap)
      if (lists.some((list) => list === undefined)) return UNKNOWN
      const known = lists as (readonly unknown[] | null)[]
      const combinations = nested ? product(known, run) : sideBySide(known, run)
      const words = Object.keys(forEach)
      return combinations.map((items) => fill(template, { words, items, run }))
    },
  })
}

const notAMap = 'The "for_each" argument to "repeat" must contain a map'
const notBoolean = '"permutations" should be boolean type for repeat function.'

function misuse(args: Expression, { sideBySide }: Manner): string | undefined {
  const entries = entriesOf(args)
  if (entries === undefined) return 'Arguments to "repeat" must be a map'
  const forEach = entries.get('for_each')
  if (forEach === undefined || !entries.has('template')) {
    return `"repeat" syntax should be repeat:\n  template: This is %var%\n  for_each:\n    %var%: ['a', 'b', 'c']`
  }
  const permutations = entries.get('permutations')
  if (sideBySide && permutations && typeof dataOf(permutations) !== 'boolean') return notBoolean
  return forEach.is === 'call' || entriesOf(forEach) ? undefined : notAMap
}

/** The items of a list; `null` if there is none, `undefined` while it is not known. */
function listFrom(value: unknown, maps: boolean): readonly unknown[] | null | undefined {
  if (value === null) return null
  if (value === UNKNOWN) return undefined
  if (Array.isArray(value)) return value
  if (maps && isMap(value)) return Object.keys(value)
  throw new Refusal(
    `The values of the "for_each" argument to "repeat" must be lists${maps ? ' or maps' : ''}`,
  )
}

/** Every combination, the last list changing fastest. */
function product(lists: Lists, run: Evaluation): readonly (readonly unknown[])[] {
  const count = lists.reduce((product, list) => product * (list?.length ?? 0), 1)
  spendItems(run, count)
  spendSteps(run, count * lists.length)
  return Array.from({ length: count }, (_, i) => combination(lists, i))
}

function combination(lists: Lists, number: number): readonly unknown[] {
  const items: unknown[] = []
  let rest = number
  for (const list of lists.toReversed()) {
    const length = list?.length ?? 1
    items.push(list?.[rest % length])
    rest = Math.floor(rest / length)
  }
  return items.reverse()
}

/** The first items together, then the second, and so on; a list that is null makes the result empty. */
function sideBySide(lists: Lists, run: Evaluation): readonly (readonly unknown[])[] {
  const [first = [], ...others] = lists.filter((list) => list !== null)
  if (others.some((list) => list.length !== first.length)) {
    throw new Refusal('For repeat, the length of for_each values should be equal if no nested loop.')
  }
  if (others.length + 1 < lists.length) return []
  spendItems(run, first.length)
  spendSteps(run, first.length * lists.length)
  return first.map((_, i) => lists.map((list) => list?.[i]))
}

/** Lists to go through, as far as they are there. */
type Lists = readonly (readonly unknown[] | null)[]

interface Filling {
  readonly words: readonly string[]
  readonly items: readonly unknown[]
  readonly run: Evaluation
}

function fill(template: unknown, filling: Filling): unknown {
  if (typeof template === 'string') return fillText(template, filling)
  if (typeof template !== 'object' || template === null) return template
  spendItems(filling.run, 1)
  if (Array.isArray(template)) return template.map((part: unknown) => fill(part, filling))
  const filled: Record<string, unknown> = {}
  for (const [key, part] of Object.entries(template)) {
    const name = fillText(key, filling)
    if (typeof name !== 'string') return UNKNOWN
    put(filled, name, fill(part, filling))
  }
  return filled
}

/** One word after another, so that a value put in may hold a later word. */
function fillText(text: string, { words, items, run }: Filling): unknown {
  let filled = text
  spendSteps(run, words.length)
  for (const [i, word] of words.entries()) {
    const parts = word === '' ? ['', ...filled, ''] : filled.split(word)
    const item = items[i]
    if (item === UNKNOWN) {
      if (parts.length === 1) continue
      return UNKNOWN
    }
    if (typeof item !== 'string') throw new Refusal(`"repeat" can only put strings in place of ${word}`)
    if (parts.length === 1) continue
    spendCharacters(run, filled.length + (parts.length - 1) * item.length)
    filled = parts.join(item)
  }
  return filled
}

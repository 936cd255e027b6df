import { sortedJson } from '../../base/json.ts'
import { hasUnknown, UNKNOWN } from '../../schema/index.ts'
import { spendItems } from '../evaluate.ts'
import { type EagerFunction, Refusal, templateFunction } from '../function.ts'
import { jsonText } from '../text.ts'

/** Puts lists one after another. */
export const listConcat = concatenating('list_concat', { unique: false })

/** Puts lists one after another and keeps only the first of equal items. */
export const listConcatUnique = concatenating('list_concat_unique', { unique: true })

function concatenating(name: string, { unique }: { readonly unique: boolean }): EagerFunction {
  return templateFunction(name, {
    summary: unique ? 'Joins lists into one, keeping the first of equal items.' : 'Joins lists into one.',
    example: `${name}: [[1, 2], [2, 3]]`,
    partial: true,
    evaluate(lists, run) {
      if (lists === UNKNOWN || (Array.isArray(lists) && lists.includes(UNKNOWN))) return UNKNOWN
      if (unique && hasUnknown(lists)) return UNKNOWN
      const items = listsFrom(name, lists).flatMap((list) => {
        spendItems(run, list.length)
        return list
      })
      return unique ? distinct(items) : items
    },
  })
}

function listsFrom(name: string, lists: unknown): readonly (readonly unknown[])[] {
  if (!Array.isArray(lists)) {
    const form = `"${name}" : [ [ <value 1>, <value 2> ], [ <value 3>, <value 4> ] ]`
    throw new Refusal(`Incorrect arguments to "${name}" should be: ${form}`)
  }
  return lists.map((list: unknown) => {
    if (list === null) return []
    if (!Array.isArray(list)) throw new Refusal(notAList(list, lists))
    return list
  })
}

const notAList = (item: unknown, lists: unknown): string =>
  `Incorrect arguments: Items to concat must be lists. ${jsonText(lists)} contains an item that is not a list: ${jsonText(item)}`

function distinct(items: readonly unknown[]): readonly unknown[] {
  const seen = new Set<string>()
  return items.filter((item) => {
    const text = sortedJson(item)
    return !seen.has(text) && seen.add(text)
  })
}

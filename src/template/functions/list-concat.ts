import { jsonText } from '../../base/text.ts'
import { hasUnknown, UNKNOWN } from '../../schema/index.ts'
import type { Documentation } from '../documentation.ts'
import { type EagerFunction, Refusal, templateFunction } from '../function.ts'
import { spendItems } from '../spend.ts'
import { identityOf } from './same.ts'

const lists: Pick<Documentation, 'arguments' | 'notes'> = {
  arguments: [
    { name: 'LIST', kind: 'list', meaning: 'Any number of lists; one that is null counts as empty.' },
  ],
  notes: [
    'Only lists: a text or map among them is an error.',
    'It joins the lists themselves. What is in them, lists included, stays as it is.',
  ],
}

/** Puts lists one after another. */
export const listConcat = concatenating('list_concat', {
  unique: false,
  ...lists,
  summary: 'Joins lists into one.',
  usage: 'list_concat: [LIST, LIST, …]',
  examples: [
    {
      call: 'list_concat: [[default], { get_param: groups }]',
      where: { parameters: { groups: ['web', 'default'] } },
      gives: '[default, web, default]',
    },
    {
      shows: 'One that is null counts as empty',
      call: 'list_concat: [[1, 2], null, [[3]]]',
      gives: '[1, 2, [3]]',
    },
    {
      shows: 'A text is no list',
      call: 'list_concat: [[a], b]',
      refuses:
        'Incorrect arguments: Items to concat must be lists. [["a"], "b"] contains an item that is not a list: "b"',
    },
  ],
})

/** Puts lists one after another and keeps only the first of equal items. */
export const listConcatUnique = concatenating('list_concat_unique', {
  unique: true,
  ...lists,
  summary: 'Joins lists into one, keeping the first of equal items.',
  usage: 'list_concat_unique: [LIST, LIST, …]',
  examples: [
    {
      call: 'list_concat_unique: [[default], { get_param: groups }]',
      where: { parameters: { groups: ['web', 'default'] } },
      gives: '[default, web]',
    },
    {
      shows: 'Also within one list, and of maps',
      call: 'list_concat_unique: [[{ port: 80 }, { port: 443 }, { port: 80 }]]',
      gives: '[{ port: 80 }, { port: 443 }]',
    },
    {
      shows: 'A number is not the text of its digits',
      call: 'list_concat_unique: [[1], ["1"]]',
      gives: '[1, "1"]',
    },
  ],
})

function concatenating(
  name: string,
  { unique, ...documentation }: Documentation & { readonly unique: boolean },
): EagerFunction {
  return templateFunction(name, {
    ...documentation,
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
    const text = identityOf(item)
    return !seen.has(text) && seen.add(text)
  })
}

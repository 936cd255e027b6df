import { isMap } from '../../base/json.ts'
import { jsonText, shownAs } from '../../base/text.ts'
import type { Example } from '../documentation.ts'
import type { Evaluation } from '../evaluate.ts'
import { type Call, type Expression, itemsOf } from '../expression.ts'
import { Refusal, templateFunction } from '../function.ts'
import { isNothing } from '../nothing.ts'
import { spendCharacters } from '../spend.ts'

const summary = 'Joins the texts of lists into one.'
const delimiter = {
  name: 'DELIMITER',
  kind: 'text',
  meaning: 'What stands between two items; it may be empty.',
}
const ordinary: Example = { call: 'list_join: [", ", [one, two, three]]', gives: 'one, two, three' }
const withNull: Example = {
  shows: 'An item that is null is an empty text',
  call: 'list_join: ["-", [a, null, b]]',
  gives: 'a--b',
}

/** Joins the texts of one list. */
export const listJoin = templateFunction('list_join', {
  summary,
  usage: 'list_join: [DELIMITER, LIST]',
  arguments: [delimiter, { name: 'LIST', kind: 'list of texts', meaning: 'What is joined.' }],
  examples: [
    ordinary,
    withNull,
    {
      shows: 'Only texts are joined',
      call: 'list_join: ["", [eth, 0]]',
      refuses: 'Items to join must be strings not 0',
    },
  ],
  notes: [
    'Numbers, truth values, maps and lists among the items are errors. A list that is null counts as empty.',
  ],
  places: 2,
  misuse: (args) => misuseOfJoin('list_join', args),
  evaluate: joinOne,
})

/** Joins the texts of any number of lists; maps and lists among them are written as JSON. */
export const listJoinMultiple = templateFunction('list_join', {
  summary,
  usage: 'list_join: [DELIMITER, LIST, LIST, …]',
  arguments: [
    delimiter,
    {
      name: 'LIST',
      kind: 'list',
      meaning: 'What is joined: texts, and maps and lists as JSON. Several lists are joined as one.',
    },
  ],
  examples: [
    ordinary,
    {
      shows: 'Several lists are joined as one',
      call: 'list_join: [",", [a, b], { get_param: more }]',
      where: { parameters: { more: ['c', 'd'] } },
      gives: 'a,b,c,d',
    },
    withNull,
    {
      shows: 'Maps and lists are written as JSON, keys in order',
      call: 'list_join: [" ", [disk, { size: 10, boot: true }, [1, 2]]]',
      gives: `'disk {"boot": true, "size": 10} [1, 2]'`,
    },
    {
      shows: 'Numbers and truth values must be made texts first',
      call: 'list_join: ["", [eth, 0]]',
      refuses: 'Items to join must be string, map or list not 0',
    },
  ],
  notes: [
    'Numbers and truth values among the items are errors. Write them as texts, or let `str_replace` put them in.',
    'A list that is null or empty adds nothing, not even a delimiter.',
  ],
  changes: 'takes several lists, and writes maps and lists among the items as JSON.',
  places: 1,
  misuse: (args) =>
    (itemsOf(args)?.length ?? 0) >= 2
      ? undefined
      : 'Incorrect arguments to "list_join" should be: "list_join" : [ " ", [ "str1", "str2"] ...]',
  evaluate(args, run) {
    const [delimiter, ...lists] = args as readonly unknown[]
    const items = lists.flatMap((list) => (isNothing(list) ? [] : listFrom(list, 'list_join')))
    return joined(delimiter, items, { run, name: 'list_join' }, (item) => {
      if (Array.isArray(item) || isMap(item)) return jsonText(item, 'sorted')
      throw new Refusal(`Items to join must be string, map or list not ${shownAs(item).slice(0, 200)}`)
    })
  },
})

/** What is wrong with the arguments of a function that joins one list. */
export function misuseOfJoin(name: string, args: Expression): string | undefined {
  return itemsOf(args)?.length === 2
    ? undefined
    : `Incorrect arguments to "${name}" should be: "${name}" : [ " ", [ "str1", "str2"]]`
}

/** Joins the texts of one list. */
export function joinOne(args: unknown, run: Evaluation, { does: { name } }: Call): string {
  const [delimiter, list] = args as readonly unknown[]
  return joined(delimiter, listFrom(list ?? [], name), { run, name }, (item) => {
    throw new Refusal(`Items to join must be strings not ${shownAs(item).slice(0, 200)}`)
  })
}

function listFrom(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw new Refusal(`"${name}" must operate on a list`)
}

function joined(
  delimiter: unknown,
  items: readonly unknown[],
  { run, name }: { readonly run: Evaluation; readonly name: string },
  written: (item: unknown) => string,
): string {
  if (typeof delimiter !== 'string') throw new Refusal(`"${name}" delimiter must be a string`)
  const texts = items.map((item) => {
    const text = item === null ? '' : typeof item === 'string' ? item : written(item)
    spendCharacters(run, text.length + delimiter.length)
    return text
  })
  return texts.join(delimiter)
}

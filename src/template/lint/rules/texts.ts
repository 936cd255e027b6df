import { isMap } from '../../../base/json.ts'
import { itemsOf } from '../../expression.ts'
import { select } from '../../select.ts'
import { type Found, lintRule } from '../rule.ts'

const replacers = new Set(['str_replace', 'str_replace_strict', 'str_replace_vstrict'])

/** Replacements of what a text does not hold. */
export const replacesNothing = lintRule('ReplacesNothing', {
  severity: 'warning',
  summary:
    'A parameter of `str_replace` that does not occur in the text, or a place in the text that none fills.',
  advice: 'Mend the name; most often one of the two was renamed.',
  example: {
    template:
      'outputs:\n  hello: {value: {str_replace: {template: "Hello %name%", params: {"%nmae%": you}}}}\n',
  },
  fine: {
    template:
      'outputs:\n  hello: {value: {str_replace: {template: "Hello %name%", params: {"%name%": you}}}}\n',
  },
  find: ({ template, uses }) =>
    uses.calls.flatMap(({ call }): readonly Found[] => {
      if (!replacers.has(call.does.name)) return []
      const args = select(template.source, call.path)
      const text = isMap(args) ? args.template : undefined
      const params = isMap(args) && isMap(args.params) ? Object.keys(args.params) : []
      if (typeof text !== 'string' || params.length === 0) return []
      const isCall = params.length === 1 && template.version.functions.has(params[0] ?? '')
      if (isCall) return []
      return [
        ...params
          .filter((name) => !text.includes(name))
          .map((name) => ({
            message: `"${name}" does not occur in the text`,
            path: [...call.path, 'params', name],
          })),
        ...unfilled(text, params).map((word) => ({
          message: `Nothing is put in place of "${word}"`,
          path: [...call.path, 'template'],
          offends: 'value' as const,
        })),
      ]
    }),
})

/** A resource group puts the number of each member in its place. */
const groupIndex = '%index%'

/** Words between the same signs as the known ones: `%name%`, `<name>`. Words with a sign on one side are too common. */
function unfilled(text: string, params: readonly string[]): readonly string[] {
  const frames = new Set(
    params.flatMap((name) => {
      const [, before, after] = /^(\W{1,3}|__?)\w+?(\W{1,3}|__?)$/.exec(name) ?? []
      return before === undefined || after === undefined ? [] : [`${before} ${after}`]
    }),
  )
  const found = [...frames].flatMap((frame) => {
    const [before = '', after = ''] = frame.split(' ')
    const pattern = new RegExp(`${escaped(before)}[A-Za-z]\\w{0,60}?${escaped(after)}`, 'g')
    return [...text.matchAll(pattern)].map(([word]) => word)
  })
  const isFilled = (word: string): boolean =>
    word === groupIndex || params.some((name) => word.includes(name) || name.includes(word))
  return [...new Set(found)].filter((word) => !isFilled(word))
}

const escaped = (signs: string): string => signs.replace(/[^\w]/g, '\\$&')

/** Lists of one that are joined. */
export const joinOfOne = lintRule('JoinOfOne', {
  severity: 'info',
  summary: 'A list of one item that is joined.',
  advice: 'Joining it changes nothing. Write the item alone.',
  example: { template: 'outputs:\n  name: {value: {list_join: ["-", [web]]}}\n' },
  fine: { template: 'outputs:\n  name: {value: {list_join: ["-", [web, "1"]]}}\n' },
  find: ({ uses }) =>
    uses.calls.flatMap(({ call }) => {
      if (call.does.name !== 'list_join' && call.does.name !== 'Fn::Join') return []
      const [, list, another] = itemsOf(call.args) ?? []
      const items = list === undefined || another !== undefined ? undefined : itemsOf(list)
      if (items?.length !== 1 || items[0]?.is === 'map') return []
      return [{ message: 'A list of one item is joined', path: call.path }]
    }),
})

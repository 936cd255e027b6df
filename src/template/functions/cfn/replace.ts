import { type Expression, entriesOf, itemsOf } from '../../expression.ts'
import { templateFunction } from '../../function.ts'
import { replaceWords } from '../str-replace.ts'

/** Puts values in place of words in a text. */
export const replace = templateFunction('Fn::Replace', {
  summary: 'Replaces words in a text by values.',
  usage: '"Fn::Replace": [{ WORD: VALUE }, TEXT]',
  arguments: [
    {
      name: 'WORD: VALUE',
      kind: 'map',
      meaning: 'For each word its value: a text, a number, a truth value or null.',
    },
    { name: 'TEXT', kind: 'text', meaning: 'The text in which the words stand.' },
  ],
  examples: [
    { call: '"Fn::Replace": [{ NAME: web, PORT: 80 }, "NAME:PORT"]', gives: '"web:80"' },
    {
      shows: 'What was put in is not searched again',
      call: '"Fn::Replace": [{ a: b, b: c }, "ab"]',
      gives: 'bc',
    },
    {
      shows: 'Truth values read as Python writes them, null as nothing',
      call: '"Fn::Replace": [{ $flag: true, $file: null }, "debug=$flag;log=$file"]',
      gives: 'debug=True;log=',
    },
    {
      shows: 'Maps and lists are refused',
      call: '"Fn::Replace": [{ $config: [a, b] }, "$config"]',
      refuses: '"Fn::Replace" params must be strings or numbers, param $config is not valid',
    },
  ],
  notes: [
    'A longer word is looked for first. A word that the text does not have is passed over.',
    'The map may be a call that gives one.',
  ],
  misuse,
  evaluate(args, run) {
    const [params, template] = args as readonly unknown[]
    return replaceWords({ template, params }, { name: 'Fn::Replace', run })
  },
})

function misuse(args: Expression): string | undefined {
  const items = itemsOf(args)
  const [params] = items ?? []
  if (params === undefined || items?.length !== 2) {
    return `Incorrect arguments to "Fn::Replace" should be: {"Fn::Replace": [ {"$var1": "foo", "%var2%": "bar"}, "$var1 is %var2%"]}`
  }
  return params.is === 'call' || entriesOf(params) ? undefined : '"Fn::Replace" parameters must be a mapping'
}

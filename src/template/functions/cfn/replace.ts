import { type Expression, entriesOf, itemsOf } from '../../expression.ts'
import { templateFunction } from '../../function.ts'
import { replaceWords } from '../str-replace.ts'

/** Puts values in place of words in a text. */
export const replace = templateFunction('Fn::Replace', {
  summary: 'Replaces words in a text by values.',
  example: '"Fn::Replace": [{ HOST: { "Fn::GetAtt": [Server, first_address] } }, "http://HOST/"]',
  examples: [
    { call: '"Fn::Replace": [{ NAME: web, PORT: 80 }, "NAME:PORT"]', gives: '"web:80"' },
    {
      call: '"Fn::Replace": [{ a: b, b: c }, "ab"]',
      gives: 'bc',
      shows: 'What was put in is not searched again.',
    },
  ],
  notes: [
    'The longest words are looked for first.',
    'Values may be texts, numbers, truth values (True, False) or null, which is nothing.',
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

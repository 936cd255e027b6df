import { isMap } from '../../base/json.ts'
import type { Evaluation } from '../evaluate.ts'
import { dataOf, type Expression, entriesOf } from '../expression.ts'
import { type Misuse, Refusal, templateFunction } from '../function.ts'
import { countSteps, spendSteps } from '../spend.ts'
import { YaqlError } from '../yaql/problem.ts'
import { readYaql, type Yaql } from '../yaql/yaql.ts'

/** Evaluates an expression of the language YAQL on data. */
export const yaql = templateFunction('yaql', {
  summary: 'Evaluates a YAQL expression on data.',
  usage: `yaql:
  expression: EXPRESSION
  data: DATA`,
  arguments: [
    { name: 'expression', kind: 'text', meaning: 'What is evaluated.' },
    {
      name: 'data',
      kind: 'any value',
      meaning: 'What it is evaluated on: `$.data` in the expression. Without it, that is an empty map.',
      optional: true,
    },
  ],
  examples: [
    {
      call: `yaql:
  expression: $.data.where($.role = web).select($.name)
  data: { get_param: servers }`,
      where: {
        parameters: {
          servers: [
            { name: 'a', role: 'web' },
            { name: 'b', role: 'db' },
          ],
        },
      },
      gives: '[a]',
    },
    {
      shows: 'A map out of a list',
      call: 'yaql: { expression: "$.data.toDict($, $.len())", data: [one, three] }',
      gives: '{ one: 3, three: 5 }',
    },
    {
      shows: 'An expression that cannot be read is refused before anything is made',
      call: 'yaql: { expression: "$.data.where(" }',
      refuses: 'Bad expression Parse error: unexpected end of statement.',
    },
    {
      shows: 'There is a limit to what an expression may go through',
      call: 'yaql: { expression: "range(201)" }',
      refuses: 'Collection length exceeds 200 elements',
    },
  ],
  notes: [
    '[The language and its functions](../yaql.md) have a page of their own.',
    'Calls in `data` are worked out first: with `data: { names: { get_attr: [group, name] } }`, the expression finds `$.data.names`.',
    'An expression that begins with a sign of YAML, such as `[` or `{`, or that has `: ` or ` #` in it, needs quotes around it, or a block after `|`.',
    'While anything in `data` is not known yet, neither is the result.',
  ],
  misuse,
  evaluate(args, run) {
    if (!isMap(args)) throw new Refusal(notMap)
    const { expression, data = {} } = args
    const read = readExpression(expression)
    if (typeof read === 'string') throw new Refusal(read)
    return evaluated(read, { data }, run)
  },
})

const notMap = 'Arguments to "yaql" must be a map.'
const form = `"yaql" syntax should be yaql:
              expression: $.data.var1.sum()
              data:
                var1: [3, 2, 1]`

function misuse(args: Expression): Misuse | undefined {
  const entries = entriesOf(args)
  if (entries === undefined) return notMap
  const expression = entries.get('expression')
  const isStrange = [...entries.keys()].some((key) => key !== 'expression' && key !== 'data')
  if (expression === undefined || isStrange) return form
  if (expression.is === 'call') return undefined
  const read = readExpression(dataOf(expression))
  return typeof read === 'string' ? { message: read, part: ['expression'] } : undefined
}

/** The expression as it was read, or the words for why it is none. */
function readExpression(text: unknown): Yaql | string {
  if (typeof text !== 'string') return 'The "expression" argument to yaql must contain a string.'
  try {
    return readYaql(text)
  } catch (error) {
    if (error instanceof YaqlError) return `Bad expression ${error.message}.`
    throw error
  }
}

/** A step of an expression takes as long as so many of other functions. */
const weight = 4

function evaluated(read: Yaql, data: unknown, run: Evaluation): unknown {
  // Where others have used up all there is to spend, it does not even begin.
  spendSteps(run, 1)
  const { yaql: limits } = run.scope
  const left = run.effort === undefined ? limits.steps : Math.ceil(run.effort.left / weight)
  let taken = 0
  try {
    const value = read.evaluate(data, { ...limits, steps: Math.min(limits.steps, left) }, (steps) => {
      taken = steps
    })
    spendSteps(run, taken * weight)
    return value
  } catch (error) {
    if (!(error instanceof YaqlError)) throw error
    countSteps(run, taken * weight)
    throw new Refusal(wordsOf(error))
  }
}

/** Errors as the original words them; those of it that say next to nothing get words of their own. */
function wordsOf({ kind, message }: YaqlError): string {
  if (kind === 'KeyError') return `There is no key ${message} in the data of the yaql expression`
  if (kind === 'StopIteration' && message === '')
    return 'The yaql expression asks for an item of an empty collection'
  return message
}

import { wordOf } from '../../base/text.ts'
import { nearestKey, UNKNOWN } from '../../schema/index.ts'
import { evaluate, evaluation } from '../evaluate.ts'
import type { Expression } from '../expression.ts'
import { Refusal, type Scope } from '../function.ts'
import { truthOf } from '../functions/truth.ts'
import { pathText, suggestion, type TemplatePath, type TemplateProblem } from '../problem.ts'
import { select } from '../select.ts'
import type { Template } from '../template.ts'
import { laterFunctionWithin } from '../versions/hints.ts'
import { type Conditions, type Known, kindIn, mappingIn, type Truth } from './known.ts'

/** What conditions are worked out from. */
export interface ConditionInput {
  readonly template: Template
  readonly parameters: Known['parameters']
  readonly parameter: (name: string) => unknown
  readonly effort: Known['effort']
  readonly problems: TemplateProblem[]
  readonly yaql: Known['yaql']
}

/** How many conditions may stand behind one another: each takes its place on the stack of calls. */
const deepest = 100

export function conditionsOf(input: ConditionInput): Conditions {
  const { template, parameters, parameter, effort, problems, yaql } = input
  const known = new Map<string, Truth | 'in progress'>()
  let depth = 0
  const section = template.version.words.conditions ?? ''
  const scope: Scope = {
    kindOf: (name) => kindIn({ template, parameters, resources: new Map() }, name),
    parameter,
    mapping: (name) => mappingIn({ template }, name),
    zones: outOfPlace,
    condition: named,
    reference: outOfPlace,
    attribute: outOfPlace,
    file: outOfPlace,
    facade: outOfPlace,
    yaql,
  }

  function named(name: string): Truth {
    const before = known.get(name)
    if (before === 'in progress') throw circular(name)
    if (before !== undefined) return before
    const definition = template.conditions.get(name)
    if (definition === undefined) throw unknown(name, template.conditions)
    if (depth >= deepest) throw tooFarBehind(name)
    known.set(name, 'in progress')
    depth++
    const truth = worked(definition, [section, name], (value) => {
      if (typeof value === 'boolean' || value === UNKNOWN) return value
      throw malformed(name, value)
    })
    depth--
    known.set(name, truth)
    return truth
  }

  function worked(expression: Expression, path: TemplatePath, judge: (value: unknown) => Truth): Truth {
    try {
      return judge(evaluate(expression, evaluation(scope, { effort })))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      report(error, error.path ?? path)
      return UNKNOWN
    }
  }

  function report({ code, message, meant }: Refusal, path: TemplatePath): void {
    const isWhole =
      code === 'UndecidedParameter' ||
      code === 'InvalidReference' ||
      message.startsWith('Condition validation error')
    problems.push({
      code,
      message: isWhole ? message : `${pathText(path)}: ${message}`,
      path,
      ...(code === 'ParameterMissing' && { part: [0] }),
      ...suggestion(meant),
      ...laterFunctionWithin(select(template.source, path), template.version),
    })
  }

  return {
    named,
    at: (path, condition) =>
      worked(condition, path, (value) => truthOf(value, evaluation(scope, { effort }))),
  }
}

const unknown = (name: string, known: ReadonlyMap<string, unknown>) =>
  new Refusal(`Invalid condition "${name}"`, 'InvalidCondition', nearestKey(name, known))

const tooFarBehind = (name: string) =>
  new Refusal(
    `Condition validation error: Condition "${name}" is behind more than ${deepest} others`,
    'TooLarge',
  )

const malformed = (name: string, value: unknown) =>
  new Refusal(
    `Condition validation error: The definition of condition "${name}" is invalid: ${wordOf(value)}`,
    'ConditionMalformed',
  )

const circular = (name: string) =>
  new Refusal(`Condition validation error: Circular definition for condition "${name}"`, 'CircularCondition')

function outOfPlace(): never {
  throw new Refusal('The function is invalid in this context', 'FunctionOutOfPlace')
}

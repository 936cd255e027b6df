import { UNKNOWN } from '../../schema/index.ts'
import type { AttributePath } from '../definition.ts'
import { evaluate, evaluation } from '../evaluate.ts'
import type { Call, Expression } from '../expression.ts'
import type { Refusal, Scope } from '../function.ts'
import { callText, pathText, suggestion, type TemplatePath, type TemplateProblem } from '../problem.ts'
import type { ProblemCode } from '../problem-codes.ts'
import { select } from '../select.ts'
import { costOf } from '../spend.ts'
import type { ResourceDefinition, Template } from '../template.ts'
import { laterFunctionWithin } from '../versions/hints.ts'
import { type Known, scopeOf } from './known.ts'

/** A place that reads an attribute of a resource. */
export interface AttributeRead {
  readonly resource: string
  readonly attribute: AttributePath
  readonly path: TemplatePath
}

/** What came of evaluating a part of the template with nothing known of any resource. */
export interface Trial {
  /** UNKNOWN stands for all that resources say, and for what functions refused. */
  readonly properties: unknown
  readonly metadata: unknown
  /** The resources that the properties and the metadata refer to. */
  readonly needs: readonly string[]
  readonly reads: readonly AttributeRead[]
  /** Whether the properties read a hidden parameter. */
  readonly usesHidden: boolean
  /** The properties are what they will be, whatever becomes of other resources. */
  readonly isFinal: boolean
  /** What the properties cost, in bytes. */
  readonly cost: number
}

/** Evaluates parts of a template with nothing known of its resources, to see what they need and what is wrong with them. */
export interface TrialRunner {
  resource(resource: ResourceDefinition): Trial
  output(value: Expression): readonly AttributeRead[]
  /** The value of a part of a resource that is wanted right away, such as its deletion policy. */
  value(expression: Expression): unknown
  /** Whether anything that was evaluated here asked for the zones of the cloud. */
  asksForZones(): boolean
}

/** Refusals with a code that `counts` become problems. */
export function trialRunner(
  known: Known,
  counts: (code: ProblemCode) => boolean,
  problems: TemplateProblem[],
): TrialRunner {
  const log = { needs: new Set<string>(), reads: [] as AttributeRead[], hidden: false }
  let askedForZones = false
  const { parameter, ...rest } = scopeOf(known, { reference: () => UNKNOWN, attribute: () => UNKNOWN })
  const scope: Scope = {
    ...rest,
    zones() {
      askedForZones = true
      return UNKNOWN
    },
    parameter(name, call) {
      if (known.parameters.get(name)?.declaration.hidden) log.hidden = true
      return parameter(name, call)
    },
    reference(resource, call) {
      const answer = rest.reference(resource, call)
      log.needs.add(resource)
      return answer
    },
    attribute(resource, path, call) {
      const answer = rest.attribute(resource, path, call)
      log.needs.add(resource)
      log.reads.push({ resource, attribute: path, path: call.path })
      return answer
    },
  }

  const trying: Trying = { scope, effort: known.effort }

  function forget(): void {
    log.needs = new Set()
    log.reads = []
    log.hidden = false
  }

  const report = (refusal: Refusal, call: Call): void => {
    if (counts(refusal.code)) problems.push(refusedIn(known, refusal, call))
  }

  return {
    resource(resource) {
      forget()
      const properties = tried(trying, resource.properties, report)
      const usesHidden = log.hidden
      const metadata = tried(trying, resource.metadata, report)
      return {
        properties: properties.value,
        metadata: metadata.value,
        needs: [...log.needs],
        reads: log.reads,
        usesHidden,
        isFinal: properties.isKnown,
        cost: properties.cost,
      }
    },
    output(value) {
      forget()
      // An output that can't be worked out says so when it is shown; only what it reads of resources is checked before.
      tried(trying, value, (refusal, call) => {
        const isOfTheTemplate =
          (refusal.code === 'InvalidReference' && call.does.names === 'attribute') ||
          refusal.code === 'UndecidedParameter' ||
          refusal.code === 'InvalidCondition'
        if (isOfTheTemplate) report(refusal, call)
      })
      return log.reads
    },
    value(expression) {
      forget()
      return tried(trying, expression, report).value
    },
    asksForZones: () => askedForZones,
  }
}

interface Tried {
  readonly value: unknown
  readonly isKnown: boolean
  readonly cost: number
}

interface Trying {
  readonly scope: Scope
  readonly effort: Known['effort']
}

function tried(
  { scope, effort }: Trying,
  expression: Expression | undefined,
  refused: (refusal: Refusal, call: Call) => void,
): Tried {
  const nothing = { isKnown: true, cost: 0 }
  if (expression === undefined) return { value: null, ...nothing }
  if (expression.is === 'data') return { value: expression.value, ...nothing }
  const running = evaluation(scope, { refused, effort })
  const value = evaluate(expression, running)
  return { value, isKnown: running.unknowns === 0, cost: costOf(running) }
}

/** Whether what is wrong with a call is the name that stands first in its arguments. */
const namesItFirst = (code: ProblemCode, { does }: Call): boolean =>
  code === 'InvalidReference' ||
  code === 'ParameterMissing' ||
  (code === 'InvalidCondition' && does.names === 'condition')

/** Says what a name is that stands for something else than the call reads, or why that is not there. */
function misnamed(
  { resources, parameters, version }: Template,
  code: ProblemCode,
  { args }: Call,
): { readonly hint: string } | undefined {
  const given = args.is === 'data' ? args.value : undefined
  const name = Array.isArray(given) ? given[0] : given
  if (typeof name !== 'string') return undefined
  const reader = (names: string) =>
    [...version.functions.values()].find((one) => one.names?.split(' or ').includes(names))?.name
  if (code === 'ParameterMissing' && resources.has(name))
    return { hint: `"${name}" is a resource, which ${reader('resource')} refers to` }
  if (code !== 'InvalidReference') return undefined
  if (resources.has(name)) return { hint: `The condition of "${name}" does not hold, so it is not there` }
  if (!parameters.has(name)) return undefined
  return { hint: `"${name}" is a parameter, which ${reader('parameter')} reads` }
}

/** What to say of arguments that may have been meant as calls of functions of another version. */
const lateness = ({ source, version }: Known['template'], path: TemplatePath) =>
  laterFunctionWithin(select(source, path), version)

/** The problem that a refusal is, in the words that its place has for it. */
function refusedIn({ template }: Known, { code, message, meant }: Refusal, call: Call): TemplateProblem {
  const { path } = call
  const { words } = template.version
  const [section, name, part, key] = path
  const problem: Omit<TemplateProblem, 'message'> = {
    code,
    path,
    ...(namesItFirst(code, call) && { part: [0] }),
    ...(misnamed(template, code, call) ?? suggestion(meant)),
    ...(code === 'FunctionFailed' && lateness(template, path)),
  }
  if (code === 'UndecidedParameter') return { ...problem, message }
  if (code === 'InvalidReference') {
    if (section === words.resources) return { ...problem, message }
    const place = callText(path, template.version.functions)
    return { ...problem, code: 'InvalidOutputReference', message: `${place}: ${message}` }
  }
  if (section === words.resources && part === words.resource.properties && code !== 'InvalidCondition') {
    const place = [section, name ?? '', part, ...(key !== undefined && path.length > 4 ? [key] : [])]
    return { ...problem, message: `Property error: ${pathText(place)}: ${message}` }
  }
  return { ...problem, message: `${pathText(path)}: ${message}` }
}

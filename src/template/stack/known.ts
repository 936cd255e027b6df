import { isMap, own } from '../../base/json.ts'
import { type Effort, nearestKey, UNKNOWN } from '../../schema/index.ts'
import type { Facade, ParameterValue, World } from '../definition.ts'
import type { Call, Expression } from '../expression.ts'
import { Refusal, type Scope } from '../function.ts'
import { type TemplatePath, writtenPath } from '../problem.ts'
import type { ResourceDefinition, Template } from '../template.ts'
import type { Limits as YaqlLimits } from '../yaql/run.ts'

/** Whether a condition holds. */
export type Truth = boolean | typeof UNKNOWN

/** The conditions of one stack, each worked out at most once. */
export interface Conditions {
  /** Whether the condition of that name holds; refuses a name that is not known. */
  named(name: string): Truth
  /** Whether a condition that stands at a path holds; a problem with it is reported, and it is then UNKNOWN. */
  at(path: TemplatePath, condition: Expression): Truth
}

/** What of a stack is known from its definition alone, and answers the questions of functions that need no cloud. */
export interface Known {
  readonly template: Template
  readonly files: Readonly<Record<string, string>>
  readonly facade: Facade
  readonly parameters: ReadonlyMap<string, ParameterValue>
  readonly conditions: Conditions
  /** The zones of the cloud; absent: it has the one that every cloud has, `nova`. */
  readonly zones?: () => readonly string[]
  /** The resources that conditions leave enabled. */
  readonly resources: ReadonlyMap<string, ResourceDefinition>
  /** How many steps may still be taken to put the stack together. */
  readonly effort: Effort
  /** What an expression of YAQL may take. */
  readonly yaql: YaqlLimits
}

/** A scope for evaluating with what is known and, for the rest, a world. */
export function scopeOf(known: Known, world: World): Scope {
  return {
    yaql: known.yaql,
    parameter: (name, call) => (call.decides ? decisiveParameter(known, name) : parameterIn(known, name)),
    kindOf: (name) => kindIn(known, name),
    condition: known.conditions.named,
    mapping: (name) => mappingIn(known, name),
    zones: () => known.zones?.() ?? ['nova'],
    file: (name) => own(known.files, name),
    facade: (what) => known.facade[what],
    reference(resource, call) {
      if (!known.resources.has(resource)) throw badReference(known, resource, call)
      return world.reference(resource)
    },
    attribute(resource, path, call) {
      if (!known.resources.has(resource)) throw badReference(known, resource, call)
      return world.attribute(resource, path)
    },
  }
}

/** What a name stands for where resources and parameters may be named. */
export function kindIn(
  { template, parameters, resources }: Pick<Known, 'template' | 'parameters' | 'resources'>,
  name: string,
): 'resource' | 'parameter' | undefined {
  if (resources.has(name)) return 'resource'
  return parameters.has(name) || template.parameters.has(name) ? 'parameter' : undefined
}

/** A section of the mappings of a template. */
export function mappingIn({ template: { mappings } }: Pick<Known, 'template'>, name: string): unknown {
  return own(mappings, name)
}

/** A parameter's value. One that is declared but has none was reported before, or is not wanted: it is UNKNOWN. */
export function parameterIn(
  { parameters, template }: Pick<Known, 'parameters' | 'template'>,
  name: string,
): unknown {
  const found = parameters.get(name)
  if (found !== undefined) return found.value
  if (template.parameters.has(name) || isMisdeclared(template, name)) return UNKNOWN
  throw missingParameter(name, parameters)
}

/** Whether a parameter was declared in a way that can't be read. That was told when the template was. */
function isMisdeclared({ source, version, parameters }: Template, name: string): boolean {
  const section = own(source, version.words.parameters)
  return !parameters.has(name) && isMap(section) && Object.hasOwn(section, name)
}

/**
 * A parameter's value where something is decided by it. That can't be put off, so one without a value is refused even where
 * a template is only looked at.
 */
export function decisiveParameter(known: Pick<Known, 'parameters' | 'template'>, name: string): unknown {
  if (known.parameters.has(name)) return parameterIn(known, name)
  throw missingParameter(name, known.parameters, 'UndecidedParameter')
}

function missingParameter(
  name: string,
  known: Known['parameters'],
  code: 'ParameterMissing' | 'UndecidedParameter' = 'ParameterMissing',
): Refusal {
  return new Refusal(`The Parameter (${name}) was not provided.`, code, nearestKey(name, known))
}

/**
 * Says that a resource refers to one that is not there, with the place in the words that users of Heat know. A `Ref` may
 * have meant a parameter: that counts only once the stack is to be made.
 */
export function badReference(
  { resources, parameters, template }: Known,
  resource: string,
  { path, does }: Call,
): Refusal {
  const { words } = template.version
  const [section, owner = '', key, ...rest] = path.slice(0, -1)
  const mayBeParameter = does.names === 'resource or parameter'
  const isUnknown = mayBeParameter && !template.resources.has(resource)
  const part = key === words.resource.metadata ? 'Metadata' : 'Properties'
  const place = section === words.resources && !isUnknown ? writtenPath([owner, part, ...rest]) : 'unknown'
  return new Refusal(
    `The specified reference "${resource}" (in ${place}) is incorrect.`,
    isUnknown ? 'UnknownName' : 'InvalidReference',
    nearestKey(resource, resources) ?? (mayBeParameter ? nearestKey(resource, parameters) : undefined),
  )
}

import type { Json } from '../base/json.ts'
import type { UNKNOWN } from '../schema/index.ts'
import type { Documentation } from './documentation.ts'
import type { Evaluation } from './evaluate.ts'
import type { Call, Expression } from './expression.ts'
import { brief, type TemplatePath } from './problem.ts'
import type { ProblemCode } from './problem-codes.ts'
import type { Limits as YaqlLimits } from './yaql/run.ts'

/** What a function may ask of the stack that it is evaluated in. */
export interface Scope {
  /** What a name stands for where both parameters and resources may be named; `undefined`: nothing. */
  kindOf(name: string): 'resource' | 'parameter' | undefined
  parameter(name: string, call: Call): unknown
  reference(resource: string, call: Call): unknown
  /** An empty path asks for all attributes. */
  attribute(resource: string, path: TemplatePath, call: Call): unknown
  file(name: string): string | undefined
  condition(name: string): boolean | typeof UNKNOWN
  facade(what: 'metadata' | 'deletion_policy' | 'update_policy'): unknown
  /** A section of the template's mappings. */
  mapping(name: string): unknown
  /** The names of the availability zones of the cloud, or UNKNOWN. */
  zones(): unknown
  /** What an expression of YAQL may take. */
  readonly yaql: YaqlLimits
}

/** Reads the arguments of a function that decides for itself how: as values, or as conditions. */
export interface ArgumentReader {
  value(raw: Json, key: string | number): Expression
  condition(raw: Json, key: string | number): Expression
}

/** What is wrong with arguments, in words; and which part of them it is, where it is not all of the call. */
export type Misuse = string | { readonly message: string; readonly part: TemplatePath }

type Named =
  | 'parameter'
  | 'resource'
  | 'resource or parameter'
  | 'attribute'
  | 'mapping'
  | 'condition'
  | 'conditions'

interface FunctionSpec extends Documentation {
  /** What is wrong with arguments as they were written, before calls inside them are run. */
  readonly misuse?: (args: Expression) => Misuse | undefined
  /** Reads arguments that are not all plain values. Only called if `misuse` has no complaint about the raw ones. */
  readonly parse?: (raw: Json, read: ArgumentReader) => Expression
  /**
   * What of the template its first argument names; `conditions`: what every argument does. An attribute is named behind its
   * resource.
   */
  readonly names?: Named
  /** It can make something of arguments that are known only in part; others then give UNKNOWN unasked. */
  readonly partial?: true
  /** How many arguments keep their places: one of them that an `if` leaves out is null, and those behind it don't move up. */
  readonly places?: number
}

export interface EagerFunction extends FunctionSpec {
  readonly name: string
  readonly evaluate: (args: unknown, evaluation: Evaluation, call: Call) => unknown
}

/** A function that says itself which of its arguments are evaluated. */
export interface LazyFunction extends FunctionSpec {
  readonly name: string
  readonly choose: (args: Expression, evaluation: Evaluation, call: Call) => unknown
}

/** A function of the template language. */
export type TemplateFunction = EagerFunction | LazyFunction

/** Declares a function whose arguments are evaluated before it is. */
export function templateFunction(name: string, spec: Omit<EagerFunction, 'name'>): EagerFunction {
  return Object.freeze({ name, ...spec })
}

/** Declares a function that chooses which arguments to evaluate. */
export function choosingFunction(name: string, spec: Omit<LazyFunction, 'name'>): LazyFunction {
  return Object.freeze({ name, ...spec })
}

/** Why a function can't do what it was asked. It ends the evaluation, unless whoever evaluates collects such reasons. */
export class Refusal extends Error {
  readonly code: ProblemCode
  readonly meant: string | undefined
  /** Where the function stands that refused. */
  path: TemplatePath | undefined

  constructor(message: string, code: ProblemCode = 'FunctionFailed', meant?: string) {
    super(brief(message))
    this.name = 'Refusal'
    this.code = code
    this.meant = meant
  }
}

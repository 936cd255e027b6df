import type { Calling, Kind } from './kinds.ts'
import type { Argument } from './tree.ts'
import type { Value } from './values.ts'

/** A function as the evaluator sees it. */
export interface Definition {
  readonly name: string
  /** Whether it is called as `f(x)`, as `x.f()`, or either way. */
  readonly called: 'function' | 'method' | 'either'
  /** Whether arguments may be given by name; otherwise `key => value` is an argument. */
  readonly keywords: boolean
  readonly takes: Parameters
  readonly says: string
  readonly example: Example | undefined
  readonly gives: (args: Readonly<Record<string, unknown>>, call: Calling) => Value
}

/** What a function takes: parameters with a place and a name, and perhaps all that is given besides. */
export interface Parameters {
  readonly plain: readonly Parameter[]
  readonly positions: Parameter | undefined
  readonly names: Parameter | undefined
}

export type Parameter = readonly [name: string, kind: Kind<unknown>]

/** Tells parameters apart by what they take. */
export const parametersOf = (parameters: readonly Parameter[]): Parameters => ({
  plain: parameters.filter(([, { spread }]) => spread === undefined),
  positions: parameters.find(([, { spread }]) => spread === 'positions'),
  names: parameters.find(([, { spread }]) => spread === 'names'),
})

/** An expression and what it gives, in JSON. */
export type Example = readonly [expression: string, gives: string]

type Takes = Readonly<Record<string, Kind<unknown>>>

type Args<T extends Takes> = { readonly [K in keyof T]: T[K] extends Kind<infer V> ? V : never }

interface Spec<T extends Takes> {
  /** In the order of its positions; names are as callers write them. */
  readonly takes: T
  /** One line for the reference page. */
  readonly says: string
  readonly example?: Example
  readonly keywords?: boolean
  readonly gives: (args: Args<T>, call: Calling) => Value
}

/** Declares a function that is called as `f(x)`. */
export const define = <T extends Takes>(name: string, spec: Spec<T>): Definition =>
  declared(name, 'function', spec)

/** Declares a method: its first parameter is what stands before the dot. */
export const method = <T extends Takes>(name: string, spec: Spec<T>): Definition =>
  declared(name, 'method', spec)

/** Declares what is called both ways. */
export const either = <T extends Takes>(name: string, spec: Spec<T>): Definition =>
  declared(name, 'either', spec)

/** The same function under another name. */
export const alias = (name: string, definition: Definition): Definition => ({ ...definition, name })

function declared<T extends Takes>(
  name: string,
  called: Definition['called'],
  { takes, says, example, keywords = true, gives }: Spec<T>,
): Definition {
  return {
    name,
    called,
    keywords,
    says,
    example,
    takes: parametersOf(Object.entries(takes)),
    // The evaluator gives each parameter what its own kind made of the argument.
    gives: gives as unknown as Definition['gives'],
  }
}

/** Calls another function from within one: the one that the expression would call. */
export const ask = (name: string, args: readonly Argument[], { run, frame }: Calling): Value =>
  run.machine.invoke({ name, args, frame }, run)

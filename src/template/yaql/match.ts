import type { Definition } from './definition.ts'
import type { Kind } from './kinds.ts'
import { type Argument, MISSING } from './tree.ts'

/** What a function is given, by position and by name. */
export interface Given {
  readonly args: readonly Argument[]
  readonly named: ReadonlyMap<string, Argument>
}

/** Which kind of parameter takes which argument. */
export interface Mapping {
  readonly positions: readonly Kind<unknown>[]
  readonly names: ReadonlyMap<string, Kind<unknown>>
}

/** How a function would take its arguments, as far as can be said before they are evaluated; `undefined`: it would not. */
export function mappingOf(definition: Definition, given: Given): Mapping | undefined {
  const { takes } = definition
  const { args } = given
  const left = new Map(given.named)
  const found = plainMapping(definition, given, left)
  if (found === undefined) return undefined
  const { positions, names } = found
  for (const [name, value] of left) {
    if (takes.names?.[1].accepts(value) !== true) return undefined
    names.set(name, takes.names[1])
  }
  const fits = positions.every((kind, i) => kind !== undefined && takesIt(kind, args[i] ?? null))
  return fits ? { positions: positions as readonly Kind<unknown>[], names } : undefined
}

/** The mapping to parameters with a place; names that they take are taken out of `left`. */
function plainMapping({ takes }: Definition, { args }: Given, left: Map<string, Argument>) {
  const positions: (Kind<unknown> | undefined)[] = args.map(() => takes.positions?.[1])
  const names = new Map<string, Kind<unknown>>()
  for (const [i, [name, kind]] of takes.plain.entries()) {
    if (isGiven(args, i)) {
      if (left.has(name)) return undefined
      positions[i] = kind
    } else if (left.delete(name)) names.set(name, kind)
    else if (kind.fallback === undefined) return undefined
    else if (i < args.length) positions[i] = kind
  }
  return { positions, names }
}

const isGiven = (args: readonly Argument[], at: number): boolean => at < args.length && args[at] !== MISSING

const takesIt = (kind: Kind<unknown>, argument: Argument): boolean =>
  argument === MISSING ? kind.fallback !== undefined : kind.accepts(argument)

/** Whether one way of taking the arguments asks for more than another, and nowhere for less. */
export function isMoreSpecial(one: Mapping, other: Mapping): boolean {
  const pairs = [
    ...one.positions.map((kind, i) => [kind, other.positions[i]] as const),
    ...[...one.names].map(([name, kind]) => [kind, other.names.get(name)] as const),
  ]
  let found = false
  for (const [kind, against] of pairs) {
    if (against?.special.includes(kind.base)) return false
    if (against !== undefined && kind.special.includes(against.base)) found = true
  }
  return found
}

/** A call with its arguments in their places. */
export interface Binding {
  readonly definition: Definition
  /** For each parameter with a place; MISSING: what it falls back to. */
  readonly plain: readonly Argument[]
  readonly positions: readonly Argument[]
  readonly names: ReadonlyMap<string, Argument>
}

/** The call of a function with its arguments evaluated; `undefined` if one does not fit after all. */
export function bound(definition: Definition, { args, named }: Given): Binding | undefined {
  const { takes } = definition
  const names = new Map(named)
  const plain: Argument[] = []
  for (const [i, [name, kind]] of takes.plain.entries()) {
    const byName = names.get(name)
    if (names.delete(name) && isGiven(args, i)) return undefined
    const found = isGiven(args, i) ? args[i] : byName
    const argument = found === undefined ? MISSING : found
    if (!takesIt(kind, argument)) return undefined
    plain.push(argument)
  }
  const positions = args.slice(takes.plain.length)
  const fits =
    positions.every((argument) => takes.positions?.[1].accepts(argument)) &&
    [...names.values()].every((argument) => takes.names?.[1].accepts(argument))
  return fits ? { definition, plain, positions, names } : undefined
}

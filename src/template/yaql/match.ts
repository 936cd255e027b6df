import type { Definition, Parameter, Parameters } from './definition.ts'
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

const noNames: Mapping['names'] = new Map()

/** How a function would take its arguments, as far as can be said before they are evaluated; `undefined`: it would not. */
export function mappingOf({ takes }: Definition, given: Given): Mapping | undefined {
  const { args, named } = given
  const names = named.size === 0 ? noNames : kindsByName(takes, named)
  const positions = plainPositions(takes, given)
  if (positions === undefined || names === undefined) return undefined
  return positions.every((kind, i) => takesIt(kind, args[i] ?? null)) ? { positions, names } : undefined
}

/** The kinds of the arguments by position; `undefined` if something is missing, is given twice or is too much. */
function plainPositions(takes: Parameters, { args, named }: Given): readonly Kind<unknown>[] | undefined {
  const { plain } = takes
  const further = takes.positions?.[1]
  if (further === undefined && args.length > plain.length) return undefined
  for (const [i, [name, kind]] of plain.entries()) {
    const byName = named.size > 0 && named.has(name)
    if (isGiven(args, i) ? byName : !byName && kind.fallback === undefined) return undefined
  }
  return args.map((_, i) => plain[i]?.[1] ?? (further as Kind<unknown>))
}

function kindsByName(takes: Parameters, named: Given['named']): Mapping['names'] | undefined {
  const names = new Map<string, Kind<unknown>>()
  for (const [name, argument] of named) {
    const kind = kindOfNamed(name, argument, takes)
    if (kind === undefined) return undefined
    names.set(name, kind)
  }
  return names
}

/** Which kind takes an argument with a name. Parameters look at theirs only when it is evaluated. */
function kindOfNamed(name: string, argument: Argument, takes: Parameters): Kind<unknown> | undefined {
  const own = takes.plain.find(([key]) => key === name)
  if (own !== undefined) return own[1]
  return takes.names?.[1].accepts(argument) ? takes.names[1] : undefined
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

/** What is given by names that no parameter has. */
function namesBut(plain: readonly Parameter[], named: Given['named']): Given['named'] {
  if (named.size === 0) return named
  return new Map([...named].filter(([name]) => !plain.some(([own]) => own === name)))
}

/** Whether two ways of taking arguments agree in which of them are evaluated before. */
export const agree = (one: Mapping, other: Mapping): boolean =>
  one.positions.every(({ lazy }, i) => lazy === other.positions[i]?.lazy) &&
  (one.names.size === 0 || [...one.names].every(([name, { lazy }]) => lazy === other.names.get(name)?.lazy))

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
  const plain: Argument[] = []
  for (const [i, [name, kind]] of takes.plain.entries()) {
    const byName = named.get(name)
    if (byName !== undefined && isGiven(args, i)) return undefined
    const found = isGiven(args, i) ? args[i] : byName
    const argument = found === undefined ? MISSING : found
    if (!takesIt(kind, argument)) return undefined
    plain.push(argument)
  }
  const positions = args.slice(takes.plain.length)
  const names = namesBut(takes.plain, named)
  const fits =
    positions.every((argument) => takes.positions?.[1].accepts(argument)) &&
    (names.size === 0 || [...names.values()].every((argument) => takes.names?.[1].accepts(argument)))
  return fits ? { definition, plain, positions, names } : undefined
}

import { type Definition, parametersOf } from './definition.ts'
import { any, named as byNames, type Calling, childOf, rest } from './kinds.ts'
import { type Binding, bound, type Given, isMoreSpecial, type Mapping, mappingOf } from './match.ts'
import { YaqlError } from './problem.ts'
import { type Asking, depths, type Run } from './run.ts'
import { brief } from './text.ts'
import { type Argument, isTree, MISSING, type RuleTree } from './tree.ts'
import type { Frame, LocalFunction, Value } from './values.ts'

/** The functions that are there, the nearest first. */
export type Library = readonly ReadonlyMap<string, readonly Definition[]>[]

/** Calls a function: the one of its name whose parameters fit what it is given. */
export function invoke(asking: Asking, run: Run, library: Library): Value {
  run.step()
  return run.within(() => {
    const levels = overloads(asking, library)
    if (levels.length === 0) throw unknown(asking)
    return run.weigh(carriedOut(chosen(levels, asking, run), asking, run))
  }, depths.call)
}

function overloads({ name, frame, receiver = MISSING }: Asking, library: Library): readonly Definition[][] {
  const plain = name.replace(/_+$/, '')
  const other = receiver === MISSING ? 'method' : 'function'
  const levels: Definition[][] = []
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) {
    const local = at.functions.get(plain)
    if (local !== undefined && receiver === MISSING) levels.push([localDefinition(plain, local)])
  }
  for (const level of library) {
    const fitting = level.get(plain)?.filter(({ called }) => called !== other)
    if (fitting !== undefined && fitting.length > 0) levels.push(fitting)
  }
  return levels
}

function localDefinition(name: string, does: LocalFunction): Definition {
  return {
    name,
    called: 'function',
    keywords: true,
    says: '',
    example: undefined,
    takes: parametersOf([
      ['args', rest(any)],
      ['named', byNames(any)],
    ]),
    gives: (args) => does(args.args as readonly Value[], args.named as ReadonlyMap<string, Value>),
  }
}

/** The call that is to be made: of the first level with a function that fits, and there of the most special one. */
function chosen(levels: readonly Definition[][], asking: Asking, run: Run): Binding {
  const given = translated(levels[0]?.[0]?.keywords ?? true, asking)
  const { candidates, lazy } = candidatesOf(levels, given, asking)
  const evaluated = evaluatedBut(lazy, given, { asking, run })
  for (const level of candidates) {
    const winner = winnerOf(level, evaluated, asking)
    if (winner !== undefined) return winner
  }
  throw noMatch(asking)
}

/** What is given by position and by name. `key => value` is a name where the function takes names. */
function translated(takesNames: boolean, { args, named = new Map(), receiver = MISSING }: Asking): Given {
  const all = receiver === MISSING ? args : [receiver, ...args]
  if (!takesNames) {
    const [first] = named.keys()
    if (first !== undefined) throw new YaqlError('ArgumentException', `Invalid argument ${first}`)
    return { args: all, named }
  }
  const byName = new Map<string, Argument>()
  for (const argument of all) if (isRule(argument)) byName.set(nameIn(argument), argument.value)
  for (const [name, value] of named) {
    if (byName.has(name)) throw badKeyword()
    byName.set(name, value)
  }
  return { args: all.filter((argument) => !isRule(argument)), named: byName }
}

const isRule = (argument: Argument): argument is RuleTree => isTree(argument) && argument.node === 'rule'

function nameIn({ key }: RuleTree): string {
  if (key.node === 'constant' && key.keyword) return String(key.value)
  throw badKeyword()
}

const badKeyword = (): YaqlError =>
  new YaqlError('MappingTranslationException', 'Cannot convert mapping to keyword argument')

interface Candidate {
  readonly definition: Definition
  readonly mapping: Mapping
}

interface Candidates {
  readonly candidates: readonly Candidate[][]
  /** Which arguments, by position or name, are handed over unevaluated. */
  readonly lazy: ReadonlySet<number | string>
}

/** The functions that may fit, as far as can be said so far. They must agree in what is evaluated before. */
function candidatesOf(levels: readonly Definition[][], given: Given, asking: Asking): Candidates {
  const keywords = levels[0]?.[0]?.keywords
  if (levels.some((level) => level.some((one) => one.keywords !== keywords))) throw ambiguous(asking)
  const candidates = levels
    .map((level) => level.flatMap((definition) => candidate(definition, given)))
    .filter((level) => level.length > 0)
  const [lazy, ...others] = candidates.flat().map(({ mapping }) => lazyOf(mapping))
  if (lazy === undefined) throw noMatch(asking)
  if (others.some((other) => !isSame(lazy, other))) throw ambiguous(asking)
  return { candidates, lazy }
}

function candidate(definition: Definition, given: Given): readonly Candidate[] {
  const mapping = mappingOf(definition, given)
  return mapping === undefined ? [] : [{ definition, mapping }]
}

function lazyOf({ positions, names }: Mapping): ReadonlySet<number | string> {
  const lazy = new Set<number | string>()
  for (const [i, kind] of positions.entries()) if (kind.lazy) lazy.add(i)
  for (const [name, kind] of names) if (kind.lazy) lazy.add(name)
  return lazy
}

const isSame = (one: ReadonlySet<unknown>, other: ReadonlySet<unknown>): boolean =>
  one.size === other.size && [...one].every((item) => other.has(item))

function evaluatedBut(
  lazy: ReadonlySet<number | string>,
  { args, named }: Given,
  { asking, run }: { readonly asking: Asking; readonly run: Run },
): Given {
  const { frame } = asking
  const evaluated = (at: number | string, argument: Argument): Argument =>
    !isTree(argument) || argument.node === 'constant' || lazy.has(at)
      ? argument
      : run.machine.evaluate(argument, run, { frame })
  return {
    args: args.map((argument, i) => evaluated(i, argument)),
    named: new Map([...named].map(([name, argument]) => [name, evaluated(name, argument)])),
  }
}

/** Of the functions that fit the one that asks for most. */
function winnerOf(level: readonly Candidate[], given: Given, asking: Asking): Binding | undefined {
  let winner: { readonly binding: Binding; readonly mapping: Mapping } | undefined
  for (const { definition, mapping } of level) {
    const binding = bound(definition, given)
    if (binding === undefined) continue
    if (winner !== undefined && isMoreSpecial(winner.mapping, mapping)) continue
    if (winner !== undefined && !isMoreSpecial(mapping, winner.mapping)) throw ambiguous(asking)
    winner = { binding, mapping }
  }
  return winner?.binding
}

function carriedOut({ definition, plain, positions, names }: Binding, asking: Asking, run: Run): Value {
  const { takes, gives } = definition
  const { frame, receiver = MISSING } = asking
  const calling: Calling = { run, receiver, frame: childOf(frame) }
  const args: Record<string, unknown> = {}
  for (const [i, [name, kind]] of takes.plain.entries()) {
    const argument = plain[i] ?? null
    args[name] = argument === MISSING ? kind.fallback?.value : kind.convert(argument, calling)
  }
  if (takes.positions !== undefined) {
    const [name, kind] = takes.positions
    args[name] = positions.map((argument) => kind.convert(argument, calling))
  }
  if (takes.names !== undefined) {
    const [name, kind] = takes.names
    args[name] = new Map([...names].map(([key, argument]) => [key, kind.convert(argument, calling)]))
  }
  return gives(args, calling)
}

function unknown({ name, receiver = MISSING }: Asking): YaqlError {
  return receiver === MISSING
    ? new YaqlError('NoFunctionRegisteredException', `Unknown function "${name}"`)
    : new YaqlError('NoMethodRegisteredException', `Unknown method "${name}" for receiver ${brief(receiver)}`)
}

function noMatch({ name, receiver = MISSING }: Asking): YaqlError {
  return receiver === MISSING
    ? new YaqlError('NoMatchingFunctionException', `No function "${name}" matches supplied arguments`)
    : new YaqlError(
        'NoMatchingMethodException',
        `No method "${name}" for receiver ${brief(receiver)} matches supplied arguments`,
      )
}

function ambiguous({ name, receiver = MISSING }: Asking): YaqlError {
  return receiver === MISSING
    ? new YaqlError('AmbiguousFunctionException', `Ambiguous function "${name}"`)
    : new YaqlError('AmbiguousMethodException', `Ambiguous method "${name}" for receiver ${brief(receiver)}`)
}

import { type Definition, parametersOf } from './definition.ts'
import { any, named as byNames, type Calling, childOf, rest } from './kinds.ts'
import { agree, type Binding, bound, type Given, isMoreSpecial, type Mapping, mappingOf } from './match.ts'
import { YaqlError } from './problem.ts'
import { type Asking, depths, type Run } from './run.ts'
import { brief } from './text.ts'
import { type Argument, isTree, MISSING, type RuleTree } from './tree.ts'
import type { Frame, LocalFunction, Value } from './values.ts'

/** The functions and the methods that are there, by their names, the nearest first. */
export interface Library {
  readonly functions: readonly Level[]
  readonly methods: readonly Level[]
}

type Level = ReadonlyMap<string, readonly Definition[]>

/** Calls a function: the one of its name whose parameters fit what it is given. */
export function invoke(asking: Asking, run: Run, library: Library): Value {
  run.step()
  return run.within(() => {
    const levels = overloads(asking, library)
    if (levels.length === 0) throw unknown(asking)
    return run.weigh(carriedOut(chosen(levels, asking, run), asking, run))
  }, depths.call)
}

function overloads(
  { name, frame, receiver = MISSING }: Asking,
  library: Library,
): readonly (readonly Definition[])[] {
  const plain = name.endsWith('_') ? name.replace(/_+$/, '') : name
  const levels = receiver === MISSING ? ownFunctions(plain, frame) : []
  for (const level of receiver === MISSING ? library.functions : library.methods) {
    const found = level.get(plain)
    if (found !== undefined) levels.push(found)
  }
  return levels
}

/** The functions of a name that the expression itself defined. */
function ownFunctions(name: string, frame: Frame): (readonly Definition[])[] {
  const levels: (readonly Definition[])[] = []
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) {
    const local = at.functions.get(name)
    if (local !== undefined) levels.push([localDefinition(name, local)])
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
function chosen(levels: readonly (readonly Definition[])[], asking: Asking, run: Run): Binding {
  const given = translated(levels[0]?.[0]?.keywords ?? true, asking)
  const candidates = candidatesOf(levels, given, asking)
  const evaluated = evaluatedAsFor(candidates[0]?.[0]?.mapping, given, { asking, run })
  for (const level of candidates) {
    const winner = winnerOf(level, evaluated, asking)
    if (winner !== undefined) return winner
  }
  throw noMatch(asking)
}

const noNames: Given['named'] = new Map()

/** What is given by position and by name. `key => value` is a name where the function takes names. */
function translated(takesNames: boolean, { args, named = noNames, receiver = MISSING }: Asking): Given {
  const all = receiver === MISSING ? args : [receiver, ...args]
  if (!takesNames) {
    const [first] = named.keys()
    if (first !== undefined) throw new YaqlError('ArgumentException', `Invalid argument ${first}`)
    return { args: all, named }
  }
  const rules = all.filter(isRule)
  if (rules.length === 0) return { args: all, named }
  const byName = new Map<string, Argument>(rules.map((rule) => [nameIn(rule), rule.value]))
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

/** The functions that may fit, as far as can be said so far. They must agree in what is evaluated before. */
function candidatesOf(
  levels: readonly (readonly Definition[])[],
  given: Given,
  asking: Asking,
): readonly (readonly Candidate[])[] {
  const keywords = levels[0]?.[0]?.keywords
  const all: Candidate[][] = []
  let first: Mapping | undefined
  for (const level of levels) {
    const fitting: Candidate[] = []
    for (const definition of level) {
      if (definition.keywords !== keywords) throw ambiguous(asking)
      const mapping = mappingOf(definition, given)
      if (mapping === undefined) continue
      first ??= mapping
      if (!agree(first, mapping)) throw ambiguous(asking)
      fitting.push({ definition, mapping })
    }
    if (fitting.length > 0) all.push(fitting)
  }
  if (first === undefined) throw noMatch(asking)
  return all
}

/** What is given, evaluated but for what is handed over as it was written. */
function evaluatedAsFor(
  mapping: Mapping | undefined,
  { args, named }: Given,
  { asking, run }: { readonly asking: Asking; readonly run: Run },
): Given {
  const { frame } = asking
  const evaluated = (argument: Argument, kind: { readonly lazy: boolean } | undefined): Argument =>
    !isTree(argument) || argument.node === 'constant' || kind?.lazy
      ? argument
      : run.machine.evaluate(argument, run, { frame })
  return {
    args: args.map((argument, i) => evaluated(argument, mapping?.positions[i])),
    named:
      named.size === 0
        ? named
        : new Map(
            [...named].map(([name, argument]) => [name, evaluated(argument, mapping?.names.get(name))]),
          ),
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

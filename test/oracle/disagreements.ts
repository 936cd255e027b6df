import { isMap, type JsonMap, sameJson } from '../../src/base/json.ts'
import { wordOf } from '../../src/base/text.ts'
import { isNothing } from '../../src/template/nothing.ts'
import type { Entry, Failure, Verdict } from './corpus.ts'
import type { Evaluated, Outcome, Part } from './evaluated.ts'
import { type HearthVerdict, verdictOn } from './verdict.ts'

/** One thing that Hearth says otherwise than the original. */
export interface Disagreement {
  /** What sort of thing: `validate: refused`, `outputs: value`. */
  readonly kind: string
  readonly entry: Entry
  /** Which part of the template it is about. */
  readonly subject: string
  readonly original: unknown
  readonly hearth: unknown
}

/** Everything in which Hearth's verdict on a template differs from the original's. */
export function disagreementsOn(entry: Entry): readonly Disagreement[] {
  const hearth = verdictOn(entry.bundle)
  const found: Disagreement[] = []
  const report: Report = (kind, subject, [original, ours]) => {
    if (!sameJson(original, ours)) found.push({ kind, entry, subject, original, hearth: ours })
  }
  report('parse', '', [entry.original.parse.ok, hearth.struct !== undefined])
  compareValidation(entry.original, hearth, report)
  // Of a template that can't be read, what it holds and comes to means nothing.
  if (hearth.struct && hearth.readable) compareStruct(entry.original.struct, hearth.struct, report)
  if (hearth.evaluated && hearth.readable) compareEvaluated(entry.original.eval, hearth.evaluated, report)
  return found
}

/** Takes note of two things that should be the same, if they are not. */
type Report = (kind: string, subject: string, both: readonly [original: unknown, hearth: unknown]) => void

function compareValidation(
  { validate }: Verdict,
  { problems, described }: HearthVerdict,
  report: Report,
): void {
  if ('error' in validate) {
    const { error } = validate
    if (described !== undefined) report('validate: accepted', '', [error.message, 'accepted'])
    else compareErrors(error, problems, report)
  } else if (described === undefined) report('validate: refused', '', ['accepted', problems[0]?.message])
  else compareDescriptions(validate.result, described, report)
}

/**
 * The original stops at the first problem, and which one that is depends on the order in which the author wrote things,
 * which the bundle does not tell any more. So it is enough if its problem is among those that Hearth tells.
 */
function compareErrors(error: Failure, problems: HearthVerdict['problems'], report: Report): void {
  const same = problems.find(({ message }) => message === error.message)
  const nearest = same ?? problems.find(({ message }) => alike(message, error.message)) ?? problems[0]
  report('validate: class', '', [error.class, nearest?.class])
  if (same === undefined) report('validate: message', '', [error.message, nearest?.message])
}

/** Whether two sentences are the same but for what they speak of. */
function alike(one: string, other: string): boolean {
  return withoutNames(one) === withoutNames(other)
}

const withoutNames = (message: string): string =>
  message
    .replace(/^Property error: \S+ /, '')
    .replace(/^(Circular Dependency Found).*/s, '$1')
    .replace(/[[{(].*[)}\]]|"[^"]*"|'[^']*'|: [^ ]*$/gs, '…')

function compareDescriptions(original: JsonMap, hearth: JsonMap, report: Report): void {
  report('validate: Description', '', [original.Description, hearth.Description])
  report('validate: ParameterGroups', '', [original.ParameterGroups, hearth.ParameterGroups])
  compareFields('validate: Parameters', [original.Parameters, hearth.Parameters], report)
}

/** Compares maps of maps, such as parameters by name, field by field. */
function compareFields(kind: string, [original, hearth]: readonly [unknown, unknown], report: Report): void {
  for (const name of namesIn(original, hearth)) {
    const [one, other] = [valueAt(original, name), valueAt(hearth, name)]
    for (const key of namesIn(one, other)) {
      report(`${kind}.${key}`, name, [valueAt(one, key), valueAt(other, key)])
    }
    if (isMap(one) !== isMap(other)) report(kind, name, [one, other])
  }
}

const namesIn = (...maps: readonly unknown[]): ReadonlySet<string> =>
  new Set(maps.flatMap((map) => (isMap(map) ? Object.keys(map) : [])))

const valueAt = (map: unknown, key: string): unknown =>
  isMap(map) && Object.hasOwn(map, key) ? map[key] : undefined

function compareStruct(original: JsonMap, hearth: JsonMap, report: Report): void {
  report('struct: version', '', [original.version, hearth.version])
  report('struct: resource types', '', [
    soundTypes(original.resource_types, hearth.resource_types),
    hearth.resource_types,
  ])
  const { parameters } = original
  if (isMap(parameters))
    compareFields('struct: parameters', [mapped(parameters, asWritten), hearth.parameters], report)
}

/** The types of what is a resource: the original's list also has the type of what only looks like one. */
const soundTypes = (types: unknown, hearth: unknown): unknown =>
  Object.fromEntries(
    Object.entries(types ?? {}).filter(
      ([name, type]) => typeof type === 'string' && valueAt(hearth, name) !== undefined,
    ),
  )

/** A parameter of the original's in the notation of Hearth's; what is left out there has its usual value. */
function asWritten(parameter: unknown): unknown {
  if (!isMap(parameter)) return parameter
  const { constraints, description, tags, hidden, type } = parameter
  return {
    ...parameter,
    type: parameterTypes[String(type)] ?? type,
    hidden: !isNothing(hidden),
    description: textOf(description),
    label: parameter.label === null ? null : textOf(parameter.label),
    immutable: !isNothing(parameter.immutable),
    tags: tags ?? [],
    constraints: Array.isArray(constraints) ? constraints.map((one) => valueAt(one, 'def')) : constraints,
  }
}

/** Templates of CloudFormation have words of their own for the types of parameters. */
const parameterTypes: Readonly<Record<string, string>> = {
  String: 'string',
  Number: 'number',
  CommaDelimitedList: 'comma_delimited_list',
  Json: 'json',
  Boolean: 'boolean',
}

/** People's words of whatever kind, as text. */
const textOf = (words: unknown): string => (words === null || words === undefined ? '' : wordOf(words))

const mapped = (map: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown): unknown =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]))

function compareEvaluated(original: JsonMap, hearth: Evaluated, report: Report): void {
  const { conditions, enabled, requires, edges_explicit: edges, resolved } = original
  if (isMap(conditions)) {
    for (const name of namesIn(conditions, hearth.conditions)) {
      report('eval: conditions', name, [valueAt(conditions, name), valueIn(hearth.conditions[name])])
    }
  }
  if (enabled !== undefined) report('eval: enabled', '', [enabled, hearth.enabled])
  for (const name of isMap(requires) ? Object.keys(requires) : []) {
    report('eval: requires', name, [thereOf(valueAt(requires, name), hearth), hearth.requires[name]])
  }
  if (edges !== undefined) report('eval: edges', '', [edges, edgesOf(hearth)])
  if (isMap(resolved)) compareResources(resolved, hearth, report)
  if (isMap(original.outputs) && original.outputs_error === undefined)
    compareOutputs(original.outputs, hearth, report)
}

/** Of names those of resources that there are: what a condition disables is waited for by nobody. */
const thereOf = (names: unknown, { enabled }: Evaluated): unknown =>
  Array.isArray(names) ? names.filter((name) => enabled.includes(name)).sort() : names

const edgesOf = ({ requires }: Evaluated): unknown =>
  Object.entries(requires)
    .flatMap(([name, needs]) => needs.map((need) => [name, need]))
    .sort()

function compareResources(
  original: Readonly<Record<string, unknown>>,
  { resources, unusable }: Evaluated,
  report: Report,
): void {
  for (const [name, parts] of Object.entries(original)) {
    const ours = resources[name]
    if (!isMap(parts) || ours === undefined) continue
    for (const part of partNames) {
      compareOutcome(`eval: ${part}`, name, { parts, part, ours: ours[part], unusable }, report)
    }
  }
}

const partNames: readonly Part[] = [
  'properties',
  'metadata',
  'update_policy',
  'external_id',
  'deletion_policy',
]

interface Compared {
  readonly parts: Readonly<Record<string, unknown>>
  readonly part: string
  readonly ours: Outcome | undefined
  readonly unusable: boolean
}

function compareOutcome(
  kind: string,
  subject: string,
  { parts, part, ours, unusable }: Compared,
  report: Report,
): void {
  const failure = parts[`${part}_error`]
  if (isMap(failure)) {
    if (unusable) return
    const isSame =
      ours !== undefined &&
      'error' in ours &&
      [ours.error, ...ours.all].some((one) => alike(one, String(failure.message)))
    if (!isSame) report(`${kind}: failure`, subject, [`${failure.class}: ${failure.message}`, errorIn(ours)])
  } else {
    const both = [absent(parts[part]), absent(valueIn(ours))] as const
    if (!sameAsWritten(...both)) report(kind, subject, both)
  }
}

function compareOutputs(
  original: Readonly<Record<string, unknown>>,
  { outputs, unusable }: Evaluated,
  report: Report,
): void {
  for (const name of namesIn(original, outputs)) {
    const parts = valueAt(original, name)
    const ours = outputs[name]
    if (!isMap(parts) || ours === undefined) report('eval: outputs', name, [parts, ours])
    else {
      report('eval: output descriptions', name, [parts.description, ours.description])
      compareOutcome('eval: outputs', name, { parts, part: 'value', ours, unusable }, report)
    }
  }
}

/**
 * Whether two values are the same, but for the order of keys of maps that are written out inside of texts: that is the
 * order of the author, which the bundle does not tell any more.
 */
function sameAsWritten(one: unknown, other: unknown): boolean {
  if (typeof one === 'string' && typeof other === 'string')
    return one === other || (one.includes('{') && letters(one) === letters(other))
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, i) => sameAsWritten(item, other[i]))
  if (!isMap(one) || !isMap(other)) return sameJson(one, other)
  return [...namesIn(one, other)].every((name) => sameAsWritten(valueAt(one, name), valueAt(other, name)))
}

const letters = (text: string): string => [...text].sort().join('')

/** An empty map and nothing at all are the same here. */
const absent = (value: unknown): unknown =>
  isMap(value) && Object.keys(value).length === 0 ? null : (value ?? null)

const valueIn = (outcome: Outcome | undefined): unknown =>
  outcome === undefined ? undefined : 'value' in outcome ? plain(outcome.value) : { error: outcome.error }

const errorIn = (outcome: Outcome | undefined): unknown =>
  outcome !== undefined && 'error' in outcome ? outcome.error : { value: valueIn(outcome) }

/** What is not known reads as such. */
function plain(value: unknown): unknown {
  if (typeof value === 'symbol') return `<${value.description}>`
  if (Array.isArray(value)) return value.map(plain)
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plain(part)]))
}

/** A disagreement for people to read. */
export function shown({ entry, subject, original, hearth }: Disagreement): string {
  const place = [entry.repository, entry.bundle.path, subject].filter((part) => part !== '').join(' ')
  return `${place}\n  the original: ${short(original)}\n  Hearth:       ${short(hearth)}`
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text
}

const mostShown = 400

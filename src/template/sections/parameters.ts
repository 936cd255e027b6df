import { type Json, type JsonMap, own } from '../../base/json.ts'
import { kindOf, wordOf } from '../../base/text.ts'
import { type Effort, fullEffort, nearest, oneOfThese, told } from '../../schema/index.ts'
import { suggestion, type TemplatePath, type TemplateProblem } from '../problem.ts'
import type { ParameterConstraint, ParameterDeclaration, ParameterType } from '../template.ts'
import { broken, expectedOf, typed } from '../values.ts'
import { type Lateness, later } from '../versions/hints.ts'
import type { Version } from '../versions/version.ts'
import { constraintKinds, gathered, misplaced, readConstraint } from './constraints.ts'
import { invalid, isJsonMap, type SectionReader, stranger } from './section.ts'

/** Reads the parameters that a template declares. */
export function readParameters(
  raw: Json | undefined,
  reader: SectionReader,
): ReadonlyMap<string, ParameterDeclaration> {
  const declarations = new Map<string, ParameterDeclaration>()
  const section = reader.words.parameters
  if (raw === undefined || raw === null) return declarations
  if (!isJsonMap(raw)) {
    reader.problems.push(invalid('InvalidParameter', `"${section}" must be a map of parameters`, [section]))
    return declarations
  }
  const effort = fullEffort()
  for (const name of Object.keys(raw)) {
    const declaration = readParameter(name, raw[name] ?? null, reader)
    if (declaration !== undefined) checkDefault(declaration, reader, effort)
    if (declaration !== undefined) declarations.set(name, declaration)
  }
  return declarations
}

function readParameter(name: string, raw: Json, reader: SectionReader): ParameterDeclaration | undefined {
  const { words, problems } = reader
  const path = [words.parameters, name]
  if (!isJsonMap(raw)) {
    problems.push(invalid('InvalidParameter', `Invalid parameter (${name}), expected a mapping`, path))
    return undefined
  }
  reportStrangers(name, raw, reader)
  const tags = own(raw, words.parameter.tags)
  if (tags !== undefined && !Array.isArray(tags)) {
    problems.push(
      invalid('InvalidParameter', `Tags property should be a list for parameter: ${name}`, [...path, 'tags']),
    )
  }
  const constraints = readConstraints(name, raw, reader)
  const type = readType(name, raw, reader)
  if (type === undefined) return undefined
  const label = own(raw, words.parameter.label)
  return {
    name,
    type,
    description: wordOf(own(raw, words.parameter.description) ?? ''),
    ...(label !== undefined && label !== null && { label: wordOf(label) }),
    ...defaultIn(own(raw, words.parameter.default)),
    constraints: constraints
      .filter((one) => isInPlace(one, { name, type, raw, reader }))
      .map(({ constraint }) => constraint),
    hidden: isSet(own(raw, words.parameter.hidden), reader.version),
    immutable: isSet(own(raw, words.parameter.immutable), reader.version),
    tags: Array.isArray(tags) ? tags.map(wordOf) : [],
  }
}

function reportStrangers(name: string, raw: JsonMap, { version, words, problems }: SectionReader): void {
  const known: readonly unknown[] = Object.values(words.parameter)
  for (const key of Object.keys(raw)) {
    if (known.includes(key)) continue
    const problem = invalid('InvalidParameter', `Invalid key '${key}' for parameter (${name})`, [
      words.parameters,
      name,
      key,
    ])
    problems.push(stranger(problem, key, version, (one) => one.words.parameter))
  }
}

function readType(
  name: string,
  raw: JsonMap,
  { version: { parameterTypes }, words, problems }: SectionReader,
): ParameterType | undefined {
  const path = [words.parameters, name]
  const written = own(raw, words.parameter.type)
  if (written === undefined) {
    problems.push(invalid('InvalidParameter', `Missing parameter type for parameter: ${name}`, path))
    return undefined
  }
  const isKnown = typeof written === 'string' && Object.hasOwn(parameterTypes, written)
  const type = isKnown ? parameterTypes[written] : undefined
  if (type === undefined) {
    const problem = invalid('InvalidParameter', `Invalid type (${wordOf(written)})`, [
      ...path,
      words.parameter.type,
    ])
    const types = Object.keys(parameterTypes)
    const word = wordOf(written)
    const meant =
      nearest(word, types) ?? types.find((one) => parameterTypes[one] === own(otherNames, word.toLowerCase()))
    problems.push({
      ...problem,
      offends: 'value',
      expected: oneOfThese(types),
      ...suggestion(meant),
    })
  }
  return type
}

/** What parameter types are called elsewhere. */
const otherNames: Readonly<Record<string, ParameterType>> = {
  integer: 'number',
  int: 'number',
  float: 'number',
  text: 'string',
  list: 'comma_delimited_list',
  array: 'comma_delimited_list',
  map: 'json',
  object: 'json',
  dict: 'json',
}

/** A default of null is none: a value must be given. */
const defaultIn = (raw: Json | undefined): { readonly default?: Json } =>
  raw === undefined || raw === null ? {} : { default: raw }

/** In HOT any text counts, even "false", so that nothing that may be meant to be hidden is shown. */
function isSet(raw: Json | undefined, { type }: Version): boolean {
  if (type === 'cfn') return wordOf(raw).toLowerCase() === 'true'
  return isJsonMap(raw) || Array.isArray(raw) ? Object.keys(raw).length > 0 : Boolean(raw)
}

interface PlacedConstraint {
  readonly constraint: ParameterConstraint
  readonly path: TemplatePath
}

function readConstraints(name: string, raw: JsonMap, reader: SectionReader): readonly PlacedConstraint[] {
  const { version, problems } = reader
  return writtenConstraints(name, raw, reader).flatMap(({ constraint: one, path }) => {
    const constraint = readConstraint(one, version.constraints)
    if ('wrong' in constraint) {
      problems.push({
        ...invalid('InvalidParameter', constraint.wrong, path),
        ...laterConstraint(one, version),
        ...(constraint.stranger !== undefined && mistypedConstraint(constraint.stranger, version)),
      })
      return []
    }
    return [{ constraint, path }]
  })
}

function mistypedConstraint(key: string, { constraints }: Version): Partial<TemplateProblem> {
  const meant = nearest(key, constraints)
  return { part: [key], offends: 'key', expected: oneOfThese(constraints), ...suggestion(meant) }
}

interface Owner {
  readonly name: string
  readonly type: ParameterType
  readonly raw: JsonMap
  readonly reader: SectionReader
}

/** Whether a parameter's type may have a constraint; if not, that is reported. */
function isInPlace(
  { constraint, path }: PlacedConstraint,
  { name, type, raw, reader: { words, problems } }: Owner,
): boolean {
  const wrong = misplaced(constraint, type, wordOf(own(raw, words.parameter.type)))
  if (wrong === undefined) return true
  problems.push(invalid('InvalidParameter', `Parameter '${name}' is invalid: ${wrong}`, path))
  return false
}

/** What to say of a constraint of a kind that only a later version looks for. */
function laterConstraint(raw: Json, version: Version): Lateness {
  const kind = constraintKinds.find((one) => isJsonMap(raw) && Object.hasOwn(raw, one))
  if (kind === undefined || version.constraints.includes(kind)) return {}
  return later(`"${kind}"`, version, ({ constraints }) => constraints.includes(kind))
}

interface WrittenConstraint {
  readonly constraint: Json
  readonly path: TemplatePath
}

function writtenConstraints(
  name: string,
  raw: JsonMap,
  { words, problems }: SectionReader,
): readonly WrittenConstraint[] {
  const place = [words.parameters, name]
  if (words.parameter.constraints === undefined) {
    return gathered(raw, words.parameter).map(({ key, constraint }) => ({
      constraint,
      path: [...place, key],
    }))
  }
  const path = [...place, words.parameter.constraints]
  const written = own(raw, words.parameter.constraints)
  if (written === undefined || written === null) return []
  if (!Array.isArray(written)) {
    problems.push(
      invalid(
        'InvalidParameter',
        `Invalid parameter constraints for parameter ${name}, expected a list`,
        path,
      ),
    )
    return []
  }
  return written.map((constraint: Json, i) => ({ constraint, path: [...path, i] }))
}

function checkDefault(
  declaration: ParameterDeclaration,
  { words, problems }: SectionReader,
  effort: Effort,
): void {
  const { name, default: value } = declaration
  const wrong = value === undefined ? undefined : wrongDefault(declaration, value, effort)
  if (wrong === undefined) return
  const message = `Parameter '${name}' is invalid: ${wrong}`
  problems.push({
    ...invalid('InvalidParameter', message, [words.parameters, name, words.parameter.default]),
    offends: 'value',
    expected: expectedOf(declaration.type, declaration.constraints),
  })
}

/** Rules look at a default of JSON as it is written. One of the wrong type that no rule looks at is only wrong once it is used. */
function wrongDefault(declaration: ParameterDeclaration, raw: Json, effort: Effort): string | undefined {
  const { type, hidden } = declaration
  const constraints = ofTheTemplateAlone(declaration.constraints)
  const read = typed(declaration, raw)
  if (type === 'comma_delimited_list' && 'wrong' in read) return read.wrong.replace('Value', 'Default')
  if (constraints.length === 0) return undefined
  const value = type === 'json' || 'wrong' in read ? raw : read.value
  const isUnread = type === 'number' && 'wrong' in read
  const wrong =
    (isUnread ? read.wrong : unfitDefault(declaration, raw)) ??
    broken({ ...declaration, constraints }, { raw, value }, effort)
  return wrong && `Invalid default ${told(raw, hidden ? { secret: true } : {})} (${wrong})`
}

/** The default of a text is not made one before rules look at it. */
function unfitDefault({ type, constraints }: ParameterDeclaration, raw: Json): string | undefined {
  if (type !== 'string' || (typeof raw !== 'number' && typeof raw !== 'boolean')) return undefined
  const rule = constraints.find(({ is }) => is === 'length' || is === 'allowed_pattern')
  if (rule === undefined) return undefined
  return rule.is === 'length'
    ? `object of type '${kindOf(raw)}' has no len()`
    : `expected string or bytes-like object, got '${kindOf(raw)}'`
}

const ofTheTemplateAlone = (constraints: readonly ParameterConstraint[]): readonly ParameterConstraint[] =>
  constraints.filter(({ is }) => is !== 'custom_constraint')

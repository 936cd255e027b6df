import type { Json, JsonMap } from '../../base/json.ts'
import { type Effort, fullEffort, nearest } from '../../schema/index.ts'
import { suggestion, type TemplatePath } from '../problem.ts'
import type { ParameterConstraint, ParameterDeclaration, ParameterType } from '../template.ts'
import { wordOf } from '../text.ts'
import { broken, typed } from '../values.ts'
import { laterWordHint } from '../versions/hints.ts'
import { firstVersion } from '../versions/index.ts'
import type { Version } from '../versions/version.ts'
import { constraintKinds, gathered, misplaced, readConstraint } from './constraints.ts'
import { invalid, isJsonMap, own, type SectionReader } from './section.ts'

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
  const type = readType(name, raw, reader)
  const tags = own(raw, words.parameter.tags) ?? []
  if (!Array.isArray(tags)) {
    problems.push(
      invalid('InvalidParameter', `Tags property should be a list for parameter: ${name}`, [...path, 'tags']),
    )
  }
  if (type === undefined) return undefined
  const label = own(raw, words.parameter.label)
  return {
    name,
    type,
    description: wordOf(own(raw, words.parameter.description) ?? ''),
    ...(label !== undefined && label !== null && { label: wordOf(label) }),
    ...defaultIn(own(raw, words.parameter.default)),
    constraints: readConstraints(name, raw, { type, reader }),
    hidden: isSet(own(raw, words.parameter.hidden)),
    immutable: isSet(own(raw, words.parameter.immutable)),
    tags: Array.isArray(tags) ? tags.map(wordOf) : [],
  }
}

function reportStrangers(name: string, raw: JsonMap, { version, words, problems }: SectionReader): void {
  const known = Object.values(words.parameter)
  for (const key of Object.keys(raw)) {
    if (known.includes(key)) continue
    const problem = invalid('InvalidParameter', `Invalid key '${key}' for parameter (${name})`, [
      words.parameters,
      name,
      key,
    ])
    const hint = laterWordHint(key, version, (all) => all.parameter)
    problems.push({ ...problem, ...(hint ? { hint } : suggestion(nearest(key, known))) })
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
    const meant = nearest(wordOf(written), types)
    problems.push({
      ...problem,
      ...suggestion(meant),
      ...(meant === undefined && { hint: `A type is one of ${types.join(', ')}` }),
    })
  }
  return type
}

/** A default of null is none: a value must be given. */
const defaultIn = (raw: Json | undefined): { readonly default?: Json } =>
  raw === undefined || raw === null ? {} : { default: raw }

const isSet = (raw: Json | undefined): boolean =>
  raw !== undefined && raw !== null && !/^(|0|f|false|n|no|off)$/i.test(wordOf(raw))

interface Typed {
  readonly type: ParameterType
  readonly reader: SectionReader
}

function readConstraints(
  name: string,
  raw: JsonMap,
  { type, reader }: Typed,
): readonly ParameterConstraint[] {
  const { version, words, problems } = reader
  return writtenConstraints(name, raw, reader).flatMap(({ constraint: one, path }) => {
    const constraint = readConstraint(one, version.constraints)
    if ('wrong' in constraint) {
      problems.push({
        ...invalid('InvalidParameter', constraint.wrong, path),
        ...laterConstraint(one, version),
      })
      return []
    }
    const wrong = misplaced(constraint, type, wordOf(own(raw, words.parameter.type)))
    if (wrong === undefined) return [constraint]
    problems.push(invalid('InvalidParameter', `Parameter '${name}' is invalid: ${wrong}`, path))
    return []
  })
}

/** A hint for a constraint of a kind that only a later version looks for. */
function laterConstraint(raw: Json, version: Version): { readonly hint?: string } {
  const kind = constraintKinds.find((one) => isJsonMap(raw) && Object.hasOwn(raw, one))
  const first = firstVersion(version.type, ({ constraints }) => constraints.some((one) => one === kind))
  if (first === undefined || kind === undefined || version.constraints.includes(kind)) return {}
  return { hint: `"${kind}" exists from version ${first.name} on; this template is ${version.name}` }
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
  { name, type, default: value, constraints }: ParameterDeclaration,
  { words, problems }: SectionReader,
  effort: Effort,
): void {
  if (value === undefined) return
  const read = typed(type, value)
  // A default of the wrong type that no rule looks at is only wrong once it is used.
  const isLookedAt = constraints.length > 0 || type === 'comma_delimited_list'
  const wrong =
    'value' in read
      ? broken(ofTheTemplateAlone(constraints), type, read.value, effort)
      : isLookedAt
        ? read.wrong
        : undefined
  if (wrong === undefined) return
  const message = `Parameter '${name}' is invalid: Invalid default ${wordOf(value)} (${wrong})`
  problems.push(invalid('InvalidParameter', message, [words.parameters, name, words.parameter.default]))
}

const ofTheTemplateAlone = (constraints: readonly ParameterConstraint[]): readonly ParameterConstraint[] =>
  constraints.filter(({ is }) => is !== 'custom_constraint')

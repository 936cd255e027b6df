import { isMap, type Json, type JsonMap, own, put } from '../../base/json.ts'
import { wordOf } from '../../base/text.ts'
import { jsonFault } from '../json-fault.ts'
import type { Parsed, TemplateProblem } from '../problem.ts'
import type { ParameterDeclaration, ParameterType } from '../template.ts'
import { jsonIn } from '../values.ts'
import { type Environment, environmentOf } from './environment.ts'

/** An environment file, with the name that problems call it by. */
export interface EnvironmentFile {
  readonly name: string
  readonly environment: Environment
}

/** The parameters that the root template and the files' templates declare. */
export type Declared = ReadonlyMap<string, ParameterDeclaration>

/**
 * Merges environment files, the later over the earlier, over what the request itself said. Parameters are merged as
 * their files' strategies say; those that no template declares are left out as soon as there is something to merge.
 */
export function mergeEnvironments(
  base: Environment,
  files: readonly EnvironmentFile[],
  declared: Declared,
): Parsed<Environment> {
  const problems: TemplateProblem[] = []
  const strategies = new Map<string, Strategy>()
  let merged = base
  for (const { name, environment } of files) {
    const merging = { declared, strategies, file: name, chosen: environment.mergeStrategies ?? {}, problems }
    // What a file takes back only counts while nothing was registered before it.
    const { takenBack } = Object.keys(merged.registry).length === 0 ? environment : merged
    const sections = {
      parameters: mergeParameters(merged.parameters, environment.parameters, merging),
      parameterDefaults: mergeParameters(merged.parameterDefaults, environment.parameterDefaults, merging),
      registry: mergeMaps(merged.registry, environment.registry),
      ...(takenBack && { takenBack }),
      eventSinks: [...merged.eventSinks, ...environment.eventSinks],
      encryptedParamNames: [...merged.encryptedParamNames, ...environment.encryptedParamNames],
    }
    merged = environmentOf(sections, base.site)
  }
  return { value: merged, problems }
}

type Strategy = 'overwrite' | 'merge' | 'deep_merge'

interface Merging {
  readonly declared: Declared
  /** The strategy chosen for each parameter so far. */
  readonly strategies: Map<string, Strategy>
  readonly file: string
  readonly chosen: JsonMap
  readonly problems: TemplateProblem[]
}

function mergeParameters(old: JsonMap, added: JsonMap, merging: Merging): JsonMap {
  const names = Object.keys(added)
  if (names.length === 0) return old
  const counted = names.filter((name) => merging.declared.has(name) && added[name] !== null)
  for (const name of counted) chooseStrategy(name, merging)
  if (Object.keys(old).length === 0) return added
  const merged: Record<string, Json> = { ...old }
  for (const name of counted)
    put(merged, name, mergeValue(name, { old: own(old, name), added: added[name] ?? null }, merging))
  return merged
}

function chooseStrategy(name: string, { strategies, chosen, file, problems }: Merging): void {
  const known = strategies.get(name)
  const strategy = strategyOf(name, chosen, known)
  if (known !== undefined && known !== strategy) {
    const message = `Conflicting merge strategy '${strategy}' for parameter '${name}' in file '${file}'.`
    problems.push({
      code: 'ConflictingMergeStrategy',
      message,
      path: ['parameter_merge_strategies', name],
      file,
    })
  } else strategies.set(name, strategy)
}

function strategyOf(name: string, chosen: JsonMap, known: Strategy | undefined): Strategy {
  const usual = own(chosen, 'default') ?? 'overwrite'
  const wanted = own(chosen, name) ?? known ?? usual
  return isStrategy(wanted) ? wanted : isStrategy(usual) ? usual : 'overwrite'
}

const isStrategy = (word: Json): word is Strategy =>
  word === 'overwrite' || word === 'merge' || word === 'deep_merge'

interface Values {
  readonly old: Json | undefined
  readonly added: Json
}

function mergeValue(
  name: string,
  { old, added }: Values,
  { declared, strategies, file, problems }: Merging,
): Json {
  const strategy = strategies.get(name) ?? 'overwrite'
  const type = declared.get(name)?.type
  if (strategy === 'overwrite' || type === undefined) return added
  const unread = type === 'json' && typeof added === 'string' && added !== '' ? jsonFault(added) : undefined
  if (unread !== undefined) {
    const message = `Invalid parameter in environment ${unread}.`
    problems.push({ code: 'EnvironmentMalformed', message, path: ['parameters', name], file })
    return added
  }
  const merged = mergers[type](old ?? null, added, strategy === 'deep_merge')
  if (merged !== undefined) return merged
  const message = `Invalid merge strategy 'merge' for parameter '${name}'.`
  problems.push({ code: 'InvalidMergeStrategy', message, path: ['parameters', name], file })
  return added
}

/** The merged value; `undefined` if values of this type can't be merged. */
const mergers: Readonly<Record<ParameterType, (old: Json, added: Json, deep: boolean) => Json | undefined>> =
  {
    string: (old, added) => (old === null ? '' : wordOf(old)) + wordOf(added),
    number: (old, added) =>
      typeof added === 'number' && (old === null || typeof old === 'number') ? (old ?? 0) + added : undefined,
    comma_delimited_list: mergeLists,
    json(old, added, deep) {
      const parsed = parsedMap(added)
      const before = parsedMap(old ?? {})
      if (parsed === undefined || before === undefined) return undefined
      return deep ? mergeDeeply(before, parsed) : mergeMaps(before, parsed)
    },
    boolean: () => undefined,
  }

function mergeLists(old: Json, added: Json): Json {
  if (old === null || old === '' || (Array.isArray(old) && old.length === 0)) return added
  const items = (value: Json): readonly Json[] => (Array.isArray(value) ? value : wordOf(value).split(','))
  return Array.isArray(added) || Array.isArray(old)
    ? [...items(old), ...items(added)]
    : `${wordOf(old)},${wordOf(added)}`
}

function parsedMap(value: Json): JsonMap | undefined {
  if (isMap(value)) return value as JsonMap
  if (typeof value !== 'string') return undefined
  const parsed = value === '' ? { value: {} } : jsonIn(value)
  return 'value' in parsed && isMap(parsed.value) ? (parsed.value as JsonMap) : undefined
}

function mergeMaps(old: JsonMap, added: JsonMap): JsonMap {
  const merged: Record<string, Json> = { ...old }
  for (const key of Object.keys(added)) if (added[key] !== null) put(merged, key, added[key] ?? null)
  return merged
}

function mergeDeeply(old: JsonMap, added: JsonMap): JsonMap {
  const merged: Record<string, Json> = { ...old }
  for (const key of Object.keys(added)) {
    const value = added[key] ?? null
    if (value !== null) put(merged, key, mergedPart(own(old, key) ?? null, value))
  }
  return merged
}

/** Maps are merged, lists and texts put behind one another, anything else is replaced. */
function mergedPart(old: Json, added: Json): Json {
  if (isMap(added)) return isMap(old) ? mergeDeeply(old as JsonMap, added as JsonMap) : added
  if (Array.isArray(added)) return Array.isArray(old) ? [...old, ...added] : added
  if (typeof added !== 'string') return added
  return typeof old === 'string' ? old + added : added
}

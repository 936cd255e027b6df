import { isMap, type Json, type JsonMap, own, put } from '../../base/json.ts'
import { shownAs, wordOf } from '../../base/text.ts'
import type { TemplatePath, TemplateProblem } from '../problem.ts'
import { fits } from './glob.ts'

/** What resource types stand for, as an environment says; plain JSON in which taken-back entries are gone. */
export type Registry = JsonMap

const hookNames = ['pre-create', 'pre-update', 'pre-delete', 'post-create', 'post-update', 'post-delete']
const restrictions = ['update', 'replace']

/** What reading a `resource_registry` adds to. */
export interface RegistryReading extends Place {
  /** What was registered before; nothing, unless given. */
  readonly onto?: Registry
  /** Told of each name or prefix that a null takes back. */
  readonly takenBack?: (path: TemplatePath) => void
}

/** Reads a `resource_registry`: a null takes back what was registered before under that name or prefix. */
export function readRegistry(
  raw: JsonMap,
  { path, problems, onto = {}, takenBack }: RegistryReading,
): Registry {
  const registry: Record<string, Json> = { ...onto }
  const deeper = (key: string): RegistryReading => ({
    path: [...path, key],
    problems,
    ...(takenBack && { takenBack }),
    onto: inside(onto, key) ?? {},
  })
  for (const key of Object.keys(raw)) {
    const value = raw[key] ?? null
    if (value === null) {
      takeBack(registry, key)
      takenBack?.([...path, key])
    } else if (key === 'hooks' || key === 'restricted_actions') {
      checkWords(key, value, { path: [...path, key], problems })
      put(registry, key, value)
    } else if (isMap(value)) put(registry, key, readRegistry(value as JsonMap, deeper(key)))
    else if (typeof value === 'string') put(registry, key, namesTemplate(key) ? key : value)
    else {
      const message = `The resource registry entry "${key}" must be a string or a map`
      problems.push({ code: 'InvalidRegistry', message, path: [...path, key] })
    }
  }
  return registry
}

function takeBack(registry: Record<string, Json>, key: string): void {
  if (!key.endsWith('*')) delete registry[key]
  else
    for (const name of Object.keys(registry))
      if (typeof registry[name] === 'string' && name.startsWith(key.slice(0, -1))) delete registry[name]
}

interface Place {
  readonly path: TemplatePath
  readonly problems: TemplateProblem[]
}

function checkWords(key: 'hooks' | 'restricted_actions', value: Json, { path, problems }: Place): void {
  const known = key === 'hooks' ? hookNames : restrictions
  const words: readonly Json[] = Array.isArray(value) ? value : [value]
  if (words.every((word) => typeof word === 'string' && known.includes(word))) return
  const types = `(${known.map(shownAs).join(', ')})`
  const message =
    key === 'hooks'
      ? `Invalid hook type "${wordOf(value)}" for resource breakpoint, acceptable hook types are: ${types}`
      : `Invalid restricted_action type "${wordOf(value)}" for resource, acceptable restricted_action types are: ${types}`
  problems.push({ code: key === 'hooks' ? 'InvalidHook' : 'InvalidRestrictedAction', message, path })
}

/** Whether a type name or the value of an entry names a template file. */
export const namesTemplate = (name: string): boolean => name.endsWith('.yaml') || name.endsWith('.template')

/** The map that stands under a key, if one does. */
export function inside(map: JsonMap | undefined, key: string | undefined): JsonMap | undefined {
  const value = map && own(map, key)
  return isMap(value) ? (value as JsonMap) : undefined
}

/** The words under `hooks` or `restricted_actions` of every pattern that fits a resource's name. */
export function wordsFor(
  registry: Registry,
  resourceName: string,
  key: 'hooks' | 'restricted_actions',
): readonly string[] {
  const found = matching(registry, resourceName).flatMap((block) => {
    const value = own(block, key)
    return Array.isArray(value) ? value.map(wordOf) : typeof value === 'string' ? [value] : []
  })
  return [...new Set(found)]
}

/** The registry that the stack inside a resource gets: what is said about that resource's inner ones moves up. */
export function narrowed(registry: Registry, resourceName: string): Registry {
  const exact = inside(inside(registry, 'resources'), resourceName)
  const blocks = [...matching(registry, resourceName), ...(exact ? [exact] : [])]
  const resources: Record<string, Json> = {}
  for (const block of blocks) for (const key of Object.keys(block)) put(resources, key, block[key] ?? null)
  return { ...registry, resources }
}

function matching(registry: Registry, resourceName: string): readonly JsonMap[] {
  const resources = inside(registry, 'resources') ?? {}
  return Object.keys(resources).flatMap((pattern) => {
    const block = resources[pattern]
    return isMap(block) && fits(pattern, resourceName) ? [block as JsonMap] : []
  })
}

/** The registry without the entry at a path. */
export function without(registry: Registry, [key, ...rest]: readonly string[]): Registry {
  if (key === undefined || !Object.hasOwn(registry, key)) return registry
  const copy: Record<string, Json> = { ...registry }
  const value = copy[key]
  if (rest.length === 0) delete copy[key]
  else if (isMap(value)) put(copy, key, without(value as JsonMap, rest))
  return copy
}

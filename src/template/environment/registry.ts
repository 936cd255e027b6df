import { isMap, type Json, type JsonMap } from '../../base/json.ts'
import { put } from '../evaluate.ts'
import type { TemplatePath, TemplateProblem } from '../problem.ts'
import { shownAs, wordOf } from '../text.ts'
import { fits } from './glob.ts'

/** What resource types stand for, as an environment says; plain JSON in which taken-back entries are gone. */
export type Registry = JsonMap

const hookNames = ['pre-create', 'pre-update', 'pre-delete', 'post-create', 'post-update', 'post-delete']
const restrictions = ['update', 'replace']

/** Reads a `resource_registry`: a null takes back what was registered before under that name or prefix. */
export function readRegistry(raw: JsonMap, path: TemplatePath, problems: TemplateProblem[]): Registry {
  const registry: Record<string, Json> = {}
  for (const key of Object.keys(raw)) {
    const value = raw[key] ?? null
    if (value === null) takeBack(registry, key)
    else if (key === 'hooks' || key === 'restricted_actions') {
      checkWords(key, value, { path: [...path, key], problems })
      put(registry, key, value)
    } else if (isMap(value)) put(registry, key, readRegistry(value as JsonMap, [...path, key], problems))
    else if (typeof value === 'string') put(registry, key, value)
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

/** A registry entry that says something about a type. */
interface Entry {
  readonly path: readonly string[]
  readonly leads:
    | { readonly to: 'template'; readonly file: string }
    | { readonly to: 'type'; readonly type: string }
}

/** What a type leads to: a template file, with the entry that says so, or another type that nothing more is said about. */
export type Resolution =
  | { readonly is: 'template'; readonly file: string; readonly path: readonly string[] }
  | { readonly is: 'type'; readonly type: string }

/** What a search must know besides the registry. */
export interface Search {
  readonly resourceName: string | undefined
  readonly isKnown: (type: string) => boolean
}

/**
 * Follows a type through aliases and wildcards: the entry for one resource's name comes before those for all, and of
 * these the one whose name sorts first; entries that lead nowhere are passed over.
 */
export function resolve(
  registry: Registry,
  type: string,
  search: Search,
  seen: readonly string[] = [],
): Resolution | undefined {
  if (seen.includes(type)) return undefined
  for (const { path, leads } of entriesFor(registry, type, search.resourceName)) {
    if (leads.to === 'template') return { is: 'template', file: leads.file, path }
    const found = leads.type === type ? undefined : resolve(registry, leads.type, search, [...seen, type])
    if (found !== undefined) return found
  }
  return search.isKnown(type) ? { is: 'type', type } : undefined
}

function entriesFor(registry: Registry, type: string, resourceName: string | undefined): readonly Entry[] {
  const entries: Entry[] = []
  const forName = inside(inside(registry, 'resources'), resourceName)
  const own = forName && entryAt(forName, type, ['resources', resourceName ?? ''])
  if (own) entries.push(own)
  const top = namesTemplate(type)
    ? { path: [type], leads: { to: 'template', file: type } as const }
    : entryAt(registry, type, [])
  const wildcards = Object.keys(registry).filter(
    (name) => name.endsWith('*') && type.startsWith(name.slice(0, -1)),
  )
  const rest = wildcards.flatMap((name) => wildcardEntry(registry, name, type) ?? [])
  if (top) rest.push(top)
  return [...entries, ...rest.sort((a, b) => ((a.path[0] ?? '') < (b.path[0] ?? '') ? -1 : 1))]
}

function entryAt(map: JsonMap, type: string, above: readonly string[]): Entry | undefined {
  const value = Object.hasOwn(map, type) ? map[type] : undefined
  if (typeof value !== 'string') return undefined
  const path = [...above, type]
  if (namesTemplate(type)) return { path, leads: { to: 'template', file: type } }
  return { path, leads: namesTemplate(value) ? { to: 'template', file: value } : { to: 'type', type: value } }
}

/** A wildcard carries the rest of the type over if its target has a star too; it never leads to the type it is asked for. */
function wildcardEntry(registry: JsonMap, name: string, type: string): Entry | undefined {
  const value = registry[name]
  if (typeof value !== 'string' || value === type) return undefined
  if (namesTemplate(value)) return { path: [name], leads: { to: 'template', file: value } }
  const target = value.endsWith('*') ? value.slice(0, -1) + type.slice(name.length - 1) : value
  return { path: [name], leads: { to: 'type', type: target } }
}

function inside(map: JsonMap | undefined, key: string | undefined): JsonMap | undefined {
  const value = map !== undefined && key !== undefined && Object.hasOwn(map, key) ? map[key] : undefined
  return isMap(value) ? (value as JsonMap) : undefined
}

/** The words under `hooks` or `restricted_actions` of every pattern that fits a resource's name. */
export function wordsFor(
  registry: Registry,
  resourceName: string,
  key: 'hooks' | 'restricted_actions',
): readonly string[] {
  const found = matching(registry, resourceName).flatMap((block) => {
    const value = Object.hasOwn(block, key) ? block[key] : undefined
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

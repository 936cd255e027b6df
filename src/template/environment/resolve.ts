import { type JsonMap, own } from '../../base/json.ts'
import { inside, namesTemplate, type Registry } from './registry.ts'

/** A registry entry that says something about a type. */
interface Entry {
  readonly path: readonly string[]
  readonly leads:
    | { readonly to: 'template'; readonly file: string }
    | { readonly to: 'type'; readonly type: string }
    | { readonly to: 'plugin' }
}

/** What a type leads to: a template file, or another type that nothing more is said about. */
export type Resolution =
  | {
      readonly is: 'template'
      readonly file: string
      /** The entry that says so, if it is one of the stack's own. */
      readonly path: readonly string[] | undefined
    }
  | {
      readonly is: 'type'
      readonly type: string
      /** The type that stands for this one by the operator's word or by a wildcard, if one does. */
      readonly alias?: string
    }

/** What a search must know besides the registry. */
export interface Search {
  readonly resourceName: string | undefined
  readonly isKnown: (type: string) => boolean
  /** What the operator's environment says, which counts where the stack's leads nowhere. */
  readonly site: Registry
}

/** So many types a search comes by at most: a wildcard whose target fits it again makes ever longer names. */
const farthest = 30

/** Whether a type is new to a search; one that it came by before has led nowhere. */
function isNew(type: string, seen: Set<string>): boolean {
  return seen.size < farthest && seen.size < seen.add(type).size
}

/**
 * Follows a type through aliases and wildcards: the entry for one resource's name comes before those for all, and of
 * these the one whose name sorts first; entries that lead nowhere are passed over.
 */
export function resolve(
  registry: Registry,
  type: string,
  search: Search,
  seen = { own: new Set<string>(), site: new Set<string>() },
): Resolution | undefined {
  if (!isNew(type, seen.own)) return undefined
  const own = namesTemplate(type) ? [templateEntry(type)] : []
  for (const { path, leads } of entriesFor(registry, type, search.resourceName, own)) {
    if (leads.to === 'template') return { is: 'template', file: leads.file, path }
    if (leads.to === 'plugin' || leads.type === type) continue
    const found = resolve(registry, leads.type, search, seen)
    if (found !== undefined) return path[0]?.endsWith('*') ? asAlias(type, found) : found
  }
  const found = resolveInSite(type, search, seen.site)
  return found && asAlias(type, found)
}

const asAlias = (type: string, found: Resolution): Resolution =>
  found.is === 'type' && found.type !== type ? { alias: type, ...found } : found

/** The same in the operator's environment: what a stack's own says does not count any more, plugins do. */
function resolveInSite(type: string, search: Search, seen: Set<string>): Resolution | undefined {
  const { site, resourceName, isKnown } = search
  if (!isNew(type, seen)) return undefined
  const isPlugin = !Object.hasOwn(site, type) && isKnown(type)
  const own: readonly Entry[] = isPlugin ? [{ path: [type], leads: { to: 'plugin' } }] : []
  for (const { leads } of entriesFor(site, type, resourceName, own)) {
    if (leads.to === 'template') return { is: 'template', file: leads.file, path: undefined }
    if (leads.to === 'plugin') return { is: 'type', type }
    const found = leads.type === type ? undefined : resolveInSite(leads.type, search, seen)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether an entry of a registry may say something of a type: most types are what they are called. */
export function speaksOf(registry: Registry, type: string, resourceName: string | undefined): boolean {
  const forName = inside(inside(registry, 'resources'), resourceName)
  return (
    Object.hasOwn(registry, type) ||
    (forName !== undefined && Object.hasOwn(forName, type)) ||
    wildcardsOf(registry).some((name) => type.startsWith(name.slice(0, -1)))
  )
}

const templateEntry = (file: string): Entry => ({ path: [file], leads: { to: 'template', file } })

/** The entries that say something about a type, `own` among them as if it were one of them. */
function entriesFor(
  registry: Registry,
  type: string,
  resourceName: string | undefined,
  own: readonly Entry[],
): readonly Entry[] {
  const forName = inside(inside(registry, 'resources'), resourceName)
  const named = forName && entryAt(forName, type, ['resources', resourceName ?? ''])
  const fitting = wildcardsOf(registry).filter((name) => type.startsWith(name.slice(0, -1)))
  const rest = fitting.flatMap((name) => wildcardEntry(registry, name, type) ?? [])
  const exact = own.length > 0 ? own : (entryAt(registry, type, []) ?? [])
  const sorted = rest.concat(exact).sort((a, b) => ((a.path[0] ?? '') < (b.path[0] ?? '') ? -1 : 1))
  return named ? [named, ...sorted] : sorted
}

const wildcards = new WeakMap<Registry, readonly string[]>()

/** The wildcards of a registry, which may have many entries and is asked for each resource. */
function wildcardsOf(registry: Registry): readonly string[] {
  const known = wildcards.get(registry) ?? Object.keys(registry).filter((name) => name.endsWith('*'))
  wildcards.set(registry, known)
  return known
}

function entryAt(map: JsonMap, type: string, above: readonly string[]): Entry | undefined {
  const value = own(map, type)
  if (typeof value !== 'string') return undefined
  const path = [...above, type]
  if (namesTemplate(type)) return { path, leads: { to: 'template', file: type } }
  return { path, leads: namesTemplate(value) ? { to: 'template', file: value } : { to: 'type', type: value } }
}

/** A wildcard carries the rest of the type over if its target has a star too. It leads neither to the type it is asked for nor to a template. */
function wildcardEntry(registry: JsonMap, name: string, type: string): Entry | undefined {
  const value = registry[name]
  if (typeof value !== 'string' || value === type || namesTemplate(value)) return undefined
  const target = value.endsWith('*') ? value.slice(0, -1) + type.slice(name.length - 1) : value
  return { path: [name], leads: { to: 'type', type: target } }
}

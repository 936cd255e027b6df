import { isMap, type JsonMap } from '../../base/json.ts'
import { type Parsed, placed, type TemplatePath, type TemplateProblem } from '../problem.ts'
import { defaultLimits, type Limits as YaqlLimits } from '../yaql/run.ts'
import { namesTemplate, type Registry, readRegistry } from './registry.ts'
import { readSections } from './sections.ts'

/** What an operator's environment files say for all stacks: what types stand for, and which are out of use. */
export interface Site {
  readonly registry: Registry
  /** Whether a type was taken out of use; an entry of the registry may stand in its place. */
  isRemoved(type: string): boolean
  /** The templates that the registry names, by their addresses. */
  readonly files: Readonly<Record<string, string>>
  /** What an expression of YAQL may take. */
  readonly yaql: YaqlLimits
}

/** An operator who says nothing. */
export const noSite: Site = {
  registry: {},
  isRemoved: () => false,
  files: {},
  yaql: defaultLimits,
}

/**
 * Adds one more file to what a site says; a null in its registry takes a type out of use, or all with a prefix. A file with
 * a problem adds nothing.
 */
export function extendSite(site: Site, source: string | JsonMap, file: string): Parsed<Site> {
  const { value: read, problems } = readSections(source, { file })
  if (read === undefined || problems.length > 0) return { value: site, problems }
  const removed: string[] = []
  const found: TemplateProblem[] = []
  const registry = readRegistry(read.map('resource_registry'), {
    path: ['resource_registry'],
    problems: found,
    onto: site.registry,
    takenBack([, name, ...more]: TemplatePath) {
      if (more.length === 0) removed.push(String(name))
    },
  })
  if (found.length > 0) return { value: site, problems: placed(found, read.written) }
  const isRemoved = (type: string) => site.isRemoved(type) || removed.some((name) => stands(name, type))
  return { value: { ...site, registry, isRemoved }, problems: [] }
}

const stands = (name: string, type: string): boolean =>
  name === type || (name.endsWith('*') && type.startsWith(name.slice(0, -1)))

/** The addresses of the templates that a registry names, and the types that each stands for. */
export function templatesOf(registry: Registry): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const [type, value] of Object.entries(registry)) {
    const inner = isMap(value) && type !== 'hooks' ? templatesOf(value as JsonMap) : undefined
    for (const [file, types] of inner ?? []) found.set(file, [...(found.get(file) ?? []), ...types])
    if (typeof value !== 'string' || !namesTemplate(value) || type.endsWith('*')) continue
    found.set(value, [...(found.get(value) ?? []), type])
  }
  return found
}

import { asDirectory, besides } from './address.ts'
import type { TextLeaf, TextTree } from './tree.ts'

/** One place of a text that names a file. */
export interface Reference {
  readonly leaf: TextLeaf
  readonly url: string
  /** What is done there: `get_file`, `type`, or the resource type that the file stands for. */
  readonly by: string
}

/** Whether a text is a template, by the key that every template has. */
export function isTemplate(tree: TextTree | undefined): boolean {
  return tree?.is === 'map' && tree.entries.some(([key]) => versionKeys.has(key))
}

const versionKeys = new Set([
  'heat_template_version',
  'HeatTemplateFormatVersion',
  'AWSTemplateFormatVersion',
])

/** The files that a template names: what `get_file` reads, and the templates that stand for resource types. */
export function* referencesOfTemplate(tree: TextTree, base: string): Generator<Reference> {
  if (tree.is === 'list') for (const item of tree.items) yield* referencesOfTemplate(item, base)
  if (tree.is !== 'map') return
  for (const [key, value] of tree.entries) {
    if (value.is !== 'leaf') yield* referencesOfTemplate(value, base)
    else if (namesFile(key, value.text)) yield { leaf: value, url: besides(base, value.text ?? ''), by: key }
  }
}

const namesFile = (key: string, text: string | undefined): boolean =>
  text !== undefined && (key === 'get_file' || (key === 'type' && /\.(yaml|template)$/.test(text)))

/**
 * The templates that the resource registry of an environment names. They are sought beside the environment, or where
 * the registry's `base_url` says; the part for a single resource may have a `base_url` of its own.
 */
export function* referencesOfEnvironment(tree: TextTree, base: string): Generator<Reference> {
  const registry = entryOf(tree, 'resource_registry')
  if (registry === undefined) return
  const here = baseOf(registry, base)
  yield* templatesIn(registry, here)
  const resources = entryOf(registry, 'resources')
  if (resources?.is !== 'map') return
  for (const [, resource] of resources.entries) yield* templatesIn(resource, baseOf(resource, here))
}

function* templatesIn(registry: TextTree, base: string): Generator<Reference> {
  if (registry.is !== 'map') return
  for (const [key, value] of registry.entries) {
    if (value.is !== 'leaf' || value.text === undefined || settings.has(key) || value.text.includes('::'))
      continue
    yield { leaf: value, url: besides(base, value.text), by: key }
  }
}

const settings = new Set(['base_url', 'hooks', 'restricted_actions'])

function baseOf(registry: TextTree, fallback: string): string {
  const own = entryOf(registry, 'base_url')
  return own?.is === 'leaf' && own.text !== undefined && own.text !== ''
    ? asDirectory(besides(fallback, own.text))
    : fallback
}

/** What a text says under a key, if it is a map that has it. */
export function entryOf(tree: TextTree, key: string): TextTree | undefined {
  return tree.is === 'map' ? tree.entries.findLast(([name]) => name === key)?.[1] : undefined
}

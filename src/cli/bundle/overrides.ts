import type { JsonMap } from '../../base/json.ts'
import type { Bundle } from './bundle.ts'
import { entryOf } from './references.ts'
import { treeOf } from './tree.ts'

/** The name of the environment that carries parameters of the command line. */
export const overridesFile = 'command-line:parameters'

/**
 * Adds parameters of the command line as a last environment where an environment file sets them too: services let
 * files win over the parameters of a request, but what is typed is meant to count. Parameters that the files ask to
 * merge are left to be merged.
 */
export function withOverrides(bundle: Bundle, parameters: JsonMap): Bundle {
  const set = new Set<string>()
  for (const file of bundle.environmentFiles) {
    const tree = treeOf(bundle.files[file] ?? '')
    const section = (name: string) => (tree === undefined ? [] : keysOf(entryOf(tree, name)))
    const merged = section('parameter_merge_strategies')
    for (const name of section('parameters'))
      if (!merged.includes(name) && !merged.includes('default')) set.add(name)
  }
  const overridden = Object.entries(parameters).filter(([name]) => set.has(name))
  if (overridden.length === 0) return bundle
  return {
    ...bundle,
    files: {
      ...bundle.files,
      [overridesFile]: JSON.stringify({ parameters: Object.fromEntries(overridden) }),
    },
    environmentFiles: [...bundle.environmentFiles, overridesFile],
  }
}

const keysOf = (tree: ReturnType<typeof treeOf>): readonly string[] =>
  tree?.is === 'map' ? tree.entries.map(([key]) => key) : []

import { isMap, type Json, own, put } from '../../base/json.ts'
import type { Bundle } from './bundle.ts'

/** The name of the environment that carries hooks of the command line. */
export const hooksFile = 'command-line:hooks'

/** A hook, and the resources that are to wait there: by name, or by their path through nested stacks; patterns name several. */
export interface HookedPaths {
  readonly hook: string
  readonly paths: readonly string[]
}

/** Adds hooks of the command line as a last environment: of environments and environment files services read only the files. */
export function withHooks(bundle: Bundle, hooked: HookedPaths | undefined): Bundle {
  if (hooked === undefined || hooked.paths.length === 0) return bundle
  const { hook, paths } = hooked
  const resources: Level = {}
  for (const path of paths) {
    let level = resources
    for (const name of path.split('/').filter((part) => part !== '')) level = inside(level, name)
    level.hooks = hook
  }
  return {
    ...bundle,
    files: { ...bundle.files, [hooksFile]: JSON.stringify({ resource_registry: { resources } }) },
    environmentFiles: [...bundle.environmentFiles, hooksFile],
  }
}

type Level = Record<string, Json>

function inside(level: Level, name: string): Level {
  const known = own(level, name)
  if (isMap(known)) return known as Level
  const made: Level = {}
  put<Json>(level, name, made)
  return made
}

import type { TemplateFunction } from '../function.ts'
import { allVersions } from './index.ts'
import type { Version } from './version.ts'

/** A function of the language through all its versions: the name stays, what it does may change. */
export interface FunctionHistory {
  readonly name: string
  /** What it does and did: one meaning after another, the newest last. */
  readonly forms: readonly FunctionForm[]
  /** The versions that know the name only to say that they have the function no more. */
  readonly removed: readonly Version[]
}

/** One meaning of a function, the same in all the versions that have it. */
export interface FunctionForm {
  /** The function, and with it its documentation. */
  readonly does: TemplateFunction
  /** The versions that have it, the oldest first. */
  readonly versions: readonly Version[]
  /** Those of them where it may be called for a value. */
  readonly forValues: readonly Version[]
  /** Those of them where it may be called for a condition. */
  readonly forConditions: readonly Version[]
}

/** Every function that any version of the language has, by name. */
export function functionHistories(): readonly FunctionHistory[] {
  const names = new Set(
    allVersions.flatMap(({ functions, conditionFunctions }) => [
      ...functions.keys(),
      ...conditionFunctions.keys(),
    ]),
  )
  return [...names].sort().map((name) => ({
    name,
    forms: formsOf(name),
    removed: allVersions.filter(({ removed }) => removed.has(name)),
  }))
}

function formsOf(name: string): readonly FunctionForm[] {
  const meanings = allVersions.flatMap((version) => meaningsIn(version, name))
  return [...Map.groupBy(meanings, ({ does }) => does)].map(([does, same]) => {
    const versions = same.map(({ version }) => version)
    return {
      does,
      versions: [...new Set(versions)],
      forValues: versions.filter(({ functions }) => functions.get(name) === does),
      forConditions: versions.filter(({ conditionFunctions }) => conditionFunctions.get(name) === does),
    }
  })
}

function meaningsIn(version: Version, name: string) {
  const meanings = new Set([version.functions.get(name), version.conditionFunctions.get(name)])
  return [...meanings].flatMap((does) => (does === undefined ? [] : [{ version, does }]))
}

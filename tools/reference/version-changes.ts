import type { FunctionHistory, Version } from '../../src/template/index.ts'
import { code } from './example-words.ts'
import { formIn, functionLink, versionBefore } from './version-words.ts'

/** One thing that a version has or lacks, compared with the one before it. */
export interface Change {
  /** The names that are new or have changed. */
  readonly gained: readonly string[]
  /** The names that are gone. */
  readonly lost: readonly string[]
  readonly words: string
}

/** What a version changed, read from the declarations; of the first of its kind there is nothing to tell. */
export function changesOf(version: Version, histories: readonly FunctionHistory[]): readonly Change[] {
  const before = versionBefore(version)
  if (before === undefined) return []
  return [
    ...functionChanges(before, version, histories),
    ...keyChanges(before, version),
    ...named(before.constraints, version.constraints, {
      gained: (names) => `Parameters may be constrained by ${names}.`,
      lost: (names) => `Parameters cannot be constrained by ${names}.`,
    }),
    ...named(Object.keys(before.deletionPolicies), Object.keys(version.deletionPolicies), {
      gained: (names) => `A deletion policy may also be written ${names}.`,
      lost: (names) => `A deletion policy cannot be written ${names}.`,
    }),
  ]
}

function functionChanges(
  before: Version,
  version: Version,
  histories: readonly FunctionHistory[],
): readonly Change[] {
  const stays = ({ functions, conditionFunctions }: Version) => [
    ...new Set([...functions.keys(), ...conditionFunctions.keys()]),
  ]
  const changed = histories.flatMap((history) => {
    const [then, now] = [formIn(history, before), formIn(history, version)]
    if (then === undefined || now === undefined || then === now) return []
    const words = now.does.changes ?? 'means something else.'
    return [{ gained: [history.name], lost: [], words: `${functionLink(history.name)}: ${words}` }]
  })
  const inBoth = stays(version).filter((name) => stays(before).includes(name))
  const forConditions = (one: Version) => inBoth.filter((name) => one.conditionFunctions.has(name))
  return [
    ...named(stays(before), stays(version), {
      gained: (_, names) => `New functions: ${names.map(functionLink).join(', ')}.`,
      lost: (_, names) => `It does not have these functions: ${names.map(functionLink).join(', ')}.`,
    }),
    ...changed,
    ...named(forConditions(before), forConditions(version), {
      gained: (_, names) => `May be called for conditions too: ${names.map(functionLink).join(', ')}.`,
    }),
  ]
}

function keyChanges({ words: before }: Version, { words: now }: Version): readonly Change[] {
  return [
    ...named(sectionsOf(before), sectionsOf(now), gainedOrLost('A template', 'section')),
    ...named(texts(before.parameter), texts(now.parameter), gainedOrLost('A parameter', 'key')),
    ...named(texts(before.resource), texts(now.resource), gainedOrLost('A resource', 'key')),
    ...named(texts(before.output), texts(now.output), gainedOrLost('An output', 'key')),
  ]
}

/** The sections that a template may have besides the one that names its version. */
export const sectionsOf = ({ version: _, otherVersion: __, ...words }: Version['words']): readonly string[] =>
  texts(words)

/** The keys of templates among some words of a version. */
export const texts = (words: object): readonly string[] =>
  Object.values(words).filter((word) => typeof word === 'string')

const gainedOrLost = (what: string, kind: 'section' | 'key') => ({
  gained: (names: string, all: readonly string[]) =>
    `${what} may have the ${kind}${all.length > 1 ? 's' : ''} ${names}.`,
  lost: (names: string, all: readonly string[]) =>
    `${what} cannot have the ${kind}${all.length > 1 ? 's' : ''} ${names}.`,
})

type Saying = (names: string, all: readonly string[]) => string

/** What is in one list of names and not in the other, said in words. */
function named(
  before: readonly string[],
  now: readonly string[],
  { gained, lost }: { readonly gained: Saying; readonly lost?: Saying },
): readonly Change[] {
  const more = now.filter((name) => !before.includes(name))
  const less = before.filter((name) => !now.includes(name))
  const list = (names: readonly string[]) => names.map(code).join(', ')
  return [
    ...(more.length === 0 ? [] : [{ gained: more, lost: [], words: gained(list(more), more) }]),
    ...(less.length === 0 || lost === undefined
      ? []
      : [{ gained: [], lost: less, words: lost(list(less), less) }]),
  ]
}

import type { FunctionHistory, Version } from '../../src/template/index.ts'
import { code } from './example-words.ts'
import { formIn, functionLink, versionBefore } from './version-words.ts'

/** One thing that a version has or lacks, compared with the one before it. */
export interface Change {
  /** The names alone, for a row of a table. */
  readonly inShort: string
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
      lost: (names) => `Parameters can no longer be constrained by ${names}.`,
    }),
    ...named(Object.keys(before.deletionPolicies), Object.keys(version.deletionPolicies), {
      gained: (names) => `A deletion policy may also be written ${names}.`,
      lost: (names) => `A deletion policy can no longer be written ${names}.`,
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
    return [{ inShort: code(history.name), words: `${functionLink(history.name)} ${words}` }]
  })
  const inBoth = stays(version).filter((name) => stays(before).includes(name))
  const forConditions = (one: Version) => inBoth.filter((name) => one.conditionFunctions.has(name))
  return [
    ...named(stays(before), stays(version), {
      gained: (_, names) => `New functions: ${names.map(functionLink).join(', ')}.`,
      lost: (_, names) => `These functions are gone: ${names.map(functionLink).join(', ')}.`,
    }),
    ...changed,
    ...named(forConditions(before), forConditions(version), {
      gained: (_, names) => `May be called for conditions too: ${names.map(functionLink).join(', ')}.`,
      lost: (_, names) => `Can no longer be called for conditions: ${names.map(functionLink).join(', ')}.`,
    }),
  ]
}

function keyChanges({ words: before }: Version, { words: now }: Version): readonly Change[] {
  const sections = (words: Version['words']) => texts(words).filter((word) => word !== words.version)
  return [
    ...named(sections(before), sections(now), gainedOrLost('A template', 'section')),
    ...named(texts(before.parameter), texts(now.parameter), gainedOrLost('A parameter', 'key')),
    ...named(texts(before.resource), texts(now.resource), gainedOrLost('A resource', 'key')),
    ...named(texts(before.output), texts(now.output), gainedOrLost('An output', 'key')),
  ]
}

/** The keys of templates among a version's words. */
const texts = (words: object): readonly string[] =>
  Object.values(words).filter((word) => typeof word === 'string')

const gainedOrLost = (what: string, kind: 'section' | 'key') => ({
  gained: (names: string, all: readonly string[]) =>
    `${what} may have the ${kind}${all.length > 1 ? 's' : ''} ${names}.`,
  lost: (names: string, all: readonly string[]) =>
    `${what} can no longer have the ${kind}${all.length > 1 ? 's' : ''} ${names}.`,
})

type Saying = (names: string, all: readonly string[]) => string

/** What is in one list of names and not in the other, said in words. */
function named(
  before: readonly string[],
  now: readonly string[],
  { gained, lost }: { readonly gained: Saying; readonly lost: Saying },
): readonly Change[] {
  const more = now.filter((name) => !before.includes(name))
  const less = before.filter((name) => !now.includes(name))
  const list = (names: readonly string[]) => names.map(code).join(', ')
  return [
    ...(more.length === 0 ? [] : [{ inShort: list(more), words: gained(list(more), more) }]),
    ...(less.length === 0 ? [] : [{ inShort: `without ${list(less)}`, words: lost(list(less), less) }]),
  ]
}

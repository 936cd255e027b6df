// The rules of an orchestration engine that users can see, by section, and the tests that prove them: the name of such a
// test ends with its section, as in 'replaces what is past mending (§5)'.
import { readFileSync } from 'node:fs'
import { filesIn } from './files.ts'

/** What each section of the rules is about. */
export const sections = {
  1: 'states of stacks and resources, their reasons and events',
  2: 'processes, and what they say to each other',
  3: 'what depends on what',
  4: 'what is done to one resource: retries, names, references, attributes',
  5: 'what decides an update',
  6: 'stacks on their way from one state to another, overtaken and interrupted',
  8: 'rollback and time-outs',
  9: 'nested stacks',
  10: 'suspend, resume, snapshot, restore, adopt, abandon',
  11: 'with what the engine acts in a cloud',
  12: 'events, hooks, signals',
  13: 'wait conditions',
  14: 'what servers are configured with',
  15: 'limits',
  16: 'who may do what',
  17: 'what is kept',
} as const

/** The sections that must have tests: a section is added with its first. */
export const proven: readonly (keyof typeof sections)[] = [
  1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
]

const named = /\b(?:it|test|describe)\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|`([^`]*)`)/g
const ending = /\(((?:§\d+(?:, )?)+)\)$/

/** The sections that the names of tests in a file end with, one for each test and section. */
export function sectionsIn(text: string): readonly number[] {
  const names = [...text.matchAll(named)].map(
    ([, single, double, template]) => single ?? double ?? template ?? '',
  )
  return names.flatMap((name) =>
    [...(ending.exec(name)?.[1] ?? '').matchAll(/\d+/g)].map(([number]) => Number(number)),
  )
}

/** How many tests there are of each section. */
export function testsBySection(): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  for (const section of filesIn('test', '.test.ts').flatMap((file) => sectionsIn(readFileSync(file, 'utf8'))))
    counts.set(section, (counts.get(section) ?? 0) + 1)
  return counts
}

if (import.meta.main) {
  const counts = testsBySection()
  for (const [section, about] of Object.entries(sections))
    console.log(`§${section}  ${String(counts.get(Number(section)) ?? 0).padStart(3)}  ${about}`)
}

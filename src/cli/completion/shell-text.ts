import type { Expected, Place } from './places.ts'

/** A text between single quotes, in which a shell sees nothing but letters. Fish takes a backslash there for more. */
export const singleQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/** Several such texts with spaces between them. */
export const quotedList = (texts: readonly string[]): string => texts.map(singleQuoted).join(' ')

/** What is done for one of some texts. */
export interface Branch {
  readonly pattern: string
  readonly action: string
}

/** Branches with the same action together, each action with all the texts that it is for. */
export function grouped(
  all: readonly Branch[],
): readonly (readonly [patterns: readonly string[], action: string])[] {
  const patterns = new Map<string, string[]>()
  for (const { pattern, action } of all) patterns.set(action, [...(patterns.get(action) ?? []), pattern])
  return [...patterns].map(([action, those]) => [those, action])
}

/** For every place, under each of its names, what is done there. */
export const placeBranches = (
  places: readonly Place[],
  action: (place: Place) => string,
): readonly Branch[] =>
  places.flatMap((place) => namesOf(place).map((pattern) => ({ pattern, action: action(place) })))

/** For every option that has a value, named by its place, a colon and its name, what is done about the value. */
export const valueBranches = (
  places: readonly Place[],
  action: (expected: Expected) => string,
): readonly Branch[] =>
  places.flatMap((place) =>
    place.options.flatMap(({ names, takes }) =>
      takes === undefined
        ? []
        : namesOf(place).flatMap((path) =>
            names.map((name) => ({ pattern: `${path}:${name}`, action: action(takes) })),
          ),
    ),
  )

const namesOf = ({ path, otherPaths }: Place): readonly string[] => [path, ...otherPaths]

/** What a value is, in the words in which the functions of the shells pass it on: `word any not`, `file`. */
export const expectation = (expected: Expected): string =>
  expected.is === 'word' ? `word ${expected.words.join(' ')}` : expected.is

/** What asks the service for names: few columns, and no more than a person can look through. */
export const stackNames = "stack list --short --limit 500 -f value -c 'Stack Name'"

/** Only what can be the name of a stack: what a service answers must not become words of a shell. */
export const plainNames = "LC_ALL=C grep -xE '[A-Za-z][A-Za-z0-9_.-]{0,254}'"

/** The variables by which it is known whether names are still those of the same project. */
export const whoAndWhere = [
  ...['OS_CLOUD', 'OS_AUTH_URL', 'OS_USERNAME', 'OS_USER_ID', 'OS_PROJECT_NAME', 'OS_PROJECT_ID'],
  ...['OS_APPLICATION_CREDENTIAL_ID', 'OS_REGION_NAME', 'HEARTH_STATE_DIR', 'PWD'],
] as const

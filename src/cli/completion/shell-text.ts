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

/** The functions of Bash and Zsh that say what may come next at a place, and what the value of an option is. */
export function lookups(places: readonly Place[], placeAction: (place: Place) => string): string {
  const values = valueBranches(places, (expected) => `takes=${singleQuoted(expectation(expected))}`)
  return `# Says what may come next at a place; fails where there is no such place.
__hearth_place() {
  case $1 in
${cases(placeBranches(places, placeAction))}
    (*) return 1 ;;
  esac
}

# Says what the value of an option is, at a place; fails where it has none.
__hearth_value() {
  __hearth_value_at "$1:$2" || __hearth_value_at ":$2"
}
__hearth_value_at() {
  case $1 in
${cases(values)}
    (*) return 1 ;;
  esac
}`
}

const cases = (branches: readonly Branch[]): string =>
  grouped(branches)
    .map(([patterns, action]) => `    (${patterns.map(singleQuoted).join('|')})\n      ${action} ;;`)
    .join('\n')

/** What asks the service for names: few columns, and no more than a person can look through. */
export const stackNames = "stack list --short --limit 500 -f value -c 'Stack Name'"

/** Only what can be the name of a stack: what a service answers must not become words of a shell. */
export const plainNames = "LC_ALL=C grep -xE '[A-Za-z][A-Za-z0-9_.-]{0,254}'"

/** The variables by which it is known whether names are still those of the same project. */
export const whoAndWhere = [
  ...['OS_CLOUD', 'OS_AUTH_URL', 'OS_USERNAME', 'OS_USER_ID', 'OS_PROJECT_NAME', 'OS_PROJECT_ID'],
  ...['OS_APPLICATION_CREDENTIAL_ID', 'OS_REGION_NAME', 'HEARTH_STATE_DIR', 'PWD'],
] as const

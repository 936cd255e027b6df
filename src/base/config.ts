import { readFileSync } from 'node:fs'
import { type Assignment, parseIni } from './config-ini.ts'
import type { Option, ValueOf } from './config-kinds.ts'
import { ignoredOptions, ignoredSections, options } from './config-options.ts'
import { messageOf, problem } from './problem.ts'

/** What a site decided, by section and option; what it said nothing of is as the table says. */
export type Configuration = {
  readonly [S in keyof typeof options]: {
    readonly [O in keyof (typeof options)[S]]: ValueOf<(typeof options)[S][O]>
  }
}

/** The configuration can't be used: everything that is wrong with it, each with its file and line. */
export const ConfigurationInvalid = problem(
  'ConfigurationInvalid',
  { status: 500 },
  ({ problems }: { problems: readonly string[] }) =>
    `The configuration can't be used:\n  ${problems.join('\n  ')}`,
)

/** Where a configuration comes from: files, of which a later one counts for more, and variables, which count most. */
export interface ConfigurationSources {
  readonly files?: readonly string[]
  /** `OS_<SECTION>__<OPTION>`, in capitals, as oslo.config has it: `OS_DATABASE__CONNECTION`. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly readFile?: (path: string) => string
}

export interface ReadConfiguration {
  readonly configuration: Configuration
  /** What was written and has no effect, in words for a log. */
  readonly warnings: readonly string[]
}

/**
 * Reads the configuration of a process. Options that nobody knows are ignored, with a warning, so that a file that was
 * written for another version, or for Heat, can be used. Throws `ConfigurationInvalid` if a value can't be used.
 */
export function readConfiguration({
  files = [],
  env = {},
  readFile = read,
}: ConfigurationSources): ReadConfiguration {
  const problems: string[] = []
  const written = new Map<string, Assignment>()
  for (const file of files) {
    const parsed = parsedFile(file, readFile)
    problems.push(...parsed.problems)
    for (const assignment of parsed.assignments)
      written.set(keyOf(assignment.section, assignment.name), assignment)
  }
  for (const assignment of fromEnvironment(env))
    written.set(keyOf(assignment.section, assignment.name), assignment)

  const lookUp = (section: string, name: string) => written.get(keyOf(section, name))
  const used = new Set<Assignment>()
  const entries = Object.entries(options).map(([section, table]) => {
    const values = Object.entries<Option<unknown>>(table).map(([name, option]) => {
      const assignment = [name, ...option.also]
        .map((known) => lookUp(section, known))
        .find((found) => found !== undefined)
      if (assignment === undefined) return [name, option.default]
      used.add(assignment)
      return [name, readValue(option, assignment, { lookUp, problems })]
    })
    return [section, Object.fromEntries(values)]
  })
  if (problems.length > 0) throw ConfigurationInvalid({ problems })
  return {
    // The entries are made from the same table as the type.
    configuration: Object.fromEntries(entries) as Configuration,
    warnings: [...written.values()].filter((assignment) => !used.has(assignment)).flatMap(warningAbout),
  }
}

const read = (path: string): string => readFileSync(path, 'utf8')

/** A name may be written with dashes. */
const keyOf = (section: string, name: string): string => `${section}\n${name.replaceAll('-', '_')}`

function parsedFile(file: string, readFile: (path: string) => string): ReturnType<typeof parseIni> {
  try {
    return parseIni(readFile(file), file)
  } catch (error) {
    return { assignments: [], problems: [`${file} can't be read: ${messageOf(error)}`] }
  }
}

/** Only variables that mean an option of the table: others of the same form may belong to other programs. */
function fromEnvironment(env: Readonly<Record<string, string | undefined>>): readonly Assignment[] {
  return Object.entries(options).flatMap(([section, table]) =>
    Object.keys(table).flatMap((name) => {
      const variable = environmentName(section, name)
      const value = env[variable]
      return value === undefined ? [] : [{ section, name, value, place: variable }]
    }),
  )
}

/** The variable that says an option. */
export const environmentName = (section: string, name: string): string =>
  `OS_${section.toUpperCase()}__${name.toUpperCase()}`

interface Context {
  lookUp(section: string, name: string): Assignment | undefined
  readonly problems: string[]
}

function readValue<T>(option: Option<T>, assignment: Assignment, context: Context): T {
  const { section, name, place } = assignment
  const where = place.startsWith('OS_') ? place : `${place}: [${section}] ${name}`
  let value: string
  try {
    value = substituted(assignment, context, [])
  } catch (error) {
    // The name may be a part of a password.
    const problem = option.secret
      ? 'a $ in it begins the name of no option; by itself it is written $$'
      : messageOf(error)
    context.problems.push(`${where}: ${problem}`)
    return option.default
  }
  // As in oslo.config, a number or flag that is left empty is one that nothing is said of.
  if (value.trim() === '' && typeof option.default !== 'string') return option.default
  try {
    return option.read(value.trim())
  } catch (error) {
    const shown = option.secret ? 'the value' : `"${value}"`
    context.problems.push(`${where}: ${shown} is ${messageOf(error)}`)
    return option.default
  }
}

/** With the values of other options in place of `$name`, `${name}` and `$section.name`; `$$` and `\$` are a dollar sign. */
function substituted({ value, section }: Assignment, context: Context, within: readonly string[]): string {
  return value.replaceAll(
    /\\\$|\$\$|\$(?:\{([a-z_][a-z0-9_.]*)\}|([a-z_][a-z0-9_.]*))/gi,
    (whole, braced: string | undefined, bare: string | undefined) => {
      const path = braced ?? bare
      if (path === undefined) return '$'
      const dot = path.indexOf('.')
      const [inSection, name] = dot < 0 ? [section, path] : [path.slice(0, dot), path.slice(dot + 1)]
      if (within.includes(path)) throw new Error(`${whole} leads back to itself`)
      const other = context.lookUp(inSection, name) ?? context.lookUp('DEFAULT', path)
      if (other) return substituted(other, context, [...within, path])
      return defaultOf(inSection, name) ?? defaultOf('DEFAULT', path) ?? unknown(whole)
    },
  )
}

function defaultOf(section: string, name: string): string | undefined {
  const table: Readonly<Record<string, Option<unknown>>> | undefined = new Map(Object.entries(options)).get(
    section as never,
  )
  const option = table && Object.hasOwn(table, name) ? table[name] : undefined
  return option && String(option.default ?? '')
}

function unknown(reference: string): never {
  throw new Error(`${reference} names no option; a $ by itself is written $$`)
}

function warningAbout({ section, name, place }: Assignment): string[] {
  if (ignoredSections.test(section) || ignoredOptions.has(name)) return []
  const known = Object.hasOwn(options, section)
  const reason = known ? 'there is no such option' : `there is no section [${section}]`
  return [`${place}: [${section}] ${name} has no effect: ${reason}`]
}

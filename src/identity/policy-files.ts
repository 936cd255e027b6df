import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isMap } from '../base/json.ts'
import { messageOf } from '../base/problem.ts'
import type { CheckText } from './check-string.ts'
import { PolicyInvalid, type Rules } from './policy.ts'
import { readYaml } from './yaml.ts'

/** Where a site says who may do what. */
export interface PolicyPlaces {
  /** Of these the first that is there counts. */
  readonly files: readonly string[]
  /** All files in these count over that one, in the order of their names. */
  readonly directories: readonly string[]
}

/** The files that count, in the order in which they do: each over those before it. */
export function policyFilesIn({ files, directories }: PolicyPlaces): readonly string[] {
  const first = files.find((file) => stampOf(file) !== undefined)
  return [...(first === undefined ? [] : [first]), ...directories.flatMap(filesOf)]
}

function filesOf(directory: string): readonly string[] {
  const entries = orNothing(directory, () => readdirSync(directory, { withFileTypes: true })) ?? []
  return entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => join(directory, name))
    .sort()
}

/** All rules of a site's policy files (YAML, or JSON as of old); none if there are no such files. */
export function readPolicy(places: PolicyPlaces): Rules {
  return Object.assign({}, ...policyFilesIn(places).map(readPolicyFile))
}

function readPolicyFile(path: string): Rules {
  return rulesOf(path, orNothing(path, () => readFileSync(path, 'utf8')) ?? '')
}

/** Something that is another as soon as one of the files is. */
export function policyStamp(places: PolicyPlaces): string {
  return policyFilesIn(places)
    .map((file) => `${file} ${stampOf(file)}`)
    .join('\n')
}

function stampOf(path: string): string | undefined {
  return orNothing(path, () => {
    const { mtimeMs, size, ino } = statSync(path)
    return `${mtimeMs} ${size} ${ino}`
  })
}

/** What is not there is nothing; what can't be read is wrong. */
function orNothing<T>(path: string, read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined
    throw PolicyInvalid({ where: `file ${path}`, reason: messageOf(error) }, error)
  }
}

function rulesOf(path: string, text: string): Rules {
  const where = `file ${path}`
  let document: unknown
  try {
    document = text.trimStart().startsWith('{') ? JSON.parse(text) : readYaml(text)
  } catch (error) {
    throw PolicyInvalid({ where, reason: messageOf(error) }, error)
  }
  if (!isMap(document)) throw PolicyInvalid({ where, reason: 'it is not a map of rules' })
  return Object.fromEntries(
    Object.entries(document).map(([name, check]): [string, CheckText] => {
      if (check === null) return [name, '']
      if (!isCheckText(check))
        throw PolicyInvalid({ where, reason: `rule "${name}" is neither a text nor a list of texts` })
      return [name, check]
    }),
  )
}

const isCheckText = (value: unknown): value is CheckText =>
  typeof value === 'string' ||
  (Array.isArray(value) && value.every((part) => isText(part) || (Array.isArray(part) && part.every(isText))))

const isText = (value: unknown): value is string => typeof value === 'string'

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { JsonMap } from '../../src/base/json.ts'

/** What a client would send: a template as it was parsed, the files that it names, and made-up parameter values. */
export interface Bundle {
  readonly path: string
  readonly template: JsonMap
  readonly files: Readonly<Record<string, string>>
  readonly params: JsonMap
}

/** How something failed. */
export interface Failure {
  readonly class: string
  readonly message: string
  readonly http?: number
}

/** What was found out of a request to validate a template. */
export type Validation = { readonly result: JsonMap } | { readonly error: Failure }

/** What a program made of one bundle. A part that failed is left out. */
export interface Verdict {
  readonly parse: { readonly ok: boolean; readonly error?: Failure }
  readonly validate: Validation
  readonly struct: JsonMap
  readonly eval: JsonMap
}

/** A public template, and what the original made of it. */
export interface Entry {
  /** The repository that it is from. */
  readonly repository: string
  readonly bundle: Bundle
  readonly original: Verdict
}

/** The folder that holds the original's verdicts, as `HEARTH_ORACLE` names it. */
export function oracleFolder(): string {
  const folder = process.env.HEARTH_ORACLE
  if (folder === undefined || folder === '')
    throw new Error('HEARTH_ORACLE must name the folder that holds what the original said of templates')
  if (!existsSync(folder)) throw new Error(`HEARTH_ORACLE names ${folder}, and there is no such folder`)
  return folder
}

/** The repositories that there are verdicts about, sorted. */
export function repositories(folder: string): readonly string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(ending))
  if (names.length === 0) throw new Error(`${folder} has no file *${ending}`)
  return names.map((name) => name.slice(0, -ending.length)).sort()
}

const ending = '.jsonl.gz'

/** All templates of one repository. */
export function entriesOf(folder: string, repository: string): readonly Entry[] {
  const lines = gunzipSync(readFileSync(`${folder}/${repository}${ending}`))
    .toString('utf8')
    .split('\n')
  return lines
    .filter((line) => line !== '')
    .map((line) => ({ repository, ...(JSON.parse(line) as Omit<Entry, 'repository'>) }))
}

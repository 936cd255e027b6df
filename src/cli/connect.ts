import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { isMap } from '../base/json.ts'
import { type Log, silent } from '../base/log.ts'
import type { ClientSettings, HearthClient } from '../client/index.ts'
import { type ConnectionWords, settingsOf, Unconnectable, wordsOfVariables } from '../client/words.ts'
import { connectionOptions, wordOf } from './connection-options.ts'
import type { Globals } from './kit/attach.ts'
import type { ProgramParts } from './parts.ts'
import type { Outlet } from './terminal.ts'

/** Where and by whom the command line was called. */
export interface Surroundings {
  readonly globals: Globals
  readonly variables: Readonly<Record<string, string | undefined>>
  readonly directory: string
  readonly parts: ProgramParts
  readonly err: Outlet
}

/**
 * Connects to the cloud that the user means: what the options say, then `--os-cloud` or else the OS_* variables, and
 * if nothing says it, the service that `hearth up` started here, or else the only cloud of clouds.yaml.
 */
export async function connect(surroundings: Surroundings): Promise<HearthClient> {
  const { globals, variables, directory, parts, err } = surroundings
  const options = wordsOfOptions(globals)
  const cloud = textIn(globals.osCloud) ?? variables.OS_CLOUD
  const outside =
    cloud === undefined || cloud === '' ? wordsOfVariables(variables) : await cloudNamed(parts, cloud)
  const isTold = [options, outside].some((words) => words.auth_url)
  const usual = isTold ? {} : await usualWords(stateDirectory(globals, { variables, directory }), parts)
  const sources = [options, outside, usual]
  const settings = settingsOf(sources)
  const { connectClient } = await import('../client/index.ts')
  return (parts.connect ?? connectClient)({
    ...settings,
    ...(await secured({ ...usual, ...outside, ...options }, surroundings)),
    log: logTo(err, globals.debug === true),
  })
}

/** Says whom to trust, and what to show to those who ask who we are. */
async function secured(
  words: ConnectionWords,
  { globals, directory }: Surroundings,
): Promise<Pick<ClientSettings, 'fetch'>> {
  const { fetchWithCertificate, useCertificates } = await import('../client/index.ts')
  const path = (word: string | undefined) => (word ? resolve(directory, word) : undefined)
  const [caFile, certFile, keyFile] = [path(words.cacert), path(words.cert), path(words.key)]
  const insecure = globals.insecure === true || isYes(words.insecure) || isNo(words.verify)
  await useCertificates({ insecure, ...(caFile !== undefined && { caFile }) })
  if (certFile === undefined) return {}
  return { fetch: await fetchWithCertificate({ certFile, ...(keyFile !== undefined && { keyFile }) }) }
}

const isYes = (word: string | undefined): boolean => /^(1|true|yes|on)$/i.test(word ?? '')
const isNo = (word: string | undefined): boolean => /^(0|false|no|off)$/i.test(word ?? '')

/** The directory of the local service's state: `--state-dir`, HEARTH_STATE_DIR, or `.hearth` here. */
export function stateDirectory(
  globals: Globals,
  { variables, directory }: Pick<Surroundings, 'variables' | 'directory'>,
): string {
  return resolve(directory, textIn(globals.stateDir) ?? (variables.HEARTH_STATE_DIR || '.hearth'))
}

/** What `hearth up` wrote about how to reach it; `undefined` if it never ran there. */
export async function readLocalEnvironment(
  stateDirectory: string,
): Promise<Readonly<Record<string, string>> | undefined> {
  let content: string
  try {
    content = await readFile(join(stateDirectory, 'env.json'), 'utf8')
  } catch {
    return undefined
  }
  const value: unknown = JSON.parse(content)
  if (!isMap(value)) return undefined
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, String(one)]))
}

/** The cloud that is meant where nobody has said one. */
async function usualWords(stateDirectory: string, parts: ProgramParts): Promise<ConnectionWords> {
  const local = await readLocalEnvironment(stateDirectory)
  if (local !== undefined) return wordsOfVariables(local)
  const only = await parts.onlyCloud?.()
  return only === undefined ? {} : cloudNamed(parts, only)
}

async function cloudNamed(parts: ProgramParts, name: string): Promise<ConnectionWords> {
  if (parts.readCloud === undefined)
    throw new Unconnectable(`clouds.yaml can't be read here, so there is no cloud '${name}'`)
  return parts.readCloud(name)
}

function wordsOfOptions(globals: Globals): ConnectionWords {
  const entries = Object.keys(connectionOptions).map(
    (option) => [wordOf(option), textIn(globals[attributeOf(option)])] as const,
  )
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** `osAuthUrl`, as commander names the value of `--os-auth-url`. */
const attributeOf = (option: string): string =>
  `os-${option}`.replaceAll(/-(\w)/g, (_dash, letter: string) => letter.toUpperCase())

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** Each request, if that is wanted; that we are made to wait, in any case. */
function logTo(err: Outlet, isDebugging: boolean): Log {
  const write = (fields: object, message: string) =>
    err.write(`${err.paint('dim', `${message} ${JSON.stringify(fields)}`)}\n`)
  const { debug, info } = isDebugging ? { debug: write, info: write } : silent
  return { debug, info, warn: write, error: write }
}

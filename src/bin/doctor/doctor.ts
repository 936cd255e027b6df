import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readConfiguration } from '../../base/config.ts'
import { type Log, silent } from '../../base/log.ts'
import { messageOf } from '../../base/problem.ts'
import type { Finding, ManageOptions } from '../../cli/index.ts'
import { odditiesIn, policy, policyFilesIn, readPolicy } from '../../identity/index.ts'
import { readSettings, siteFiles } from '../configuration.ts'
import { placeOf } from '../manage.ts'
import type { Settings } from '../settings.ts'
import { readSite } from '../site.ts'
import { checkBroker } from './broker.ts'
import { checkDatabase } from './database.ts'
import { error, ok, warning } from './finding.ts'
import { checkKeystone } from './keystone.ts'

/** Looks at everything that a service stands on. What can't be looked at because of something else is left out. */
export async function examine(options: ManageOptions): Promise<readonly Finding[]> {
  const files = siteFiles(options.configFile)
  if (files.length === 0 && existsSync(join(options.stateDirectory, 'hearth.db'))) return await ofUp(options)
  try {
    const { DEFAULT } = readConfiguration({ files, env: process.env }).configuration
    const [database, broker, rest] = await Promise.all([
      checkDatabase(placeOf(options)),
      checkBroker(DEFAULT.transport_url),
      checkSettings(files),
    ])
    return [...checkKey(DEFAULT.auth_encryption_key), ...database, ...broker, ...rest]
  } catch (thrown) {
    return [error('configuration', messageOf(thrown), 'Correct what is named.')]
  }
}

/** What `hearth up` sets up for itself needs no looking at. */
const ofUp = async (options: ManageOptions): Promise<readonly Finding[]> => [
  ok('configuration', `that of \`hearth up\` in ${options.stateDirectory}: no file was read`),
  ...(await checkDatabase(placeOf(options))),
]

const keyLength = 32

function checkKey(key: string | undefined): readonly Finding[] {
  const check = 'encryption key'
  if (key === undefined)
    return [
      warning(
        check,
        'auth_encryption_key is not set: secrets are encrypted with a key that everybody knows.',
        'Set it to 32 characters of your own (openssl rand -hex 16), and run `hearth manage re-encrypt` if there are stacks already.',
      ),
    ]
  if (Buffer.from(key.slice(0, keyLength)).length === keyLength) return []
  return [
    error(
      check,
      'auth_encryption_key has not 32 ASCII characters.',
      'Set one that has: openssl rand -hex 16',
    ),
  ]
}

async function checkSettings(files: readonly string[]): Promise<readonly Finding[]> {
  const check = 'configuration'
  const source = files.length === 0 ? 'the environment alone: no file was read' : files.join(', ')
  try {
    const settings = readSettings(files)
    return [
      ok(check, `from ${source}`),
      ...settings.warnings
        // Of these more is said elsewhere.
        .filter((text) => !/auth_encryption_key|stack_user_domain_id/.test(text))
        .map((text) => warning(check, text, 'Take it out, or correct it.')),
      ...checkPolicy(settings),
      ...(await checkEnvironment(settings)),
      ...(await checkKeystone(settings)),
    ]
  } catch (thrown) {
    return [
      error(
        check,
        messageOf(thrown),
        `Correct it; the settings are from ${source}. Name a file with --config-file.`,
      ),
    ]
  }
}

function checkPolicy({ policy: places, enforceNewDefaults }: Settings): readonly Finding[] {
  try {
    const options = { rules: readPolicy(places), enforceNewDefaults }
    policy(options)
    const files = policyFilesIn(places)
    const missing = files.length === 0 && places.files.length === 1
    return [
      ...(missing
        ? [
            warning(
              'policy',
              `${places.files[0]} is not there, so that only the built-in rules count.`,
              'Put the file there, or take [oslo_policy] policy_file out.',
            ),
          ]
        : []),
      ...(files.length > 0 ? [ok('policy', `${files.join(', ')} can be read.`)] : []),
      ...odditiesIn(options).map((oddity) => warning('policy', `The ${oddity}.`, 'Correct the rule.')),
    ]
  } catch (thrown) {
    return [error('policy', messageOf(thrown), 'Correct the file, or [oslo_policy] policy_file.')]
  }
}

async function checkEnvironment({ environmentDirectory }: Settings): Promise<readonly Finding[]> {
  const found: Finding[] = []
  const log: Log = {
    ...silent,
    error: (fields) => {
      const { file, line, problem } = fields as { file?: string; line?: number; problem?: string }
      const where = line === undefined ? file : `${file}:${line}`
      found.push(warning('environment', `${where}: ${problem}`, 'Correct the file: it has no effect now.'))
    },
  }
  await readSite(environmentDirectory, log)
  return found
}

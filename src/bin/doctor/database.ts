import { silent } from '../../base/log.ts'
import { messageOf } from '../../base/problem.ts'
import type { Finding } from '../../cli/index.ts'
import { type DatabaseFacts, openMaintenance } from '../../store/index.ts'
import type { DatabasePlace } from '../manage.ts'
import { error, ok, warning } from './finding.ts'

const check = 'database'

/** Looks whether the database can be used, and holds what it should. */
export async function checkDatabase(place: DatabasePlace): Promise<readonly Finding[]> {
  try {
    const maintenance = await openMaintenance({ ...place, log: silent })
    try {
      const facts = await maintenance.examine()
      return [version(facts), ...key(facts), ...clock(facts, place.deadAfterMs), ...settings(facts)]
    } finally {
      await maintenance.close()
    }
  } catch (thrown) {
    const words = messageOf(thrown)
    const cause = thrown instanceof Error && thrown.cause !== undefined ? `: ${messageOf(thrown.cause)}` : ''
    return [
      error(check, `${words}${cause}`, 'Check [database] connection: its host, name, user and password.'),
    ]
  }
}

function version({ kind, version, newest }: DatabaseFacts): Finding {
  if (version > newest)
    return error(
      check,
      `The tables have version ${version}, and this program knows versions up to ${newest}.`,
      'Run a newer Hearth, or restore the database from before the upgrade.',
    )
  if (version < newest)
    return warning(
      check,
      version === 0
        ? `${kind}: there are no tables yet.`
        : `The tables have version ${version} of ${newest}.`,
      'The first process to start brings them up to date; so does `hearth manage db-sync`.',
    )
  return ok(check, `${kind}, version ${version} of the tables`)
}

function key({ key }: DatabaseFacts): readonly Finding[] {
  switch (key) {
    case 'fits':
      return [ok('encryption key', 'It opens the secrets in the database.')]
    case 'differs':
      return [
        error(
          'encryption key',
          'The secrets in the database were encrypted with another key.',
          'Set auth_encryption_key to the one that all processes had so far, or run `hearth manage re-encrypt`.',
        ),
      ]
    case 'unfinished':
      return [
        error(
          'encryption key',
          'The database is encrypted partly with one key and partly with another.',
          'Run `hearth manage re-encrypt` again, to its end.',
        ),
      ]
    case 'none yet':
      return []
  }
}

/** Engines tell by each other's time whether one of them is dead, but all of them by their own clocks. */
function clock({ clockAheadMs }: DatabaseFacts, deadAfterMs: number): readonly Finding[] {
  if (clockAheadMs === undefined) return []
  const seconds = (clockAheadMs / 1000).toFixed(1)
  if (Math.abs(clockAheadMs) < Math.min(1000, deadAfterMs / 2))
    return [ok('clock', `The database's differs by ${seconds} seconds.`)]
  return [
    (Math.abs(clockAheadMs) < deadAfterMs ? warning : error)(
      'clock',
      `The database's clock differs from this machine's by ${seconds} seconds.`,
      'Keep all machines at the same time, by NTP: an engine whose clock is wrong is taken for dead.',
    ),
  ]
}

const smallestPacket = 16 * 1024 * 1024

function settings({ settings }: DatabaseFacts): readonly Finding[] {
  const durable = 'What Hearth was told is stored must be on disk: otherwise objects are lost with the power.'
  const found: Finding[] = []
  const expect = (name: string, isFine: (value: string) => boolean, finding: Finding) => {
    const value = settings[name]
    if (value !== undefined && !isFine(value)) found.push(finding)
  }
  const said = (name: string) => `${name} is ${settings[name]}.`
  const read = 'It can only be read.'
  const primary = 'Name the primary server in [database] connection.'
  expect('max_allowed_packet', (value) => Number(value) >= smallestPacket, {
    ...warning(
      check,
      said('max_allowed_packet'),
      'Set it to 16M at least: large templates are not stored otherwise.',
    ),
  })
  expect('innodb_flush_log_at_trx_commit', (value) => value === '1', {
    ...warning(check, said('innodb_flush_log_at_trx_commit'), `Set it to 1. ${durable}`),
  })
  expect('read_only', (value) => /^(0|off|no)/i.test(value), error(check, read, primary))
  expect('default_transaction_read_only', (value) => value === 'off', error(check, read, primary))
  expect('server_encoding', (value) => value === 'UTF8', {
    ...error(check, said('server_encoding'), 'Make the database with ENCODING UTF8.'),
  })
  expect('fsync', (value) => value === 'on', warning(check, said('fsync'), `Set it to on. ${durable}`))
  expect('synchronous_commit', (value) => value !== 'off', {
    ...warning(check, said('synchronous_commit'), `Set it to on. ${durable}`),
  })
  return found
}

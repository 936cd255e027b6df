import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../base/clock.ts'
import { readConfiguration } from '../base/config.ts'
import type { Management, ManageOptions } from '../cli/index.ts'
import { openMaintenance } from '../store/index.ts'
import { everybodysKey, siteFiles } from './configuration.ts'
import { openLog } from './log.ts'

/** What must be known of a service to reach its database. */
export interface DatabasePlace {
  readonly connection: string
  readonly encryptionKey: string
  /** An engine not seen for so long is dead. */
  readonly deadAfterMs: number
}

/** Opens the database of a service: of the one that the configuration speaks of, or of `hearth up`. */
export async function manage(options: ManageOptions): Promise<Management> {
  const place = placeOf(options)
  const maintenance = await openMaintenance({ ...place, log: openLog({ level: 'warn' }) })
  return {
    ...maintenance,
    reencrypt: maintenance.reseal,
    async engines() {
      const aliveSince = systemClock.now() - place.deadAfterMs
      const engines = await maintenance.engines()
      return engines.map((engine) => ({ ...engine, isUp: engine.seenAt >= aliveSince }))
    },
  }
}

/** Where the database of a service is. */
export function placeOf({ configFile, stateDirectory }: ManageOptions): DatabasePlace {
  const files = siteFiles(configFile)
  const { configuration } = readConfiguration({ files, env: process.env })
  const { DEFAULT, database, hearth } = configuration
  const own = files.length === 0 ? stateDirectory : hearth.state_dir
  return {
    connection: database.connection ?? `sqlite:///${join(own, 'hearth.db')}`,
    encryptionKey: DEFAULT.auth_encryption_key ?? keyIn(own) ?? everybodysKey,
    deadAfterMs: hearth.dead_after_seconds * 1000,
  }
}

function keyIn(directory: string): string | undefined {
  const path = join(directory, 'key')
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined
}

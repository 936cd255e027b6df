import { defaultOptions } from '../engine/index.ts'
import type { Settings } from './settings.ts'

type Embedded = Pick<Settings, 'database' | 'encryptionKey' | 'own'>

const sample = {} as Embedded

/** The settings of a process, from its configuration file or else embedded. */
export function readSettings(_configFile: string | undefined, embedded: Embedded = sample): Settings {
  return {
    ...embedded,
    transportUrl: 'memory://',
    delegatedRoles: [],
    enforceNewDefaults: false,
    engine: defaultOptions,
    events: { mostPerStack: 1000, purgeBatch: 200 },
    api: { host: '127.0.0.1', port: 8004 },
    limits: {},
    rpcTimeoutMs: 60_000,
  }
}

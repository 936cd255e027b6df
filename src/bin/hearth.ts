import { enableCompileCache } from 'node:module'
import { runProgram } from '../cli/index.ts'
import { version } from './version.ts'

enableCompileCache()

process.exitCode = await runProgram(process.argv.slice(2), {
  version,
  up: async (options) => await (await import('./up.ts')).up(options),
  api: async (options) => await (await import('./apart.ts')).api(options),
  engine: async (options) => await (await import('./apart.ts')).engine(options),
  manage: async (options) => await (await import('./manage.ts')).manage(options),
  readPolicy: async (options) => (await import('./policy-book.ts')).readPolicyBook(options),
  examine: async (options) => await (await import('./doctor/doctor.ts')).examine(options),
  readTypes: async () => (await import('./types.ts')).offlineTypes,
  readCloud: async (name) => (await (await import('../identity/index.ts')).readCloudSettings(name)).settings,
  onlyCloud: async () => await (await import('../identity/index.ts')).onlyCloud(),
})

import { openBus } from '../bus/index.ts'
import type { ProcessOptions } from '../cli/index.ts'
import { reachClouds } from './cloud.ts'
import { readSettings, siteFiles } from './configuration.ts'
import { openLog } from './log.ts'
import { type Running, startApi, startEngine } from './processes.ts'
import { untilStopped } from './until-stopped.ts'

type Start = (surroundings: Parameters<typeof startEngine>[0]) => Promise<Running>

/** `hearth api`: the REST API alone; engines are asked over the message bus. */
export const api = (options: ProcessOptions): Promise<void> =>
  run('api', options, (surroundings) => startApi(surroundings))

/** `hearth engine`: an engine alone. */
export const engine = (options: ProcessOptions): Promise<void> => run('engine', options, startEngine)

async function run(part: 'api' | 'engine', options: ProcessOptions, start: Start): Promise<void> {
  const settings = readSettings(siteFiles(options.configFile), { part })
  const log = openLog({ level: options.logLevel ?? (settings.debug ? 'debug' : 'info') })
  for (const warning of settings.warnings) log.warn({}, warning)
  const bus = await openBus({ transportUrl: settings.transportUrl, log })
  const reach = reachClouds(settings, log)
  const port = options.port === undefined ? {} : { port: options.port }
  try {
    const running = await start({
      settings: { ...settings, api: { ...settings.api, ...port } },
      bus,
      reach,
      log,
    })
    log.info({ part }, 'Started')
    await untilStopped(log)
    await running.close()
  } finally {
    await bus.close()
    await reach.close()
  }
}

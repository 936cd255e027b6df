import { openBus } from '../bus/index.ts'
import type { ProcessOptions } from '../cli/index.ts'
import { reachClouds } from './cloud.ts'
import { readSettings } from './configuration.ts'
import { openLog } from './log.ts'
import { type Running, startApi, startEngine } from './processes.ts'
import { untilStopped } from './until-stopped.ts'

type Start = (surroundings: Parameters<typeof startEngine>[0]) => Promise<Running>

/** `hearth api`: the REST API alone; engines are asked over the message bus. */
export const api = (options: ProcessOptions): Promise<void> =>
  run(options, (surroundings) => startApi(surroundings))

/** `hearth engine`: an engine alone. */
export const engine = (options: ProcessOptions): Promise<void> => run(options, startEngine)

async function run(options: ProcessOptions, start: Start): Promise<void> {
  const settings = readSettings(options.configFile)
  const log = openLog({ level: options.logLevel ?? (settings.debug ? 'debug' : 'info') })
  for (const warning of settings.warnings) log.warn({}, warning)
  const bus = await openBus({ transportUrl: settings.transportUrl, log })
  const reach = reachClouds(settings, log)
  const port = options.port === undefined ? {} : { port: options.port }
  const running = await start({
    settings: { ...settings, api: { ...settings.api, ...port } },
    bus,
    reach,
    log,
  })
  log.info({}, 'Started')
  await untilStopped(log)
  await running.close()
  await bus.close()
  await reach.close()
}

import { openBus } from '../bus/index.ts'
import type { ProcessOptions } from '../cli/index.ts'
import { reachClouds } from './cloud.ts'
import { readSettings, siteFiles } from './configuration.ts'
import { openLog } from './log.ts'
import { type Running, startApi, startEngine } from './processes.ts'
import type { Settings } from './settings.ts'
import { untilStopped } from './until-stopped.ts'
import { openWatch, withMonitor } from './watch/index.ts'

type Start = (surroundings: Parameters<typeof startEngine>[0]) => Promise<Running>

/** `hearth api`: the REST API alone; engines are asked over the message bus. */
export const api = (options: ProcessOptions): Promise<void> =>
  run('api', options, (surroundings) => startApi(surroundings))

/** `hearth engine`: an engine alone. */
export const engine = (options: ProcessOptions): Promise<void> => run('engine', options, startEngine)

async function run(part: 'api' | 'engine', options: ProcessOptions, start: Start): Promise<void> {
  const settings = settingsOf(part, options)
  const log = openLog({ level: options.logLevel ?? (settings.debug ? 'debug' : 'info') })
  for (const warning of settings.warnings) log.warn({}, warning)
  const watch = await openWatch(part, settings.monitor)
  let running: Running | undefined
  // It is watched from the start: it may have to wait for its database.
  await watch.listen(log, async () =>
    running === undefined ? 'The process is starting.' : await running.whyNotReady(),
  )
  const bus = await openBus({ transportUrl: settings.transportUrl, log })
  const reach = reachClouds(settings, log, watch)
  try {
    running = await start({ settings, bus, reach, watch, log })
    log.info({ part }, 'Started')
    await untilStopped(log)
    await running.close()
  } finally {
    await bus.close()
    await reach.close()
    await watch.close()
  }
}

/** What the files say, but for what the command line says. */
function settingsOf(part: 'api' | 'engine', { configFile, port, monitorPort }: ProcessOptions): Settings {
  const settings = withMonitor(readSettings(siteFiles(configFile), { part }), monitorPort)
  return port === undefined ? settings : { ...settings, api: { ...settings.api, port } }
}

import { command, nothing } from '../kit/command.ts'
import { UsageError } from '../kit/failure.ts'
import { choice, flag, text, whole } from '../kit/options.ts'
import { logLevels } from '../parts.ts'

const logLevel = choice('--log-level <level>', 'how much to log (default: info)', logLevels)
const configFile = text(
  '--config-file <file>',
  'a file with the settings, such as /etc/heat/heat.conf; commas between several',
)
const port = whole('--port <number>', 'listen on this port (default: 8004)')
const monitorPort = whole('--monitor-port <number>', 'tell metrics and health on this port (default: none)')

/** `hearth up` */
export const up = command({
  name: 'up',
  summary: 'Start the whole service in one process, with nothing to set up.',
  notes:
    'The cloud is a simulated one, unless --cloud names a real one. Keeps its state in --state-dir, where `hearth env` finds how to reach it.',
  example: 'hearth up\nhearth up --cloud mycloud --register',
  options: {
    cloud: text('--cloud <name>', "work on this cloud of clouds.yaml; 'env' for the one that OS_* name"),
    register: flag('--register', "with --cloud: put the service's address into that cloud's catalog"),
    port,
    monitorPort,
    configFile,
    logLevel,
  },
  async run({ options: { cloud, register, ...options }, context }) {
    if (register && cloud === undefined) throw new UsageError('--register needs --cloud')
    await context.parts.up({
      register,
      stateDirectory: context.stateDirectory(),
      ...(cloud !== undefined && { cloud }),
      ...given(options),
    })
    return nothing
  },
})

/** `hearth api` */
export const api = command({
  name: 'api',
  summary: 'Run the REST API, which asks the engines over the message bus.',
  example: 'hearth api --config-file /etc/hearth/hearth.conf',
  options: { port, monitorPort, configFile, logLevel },
  async run({ options, context }) {
    await context.parts.api(given(options))
    return nothing
  },
})

/** `hearth engine` */
export const engine = command({
  name: 'engine',
  summary: 'Run an engine, which does the work that the API asks for.',
  example: 'hearth engine --config-file /etc/hearth/hearth.conf',
  options: { monitorPort, configFile, logLevel },
  async run({ options, context }) {
    await context.parts.engine(given(options))
    return nothing
  },
})

type Given<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }

/** Only what the user has written, so that the rest is for the configuration to say. */
const given = <T extends object>(options: T): Given<T> =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Given<T>

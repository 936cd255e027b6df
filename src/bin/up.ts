import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Log } from '../base/log.ts'
import { openBus } from '../bus/index.ts'
import type { UpOptions } from '../cli/index.ts'
import { keystone } from '../cloud/keystone/index.ts'
import { type CloudAccess, readCloud } from '../identity/index.ts'
import { type Simulator, startSimulator } from '../simulator/index.ts'
import { reachClouds } from './cloud.ts'
import { namedFiles, readSettings } from './configuration.ts'
import { openLog } from './log.ts'
import { startApi, startEngine } from './processes.ts'
import type { Settings } from './settings.ts'
import { domainAdmin } from './stack-domain.ts'
import { untilStopped } from './until-stopped.ts'
import { openWatch, withMonitor } from './watch/index.ts'

/** The whole service in one process, as it was started. */
export interface Up {
  readonly endpoint: string
  /** Where it says how it is, if it does. */
  readonly monitorPort?: number
  /** The OS_* variables by which programs reach it. */
  readonly variables: Readonly<Record<string, string>>
  close(): Promise<void>
}

/** `hearth up`: runs until it is asked to stop. */
export async function up(options: UpOptions): Promise<void> {
  const log = openLog({ level: options.logLevel ?? 'info' })
  const running = await startUp(options, log)
  process.stdout.write(greeting(options, running))
  await untilStopped(log)
  await running.close()
}

const greeting = ({ cloud }: UpOptions, { endpoint }: Up): string =>
  [
    `Hearth answers at ${endpoint}, and deploys to ${cloud === undefined ? 'a simulated cloud' : `the cloud "${cloud}"`}.`,
    'To use it from another terminal:  eval "$(hearth env)"; openstack stack list',
    'Stop it with Ctrl-C.',
    '',
  ].join('\n')

/** Starts everything that `hearth up` is, and notes in the state directory how to reach it. */
export async function startUp(options: UpOptions, log: Log): Promise<Up> {
  const { stateDirectory } = options
  mkdirSync(stateDirectory, { recursive: true, mode: 0o700 })
  const port = options.port ?? 8004
  const simulator = options.cloud === undefined ? await simulate(stateDirectory, port) : undefined
  const access =
    simulator === undefined ? await readCloud(options.cloud ?? '') : serviceUserOf(simulator, stateDirectory)
  const settings = settingsOf(options, { access, port, isSimulated: simulator !== undefined })
  for (const warning of settings.warnings) log.warn({}, warning)
  const bus = await openBus({ transportUrl: 'memory://', log })
  const watch = await openWatch('up', settings.monitor)
  const reach = reachClouds(settings, log, watch)
  const surroundings = { settings, bus, reach, watch, log }
  const engine = await startEngine(surroundings)
  const api = await startApi(surroundings, engine.calls)
  const monitor = await watch.listen(
    log,
    async () => (await engine.whyNotReady()) ?? (await api.whyNotReady()),
  )
  const endpoint = `${settings.tls ? 'https' : 'http'}://127.0.0.1:${api.port}/v1`
  simulator?.addEndpoint('orchestration', 'hearth', `${endpoint}/%(project_id)s`)
  if (options.register) await register(reach, access, endpoint)
  const variables = variablesOf(access, simulator, stateDirectory)
  const shown =
    simulator === undefined && !options.register
      ? { ...variables, OS_ORCHESTRATION_ENDPOINT_OVERRIDE: endpoint }
      : variables
  writeFileSync(join(stateDirectory, 'env.json'), `${JSON.stringify(shown, null, 2)}\n`, { mode: 0o600 })
  return {
    endpoint,
    ...(monitor !== undefined && { monitorPort: monitor.port }),
    variables: shown,
    async close() {
      await api.close()
      await engine.close()
      await bus.close()
      await reach.close()
      await watch.close()
      await simulator?.close()
    },
  }
}

/** The simulated cloud is kept in the state directory, and listens on the port after the API's. */
async function simulate(stateDirectory: string, port: number): Promise<Simulator> {
  const stateFile = join(stateDirectory, 'cloud.json')
  return await startSimulator({
    port: port === 0 ? 0 : port + 1,
    stateFile,
    password: keptSecret(stateDirectory, 'password'),
  })
}

/** A secret made once for this state directory, which only its owner can read. */
function keptSecret(stateDirectory: string, name: string): string {
  const path = join(stateDirectory, name)
  if (!existsSync(path)) writeFileSync(path, randomBytes(16).toString('hex'), { mode: 0o600 })
  return readFileSync(path, 'utf8').trim()
}

function serviceUserOf({ authUrl }: Simulator, stateDirectory: string): CloudAccess {
  const domain = { name: 'Default' }
  return {
    authUrl,
    credential: {
      by: 'password',
      user: { name: 'hearth', domain },
      password: keptSecret(stateDirectory, 'password'),
      scope: { project: { name: 'service', domain } },
    },
    region: 'RegionOne',
    interface: 'public',
    verify: true,
  }
}

function settingsOf(
  { configFile, stateDirectory, monitorPort }: UpOptions,
  { access, port, isSimulated }: { access: CloudAccess; port: number; isSimulated: boolean },
): Settings {
  const embedded = {
    database: `sqlite:///${join(stateDirectory, 'hearth.db')}`,
    encryptionKey: keptSecret(stateDirectory, 'key'),
    own: access,
  }
  const settings = withMonitor(readSettings(namedFiles(configFile), { embedded }), monitorPort)
  const domain = { name: 'heat' }
  const password = keptSecret(stateDirectory, 'password')
  return {
    ...settings,
    ...(isSimulated && {
      stackDomainAdmin: domainAdmin(access, { domain, name: 'heat_domain_admin', password }),
    }),
    engine: {
      ...settings.engine,
      alone: settings.database.startsWith('sqlite'),
      maxTemplateSize: settings.engine.maxTemplateSize,
    },
    api: { ...settings.api, host: '127.0.0.1', port, keystoneUrl: access.authUrl },
  }
}

async function register(
  { own }: ReturnType<typeof reachClouds>,
  { region }: CloudAccess,
  endpoint: string,
): Promise<void> {
  await keystone.connect(await own.open()).registerEndpoint({
    type: 'orchestration',
    name: 'hearth',
    url: `${endpoint}/%(project_id)s`,
    region: region ?? 'RegionOne',
  })
}

/** How the user of the cloud reaches it: of the simulated one, as its user `demo`. */
function variablesOf(
  access: CloudAccess,
  simulator: Simulator | undefined,
  stateDirectory: string,
): Readonly<Record<string, string>> {
  if (simulator === undefined) return ownVariables(access)
  return {
    OS_AUTH_URL: simulator.authUrl,
    OS_USERNAME: 'demo',
    OS_PASSWORD: keptSecret(stateDirectory, 'password'),
    OS_PROJECT_NAME: 'demo',
    OS_USER_DOMAIN_NAME: 'Default',
    OS_PROJECT_DOMAIN_NAME: 'Default',
    OS_REGION_NAME: 'RegionOne',
    OS_IDENTITY_API_VERSION: '3',
    OS_INTERFACE: 'public',
  }
}

const ownVariables = ({ authUrl, region }: CloudAccess): Readonly<Record<string, string>> => ({
  OS_AUTH_URL: authUrl,
  ...(region !== undefined && { OS_REGION_NAME: region }),
})

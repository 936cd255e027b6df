import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startMariadb, startRabbitmq } from '../services.ts'
import { siteFile } from '../site-file.ts'
import { openUser, type User } from './user.ts'

/** A Hearth that is measured. */
export interface MeasuredSite {
  readonly user: User
  /** The processor time that its processes have had so far, in seconds. */
  cpuSeconds(): number
  /** The most memory that one of its processes has held, in MiB. */
  peakMiB(): number
  close(): Promise<void>
}

/** `one`: a process with SQLite. `apart`: an API and an engine with RabbitMQ and MariaDB, servers of their own. */
export type Arrangement = 'one' | 'apart'

type Variables = Readonly<Record<string, string | undefined>>

/** The OS_* variables of an administrator of a simulated cloud. */
export const simulatedUser = (authUrl: string) => ({
  OS_AUTH_URL: authUrl,
  OS_USERNAME: 'hearth',
  OS_PASSWORD: 'pw',
  OS_PROJECT_NAME: 'service',
  OS_USER_DOMAIN_NAME: 'Default',
  OS_PROJECT_DOMAIN_NAME: 'Default',
  OS_REGION_NAME: 'RegionOne',
  OS_IDENTITY_API_VERSION: '3',
  OS_INTERFACE: 'public',
})

interface Surroundings {
  /** On this machine only. */
  readonly port: number
  /** The OS_* variables of the cloud. */
  readonly cloud: Variables
  /** For one process: what it uses in place of SQLite. */
  readonly database?: string
}

/** Starts Hearth before a cloud. */
export async function startSite(
  arrangement: Arrangement,
  { port, cloud, database }: Surroundings,
): Promise<MeasuredSite> {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-measure-'))
  const servers = arrangement === 'apart' ? await Promise.all([startRabbitmq(), startMariadb()]) : []
  const connections = servers.length === 2 && [servers[0]?.url ?? '', (await servers[1]?.create()) ?? '']
  const config = join(folder, 'hearth.conf')
  writeFileSync(config, connections ? apart(cloud, connections) : inOne(database))
  // Found beside the configuration.
  writeFileSync(join(folder, 'policy.yaml'), 'stacks:global_index: role:admin\n')
  const output = openSync(join(folder, 'log'), 'a')
  const processes: ChildProcess[] = []
  const run = (...args: string[]) =>
    processes.push(
      spawn(process.execPath, [program, '--state-dir', folder, ...args, '--config-file', config], {
        env: { PATH: process.env.PATH, HOME: folder, ...cloud },
        stdio: ['ignore', output, output],
      }),
    )
  if (arrangement === 'one') run('up', '--cloud', 'env', '--port', `${port}`, '--log-level', 'warn')
  else {
    run('engine')
    run('api', '--port', `${port}`)
  }
  const address = `http://127.0.0.1:${port}`

  async function close(): Promise<void> {
    for (const one of processes) if (one.exitCode === null && one.kill('SIGTERM')) await once(one, 'exit')
    await Promise.all(servers.map((server) => server.stop()))
    rmSync(folder, { recursive: true, force: true })
  }

  try {
    await answers(`${address}/healthcheck`)
    const user = await openUser(`${address}/v1`, cloud)
    // An engine that is apart may come later than its API.
    await user.isServed()
    return {
      user,
      cpuSeconds: () => sum(processes.map(cpuOf)),
      peakMiB: () => Math.max(...processes.map(peakOf)),
      close,
    }
  } catch (error) {
    const log = readFileSync(join(folder, 'log'), 'utf8').slice(-3000)
    await close()
    throw new Error(`Hearth did not start:\n${log}`, { cause: error })
  }
}

const program = fileURLToPath(new URL('../../src/bin/hearth.ts', import.meta.url))

const limits = [
  'max_resources_per_stack = -1',
  'max_stacks_per_tenant = -1',
  'max_template_size = 100000000',
  'max_json_body_size = 200000000',
]

const inOne = (database: string | undefined): string =>
  [
    '[DEFAULT]',
    ...limits,
    ...(database === undefined ? [] : ['[database]', `connection = ${database}`]),
    '',
  ].join('\n')

function apart(cloud: Variables, [transportUrl = '', database = '']: readonly string[]): string {
  const service = {
    authUrl: cloud.OS_AUTH_URL,
    username: cloud.OS_USERNAME,
    password: cloud.OS_PASSWORD,
    projectName: cloud.OS_PROJECT_NAME,
  }
  return siteFile({ transportUrl, database, service, limits })
}

async function answers(url: string): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return
    await pause(100)
  }
  throw new Error(`${url} does not answer`)
}

/** The kernel counts in hundredths of a second. */
function cpuOf({ pid }: ChildProcess): number {
  const [, , ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/\(.*\)/, '')
    .split(' ')
  return (Number(fields[10]) + Number(fields[11])) / 100
}

const peakOf = ({ pid }: ChildProcess): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

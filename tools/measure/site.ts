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

/** Starts Hearth on a port (an address only for this machine) before the cloud of these OS_* variables. */
export async function startSite(
  arrangement: Arrangement,
  { port, cloud }: { readonly port: number; readonly cloud: Variables },
): Promise<MeasuredSite> {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-measure-'))
  const servers = arrangement === 'apart' ? await Promise.all([startRabbitmq(), startMariadb()]) : []
  const connections = servers.length === 2 && [servers[0]?.url ?? '', (await servers[1]?.create()) ?? '']
  const config = join(folder, 'hearth.conf')
  writeFileSync(config, configuration(cloud, connections || undefined))
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

function configuration(cloud: Variables, servers?: readonly string[]): string {
  const limits = [
    'max_resources_per_stack = -1',
    'max_stacks_per_tenant = -1',
    'max_template_size = 100000000',
    'max_json_body_size = 200000000',
  ]
  if (servers === undefined) return ['[DEFAULT]', ...limits, ''].join('\n')
  const [transportUrl = '', database = ''] = servers
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

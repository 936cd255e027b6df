// Private PostgreSQL, MariaDB and RabbitMQ servers for tests, from Debian's packages: on loopback, on free ports, with
// data of their own in a temporary folder. They disturb no server that runs on this machine already.
//   node tools/services.ts install     installs the packages (as root), and what else tests ask: Python, shells, mandoc
//   node tools/services.ts             starts all three, prints their URLs, and stops them when it is ended
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createConnection } from 'mysql2/promise'
import pg from 'pg'
import { freePort } from './free-port.ts'

export interface Service {
  /** For databases, of the server: `urlOf` names one of its databases. */
  readonly url: string
  /** Ends the server without warning. */
  kill(): Promise<void>
  /** Starts it again on the same port with the same data. */
  start(): Promise<void>
  /** Ends it, and removes its data. */
  stop(): Promise<void>
}

export interface DatabaseService extends Service {
  /** Makes an empty database; answers its connection. */
  create(): Promise<string>
  /** All data as the server itself writes it out. */
  dump(connection: string): Buffer
}

const password = 'secret'

/** Whether the programs of a service are installed. */
export const installed = {
  postgres: () => postgresPrograms() !== undefined,
  mariadb: () => existsSync('/usr/sbin/mariadbd'),
  rabbitmq: () => existsSync('/usr/lib/rabbitmq/bin/rabbitmq-server'),
  policy: () => existsSync('/usr/lib/python3/dist-packages/oslo_policy'),
  yaql: () => existsSync('/usr/lib/python3/dist-packages/yaql'),
  heatclient: () => existsSync('/usr/lib/python3/dist-packages/heatclient'),
  shells: () => ['zsh', 'fish', 'mandoc'].every((name) => existsSync(`/usr/bin/${name}`)),
}

export async function startPostgres(): Promise<DatabaseService> {
  const programs = postgresPrograms() ?? '/usr/lib/postgresql/15/bin'
  const place = await prepare('postgres')
  const data = join(place.folder, 'data')
  const secret = join(place.folder, 'password')
  writeFileSync(secret, password, { mode: 0o644 })
  const setup = [
    '-D',
    data,
    '-U',
    'hearth',
    '-E',
    'UTF8',
    '--auth=scram-sha-256',
    `--pwfile=${secret}`,
    '--no-sync',
    '--locale=C.UTF-8',
  ]
  execFileSync(join(programs, 'initdb'), setup, { ...place.as, stdio: ['ignore', 'ignore', 'inherit'] })
  const options = [
    '-D',
    data,
    '-h',
    '127.0.0.1',
    '-p',
    `${place.port}`,
    '-k',
    place.folder,
    '-c',
    'max_connections=200',
  ]
  const url = `postgresql://hearth:${password}@127.0.0.1:${place.port}`
  const client = (name: string) => new pg.Client(`${url}/${name}`)
  const ready = async () => {
    const probe = client('postgres')
    await probe.connect()
    await probe.end()
  }
  const service = await run({
    place,
    url,
    ready,
    command: () => spawn(join(programs, 'postgres'), options, place.spawning()),
  })
  return {
    ...service,
    async create() {
      const admin = client('postgres')
      await admin.connect()
      const name = newName()
      await admin.query(`create database ${name}`)
      await admin.end()
      return `${url}/${name}`
    },
    dump: (connection) => execFileSync(join(programs, 'pg_dump'), [connection], { maxBuffer: 1e9 }),
  }
}

export async function startMariadb(): Promise<DatabaseService> {
  const place = await prepare('mysql')
  const data = join(place.folder, 'data')
  const setup = [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ]
  execFileSync('/usr/bin/mariadb-install-db', setup, { ...place.as, stdio: ['ignore', 'ignore', 'inherit'] })
  const grants = join(place.folder, 'grants.sql')
  writeFileSync(
    grants,
    `create or replace user hearth@'%' identified by '${password}';\ngrant all on *.* to hearth@'%';\n`,
    { mode: 0o644 },
  )
  const options = [
    ...[
      '--no-defaults',
      `--datadir=${data}`,
      '--bind-address=127.0.0.1',
      `--port=${place.port}`,
      '--skip-name-resolve',
    ],
    ...[`--socket=${place.folder}/socket`, `--pid-file=${place.folder}/pid`, `--init-file=${grants}`],
    // As small as Debian's own default, and with what a site's server may be set to.
    ...['--character-set-server=latin1', '--sql-mode=', '--max-allowed-packet=16M', '--max-connections=200'],
  ]
  const server = { host: '127.0.0.1', port: place.port, user: 'hearth', password }
  const ready = async () => (await createConnection(server)).end()
  const url = `mysql+pymysql://hearth:${password}@127.0.0.1:${place.port}`
  const service = await run({
    place,
    url,
    ready,
    command: () => spawn('/usr/sbin/mariadbd', options, place.spawning()),
  })
  return {
    ...service,
    async create() {
      const admin = await createConnection(server)
      const name = newName()
      await admin.query(`create database ${name}`)
      await admin.end()
      return `${url}/${name}?charset=utf8`
    },
    dump(connection) {
      const name = connection.replace(/^.*\/|\?.*$/g, '')
      const access = [`--socket=${place.folder}/socket`, '-uhearth', `-p${password}`]
      return execFileSync('/usr/bin/mariadb-dump', ['--no-defaults', ...access, name], { maxBuffer: 1e9 })
    },
  }
}

export async function startRabbitmq(): Promise<Service> {
  const place = await prepare('rabbitmq')
  const [distribution, epmd] = [await freePort(), await freePort()]
  const { folder, port } = place
  writeFileSync(join(folder, 'plugins'), '[].\n', { mode: 0o644 })
  writeFileSync(
    join(folder, 'rabbitmq.conf'),
    'log.console = false\nvm_memory_high_watermark.relative = 0.9\ndisk_free_limit.absolute = 50MB\n',
    { mode: 0o644 },
  )
  const env = {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: folder,
    ERL_EPMD_PORT: `${epmd}`,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `hearth-${port}@localhost`,
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: `${port}`,
    RABBITMQ_DIST_PORT: `${distribution}`,
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_PID_FILE: join(folder, 'pid'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 1:1 +sbwt none',
  }
  const url = `rabbit://guest:guest@127.0.0.1:${port}/`
  // A name server of its own, which otherwise the broker would start as a daemon that outlives it.
  const script = `epmd -port ${epmd} -address 127.0.0.1 & exec /usr/lib/rabbitmq/bin/rabbitmq-server`
  return run({
    ...{ place, url, ready: () => greeted(port) },
    command: () => spawn('/bin/sh', ['-c', script], { ...place.spawning(), env }),
  })
}

interface Place {
  readonly folder: string
  readonly port: number
  /** Database servers refuse to run as root. */
  readonly as: { readonly uid?: number; readonly gid?: number; readonly cwd: string }
  spawning(): { stdio: ['ignore', number, number]; uid?: number; gid?: number; cwd: string; detached: true }
}

async function prepare(user: string): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), `hearth-${user}-`))
  const identity = process.getuid?.() === 0 ? { uid: id('-u', user), gid: id('-g', user) } : {}
  if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid)
  const as = { ...identity, cwd: folder }
  const log = join(folder, 'output')
  return {
    ...{ folder, as, port: await freePort() },
    spawning() {
      const output = openSync(log, 'a')
      return { ...as, stdio: ['ignore', output, output], detached: true }
    },
  }
}

const id = (option: string, user: string): number =>
  Number(execFileSync('id', [option, user], { encoding: 'utf8' }))

interface Running {
  readonly place: Place
  readonly url: string
  command(): ChildProcess
  ready(): Promise<void>
}

async function run({ place, url, command, ready }: Running): Promise<Service> {
  let server = command()
  const ended = () => server.exitCode !== null || server.signalCode !== null
  // With the processes that it started, which would hold on to its data.
  const killAll = () => server.pid && process.kill(-server.pid, 'SIGKILL')

  async function kill() {
    if (ended()) return
    const exit = once(server, 'exit')
    killAll()
    await exit
  }

  const killAtExit = () => {
    if (!ended()) killAll()
  }
  process.on('exit', killAtExit)
  process.once('SIGTERM', () => process.exit(143))

  async function started() {
    for (let attempt = 1; ; attempt++) {
      try {
        return await ready()
      } catch (cause) {
        if (attempt < 300 && !ended()) await pause(100)
        else
          throw new Error(
            `the server did not start: ${readFileSync(join(place.folder, 'output'), 'utf8').slice(-2000)}`,
            { cause },
          )
      }
    }
  }

  await started()
  return {
    url,
    kill,
    async start() {
      server = command()
      await started()
    },
    async stop() {
      await kill()
      process.off('exit', killAtExit)
      rmSync(place.folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** A broker that listens is not yet ready; one that answers the first words of its protocol is. */
async function greeted(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    socket.write('AMQP\0\0\x09\x01')
    await once(socket, 'data', { signal: AbortSignal.timeout(5000) })
  } finally {
    socket.destroy()
  }
}

const newName = () => `hearth_${randomBytes(6).toString('hex')}`

function postgresPrograms(): string | undefined {
  const versions = [18, 17, 16, 15, 14].map((version) => `/usr/lib/postgresql/${version}/bin`)
  return versions.find((folder) => existsSync(join(folder, 'initdb')))
}

function install(): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  // Otherwise Debian starts a server of each package on its default port.
  const policy = '/usr/sbin/policy-rc.d'
  const quiet = !existsSync(policy)
  if (quiet) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'inherit' })
    const packages = [
      'postgresql',
      'mariadb-server',
      'rabbitmq-server',
      'python3-oslo.policy',
      'python3-yaql',
      'python3-oslo.messaging',
      ...['python3-heatclient', 'zsh', 'fish', 'mandoc'],
    ]
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env,
      stdio: 'inherit',
    })
  } finally {
    if (quiet) rmSync(policy)
  }
}

if (import.meta.main) {
  if (process.argv[2] === 'install') {
    if (!Object.values(installed).every((isThere) => isThere())) install()
  } else {
    mkdirSync(tmpdir(), { recursive: true })
    const services = await Promise.all([startPostgres(), startMariadb(), startRabbitmq()])
    for (const { url } of services) console.log(url)
    const end = async () => {
      await Promise.all(services.map((service) => service.stop()))
      process.exit()
    }
    process.once('SIGINT', end)
    process.once('SIGTERM', end)
  }
}

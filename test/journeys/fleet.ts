import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Connection, createConnection } from 'mysql2/promise'
import { type Simulator, startSimulator } from '../../src/simulator/index.ts'
import { freePort } from '../../tools/free-port.ts'
import {
  type DatabaseService,
  installed,
  type Service,
  startMariadb,
  startRabbitmq,
} from '../../tools/services.ts'
import { simulatedService, siteFile } from '../../tools/site-file.ts'
import { Cloud } from './cloud.ts'
import { ended } from './hearth.ts'
import { openWire, type Wire } from './wire.ts'

const program = fileURLToPath(new URL('../../src/bin/hearth.ts', import.meta.url))

/** Why a fleet can't be had here; `false` if it can. */
export const fleetIsMissing: string | false =
  !(installed.mariadb() && installed.rabbitmq()) &&
  'MariaDB or RabbitMQ is not installed: node tools/services.ts install'

export interface FleetOptions {
  readonly engines: number
  readonly apis: number
}

interface Member {
  readonly part: 'api' | 'engine'
  readonly name: string
  readonly port?: number
  /** The line by which an engine reaches the broker. */
  readonly wire?: Wire
  process?: ChildProcess | undefined
}

/** A site of several processes: APIs and engines before a simulated cloud, with a broker and a database of its own. */
export class Fleet {
  readonly broker: Service
  readonly mariadb: DatabaseService
  readonly simulator: Simulator
  readonly members = new Map<string, Member>()
  readonly #database: string
  readonly #folder = mkdtempSync(join(tmpdir(), 'hearth-fleet-'))

  private constructor(
    [broker, mariadb, simulator]: readonly [Service, DatabaseService, Simulator],
    database: string,
  ) {
    this.broker = broker
    this.mariadb = mariadb
    this.simulator = simulator
    this.#database = database
  }

  static async open({ engines, apis }: FleetOptions): Promise<Fleet> {
    const services = await Promise.all([
      startRabbitmq(),
      startMariadb(),
      startSimulator({ password: 'pw', seed: 7 }),
    ])
    const fleet = new Fleet(services, await services[1].create())
    try {
      await fleet.#populate({ engines, apis })
    } catch (error) {
      // What is left running would keep the test's process from ending.
      await fleet.close()
      throw error
    }
    return fleet
  }

  async #populate({ engines, apis }: FleetOptions): Promise<void> {
    writeFileSync(join(this.#folder, 'hearth.conf'), this.#configuration())
    for (let i = 1; i <= apis; i++) this.#add({ part: 'api', name: `api-${i}`, port: await freePort() })
    for (let i = 1; i <= engines; i++) {
      const wire = await openWire(Number(/:(\d+)\/$/.exec(this.broker.url)?.[1]))
      this.#add({ part: 'engine', name: `engine-${i}`, wire })
    }
    await Promise.all([...this.members.keys()].map((name) => this.start(name)))
  }

  get engines(): readonly string[] {
    return [...this.members.values()].filter(({ part }) => part === 'engine').map(({ name }) => name)
  }

  get apis(): readonly string[] {
    return [...this.members.values()].filter(({ part }) => part === 'api').map(({ name }) => name)
  }

  member(name: string): Member {
    return this.members.get(name) ?? assert.fail(`there is no ${name}`)
  }

  /** A user's own view of the cloud. */
  cloud(): Promise<Cloud> {
    return Cloud.open({
      OS_AUTH_URL: this.simulator.authUrl,
      OS_USERNAME: 'demo',
      OS_PASSWORD: 'pw',
      OS_PROJECT_NAME: 'demo',
      OS_REGION_NAME: 'RegionOne',
    })
  }

  /** Starts a process, and waits until it is at work. */
  async start(name: string): Promise<void> {
    const member = this.member(name)
    const starts = () => this.logOf(name).split('"msg":"Started"').length
    const output = openSync(join(this.#folder, `${name}.log`), 'a')
    const env = {
      PATH: process.env.PATH ?? '',
      HOME: this.#folder,
      OS_DEFAULT__HOST: name,
      ...(member.wire && { OS_DEFAULT__TRANSPORT_URL: member.wire.url }),
    }
    const before = starts()
    const port = member.port === undefined ? [] : ['--port', String(member.port)]
    const args = [program, member.part, '--config-file', join(this.#folder, 'hearth.conf'), ...port]
    // As a supervisor would: one that gives up is started again.
    const isEnded = () => member.process === undefined || member.process.exitCode !== null
    const started = () => {
      if (isEnded())
        member.process = spawn(process.execPath, args, { env, stdio: ['ignore', output, output] })
      return starts() > before
    }
    member.process = undefined
    await this.until(`${name} is at work`, started, 90)
  }

  /** Ends a process as a crash would, or as an operator does; resolves once it is gone. */
  async end(name: string, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    await ended(this.member(name).process, signal)
  }

  signal(name: string, signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.member(name).process?.kill(signal)
  }

  async until(what: string, is: () => Promise<boolean> | boolean, seconds = 60): Promise<void> {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(50)) if (await is()) return
    assert.fail(`not within ${seconds} seconds: ${what}\n${this.log()}`)
  }

  /** The end of what all processes have said, for whoever reads why a test failed. */
  log(most = 2500): string {
    return [...this.members.keys()].map((name) => `${name}:\n${this.logOf(name).slice(-most)}`).join('\n')
  }

  logOf(name: string): string {
    return readFileSync(join(this.#folder, `${name}.log`), 'utf8')
  }

  /** A connection of one's own to the database. */
  async connection(): Promise<Connection> {
    return await connectionTo(this.#database)
  }

  async close(): Promise<void> {
    for (const { process: one, wire } of this.members.values()) {
      one?.kill('SIGCONT')
      await ended(one, 'SIGKILL')
      await wire?.close()
    }
    await Promise.all([this.broker.stop(), this.mariadb.stop(), this.simulator.close()])
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #add(member: Member): void {
    this.members.set(member.name, member)
  }

  #configuration(): string {
    return siteFile({
      transportUrl: this.broker.url,
      database: this.#database,
      service: simulatedService(this.simulator.authUrl),
      limits: ['max_stacks_per_tenant = -1'],
      settings: ['doubt_seconds = 2'],
    })
  }
}

/** A connection to the database of such an address. */
export async function connectionTo(url: string): Promise<Connection> {
  const [, user = '', password = '', host = '', port, database = ''] =
    /\/\/([^:]+):([^@]+)@([^:]+):(\d+)\/(\w+)/.exec(url) ?? []
  return await createConnection({ host, port: Number(port), user, password, database })
}

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const program = fileURLToPath(new URL('../../src/bin/hearth.ts', import.meta.url))

const run = promisify(execFile)

/** Sends a signal to a process that still runs; resolves once it is gone. */
export async function ended(process: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (process === undefined || process.exitCode !== null || process.signalCode !== null) return
  const exit = once(process, 'exit')
  process.kill(signal)
  await exit
}

/** A `hearth` process of this checkout, with a state directory of its own. */
export class HearthProcess {
  readonly directory = mkdtempSync(join(tmpdir(), 'hearth-journey-'))
  readonly #args: readonly string[]
  readonly #variables: Readonly<Record<string, string>>
  #process: ChildProcess | undefined

  constructor(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
    this.#args = args
    this.#variables = variables
  }

  /** Starts it and waits until it answers. */
  async start(port: number): Promise<void> {
    const log = openSync(join(this.directory, 'log'), 'a')
    this.#process = spawn(
      process.execPath,
      [program, '--state-dir', this.directory, ...this.#args, '--port', String(port)],
      {
        env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...this.#variables },
        stdio: ['ignore', log, log],
      },
    )
    await this.answers(`http://127.0.0.1:${port}/healthcheck`)
  }

  /** Waits until an address answers. */
  async answers(url: string): Promise<void> {
    for (let i = 0; i < 300; i++) {
      if (this.#process?.exitCode !== null) throw new Error(`hearth ended:\n${this.log()}`)
      const ok = await fetch(url).then(
        (response) => response.ok,
        () => false,
      )
      if (ok) return
      await pause(100)
    }
    throw new Error(`${url} does not answer:\n${this.log()}`)
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    await ended(this.#process, 'SIGKILL')
  }

  /** Asks it to end, and drops its state. */
  async stop(): Promise<void> {
    await ended(this.#process, 'SIGTERM')
    rmSync(this.directory, { recursive: true, force: true })
  }

  /** The OS_* variables that `hearth env` would print. */
  variables(): Readonly<Record<string, string>> {
    return JSON.parse(readFileSync(join(this.directory, 'env.json'), 'utf8')) as Record<string, string>
  }

  /** The end of what it logged. */
  log(): string {
    return this.wholeLog().slice(-4000)
  }

  wholeLog(): string {
    return readFileSync(join(this.directory, 'log'), 'utf8')
  }

  /** How much memory it holds, and has held at most, in MiB. */
  memory(): { readonly now: number; readonly most: number } {
    const status = readFileSync(`/proc/${this.#process?.pid}/status`, 'utf8')
    const inMiB = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
    return { now: inMiB('VmRSS'), most: inMiB('VmHWM') }
  }
}

/** Hearth's own program, as somebody before a service. */
export class HearthProgram {
  readonly #variables: Readonly<Record<string, string>>

  constructor(variables: Readonly<Record<string, string>>) {
    this.#variables = variables
  }

  /** What a command prints. */
  async text(...args: readonly string[]): Promise<string> {
    const { stdout } = await run(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', program, ...args],
      { env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...this.#variables } },
    )
    return stdout
  }

  /** What a command prints as JSON. */
  async json<T = Record<string, unknown>>(...args: readonly string[]): Promise<T> {
    return JSON.parse(await this.text(...args, '-f', 'json')) as T
  }
}

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The OS_* variables by which a program reaches a cloud. */
export type Variables = Readonly<Record<string, string>>

/** What the lab's administrator is known by; a journey without them fails. */
export function administrator(): Variables {
  const entries = Object.entries(process.env).filter(([name, value]) => name.startsWith('OS_') && value !== undefined)
  const variables = Object.fromEntries(entries) as Variables
  if (variables['OS_AUTH_URL'] === undefined) throw new Error('this journey needs the OS_* variables of an administrator of a real OpenStack')
  return variables
}

/** The lab's plain user, whose project and password are alike. */
export const plainUser = (): Variables => ({ ...administrator(), OS_USERNAME: 'demo', OS_PROJECT_NAME: 'demo' })

/** Debian's `openstack` program, as somebody. */
export class OpenStack {
  readonly #variables: Variables

  constructor(variables: Variables) {
    this.#variables = variables
  }

  /** What a command prints. */
  async text(...args: readonly string[]): Promise<string> {
    const { stdout } = await run('openstack', args, {
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...this.#variables },
      maxBuffer: 64 << 20,
      timeout: 600_000,
    })
    return stdout
  }

  /** What a command prints as JSON. */
  async json<T = Record<string, unknown>>(...args: readonly string[]): Promise<T> {
    return JSON.parse(await this.text(...args, '-f', 'json')) as T
  }

  /** One field of what a command shows. */
  async value(field: string, ...args: readonly string[]): Promise<string> {
    return (await this.text(...args, '-f', 'value', '-c', field)).trim()
  }

  /** The names or IDs of everything of a kind that there is, so that what was left behind can be told. */
  async all(kind: string, field = 'ID'): Promise<readonly string[]> {
    return (await this.text(...kind.split(' '), 'list', '-f', 'value', '-c', field)).split('\n').filter((line) => line !== '').sort()
  }
}

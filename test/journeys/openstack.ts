import { randomUUID } from 'node:crypto'
import { runOpenStack } from './ready-openstack.ts'

/** The OS_* variables by which a program reaches a cloud. */
export type Variables = Readonly<Record<string, string>>

/** What the lab's administrator is known by; a journey without them fails. */
export function administrator(): Variables {
  const entries = Object.entries(process.env).filter(
    ([name, value]) => name.startsWith('OS_') && value !== undefined,
  )
  const variables = Object.fromEntries(entries) as Variables
  if (variables.OS_AUTH_URL === undefined)
    throw new Error('this journey needs the OS_* variables of an administrator of a real OpenStack')
  return variables
}

/** A plain user with a project of their own, made for one journey, so that nothing of others is in it. */
export interface Tenant {
  readonly variables: Variables
  remove(): Promise<void>
}

export async function newTenant(name: string): Promise<Tenant> {
  const admin = new OpenStack(administrator())
  const password = randomUUID()
  await Promise.all([
    admin.text('project', 'create', '--domain', 'default', name),
    admin.text('user', 'create', '--domain', 'default', '--password', password, name),
  ])
  await admin.text('role', 'add', '--project', name, '--user', name, 'member')
  return {
    variables: { ...administrator(), OS_USERNAME: name, OS_PASSWORD: password, OS_PROJECT_NAME: name },
    async remove() {
      await Promise.all([admin.text('user', 'delete', name), admin.text('project', 'delete', name)])
    },
  }
}

/** Debian's `openstack` program, as somebody. */
export class OpenStack {
  readonly #variables: Variables

  constructor(variables: Variables) {
    this.#variables = variables
  }

  /** What a command prints. */
  async text(...args: readonly string[]): Promise<string> {
    return await runOpenStack(args, {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '',
      ...this.#variables,
    })
  }

  /** What a command prints as JSON. */
  async json<T = Record<string, unknown>>(...args: readonly string[]): Promise<T> {
    return JSON.parse(await this.text(...args, '-f', 'json')) as T
  }

  /** One field of what a command shows. */
  async value(field: string, ...args: readonly string[]): Promise<string> {
    return (await this.text(...args, '-f', 'value', '-c', field)).trim()
  }
}

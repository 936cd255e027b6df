import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import type { Cloud } from './cloud.ts'

/** What came back, with how long it took. */
export interface Reply {
  readonly status: number
  readonly ms: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON; empty if it is none. */
  readonly body: Body
}

interface Body {
  readonly stack?: Stack
  readonly stacks?: readonly Stack[]
  readonly events?: readonly object[]
  readonly title?: string
  readonly error?: { readonly type: string; readonly message?: string; readonly problems?: readonly Told[] }
}

interface Stack {
  readonly id: string
  readonly stack_name: string
  readonly stack_status: string
  readonly stack_status_reason: string
  readonly parameters: Readonly<Record<string, string>>
  readonly outputs?: readonly { readonly output_key: string; readonly output_value: unknown }[]
}

/** A problem of a template as a fault tells it. */
interface Told {
  readonly code: string
  readonly message: string
  readonly path: readonly (string | number)[]
  readonly line?: number
  readonly column?: number
  readonly hint?: string
  readonly meant?: string
}

/** Each problem as `line:column code message`. */
export const listed = (problems: readonly Told[] = []): readonly string[] =>
  problems.map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`)

/** What a stack gives, by the names of its outputs. */
export const outputsOf = ({ outputs = [] }: Stack): ReadonlyMap<string, unknown> =>
  new Map(outputs.map(({ output_key, output_value }) => [output_key, output_value]))

interface Ask {
  /** Sent as it is if it is a text or bytes, otherwise as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** Somebody at Hearth's door, who may ask for anything. */
export class Visitor {
  readonly #address: string
  readonly #cloud: Pick<Cloud, 'token' | 'projectId'>

  constructor(port: number, cloud: Pick<Cloud, 'token' | 'projectId'>) {
    this.#address = `http://127.0.0.1:${port}/v1`
    this.#cloud = cloud
  }

  /** Asks below a project, its own unless another is named. */
  async ask(method: string, path: string, { body, headers }: Ask = {}, project?: string): Promise<Reply> {
    const began = performance.now()
    const response = await fetch(`${this.#address}/${project ?? this.#cloud.projectId}${path}`, {
      method,
      headers: {
        ...(this.#cloud.token !== '' && { 'x-auth-token': this.#cloud.token }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: asSent(body) }),
    })
    const text = await response.text()
    const ms = performance.now() - began
    const parsed = text.startsWith('{') ? (JSON.parse(text) as Body) : {}
    return { status: response.status, ms, headers: response.headers, text, body: parsed }
  }

  create(name: string, template: unknown, more: object = {}): Promise<Reply> {
    return this.ask('POST', '/stacks', { body: { stack_name: name, template, ...more } })
  }

  /** The stack once nothing is in progress. */
  async settled(name: string): Promise<Stack> {
    for (;;) {
      const { body, status, text } = await this.ask('GET', `/stacks/${name}`)
      assert.ok(body.stack, `${name}: ${status} ${text}`)
      if (!body.stack.stack_status.endsWith('_IN_PROGRESS')) return body.stack
      await pause(100)
    }
  }

  /** Creates a stack that must be accepted, and waits for what becomes of it. */
  async made(name: string, template: unknown, more: object = {}): Promise<Stack> {
    const { status, text } = await this.create(name, template, more)
    assert.equal(status, 201, text)
    return await this.settled(name)
  }
}

function asSent(body: unknown): string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' || body instanceof Uint8Array
    ? (body as string | Uint8Array<ArrayBuffer>)
    : JSON.stringify(body)
}

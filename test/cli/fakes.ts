import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Clock } from '../../src/base/clock.ts'
import { type Outlet, type ProgramParts, runProgram, type Terminal } from '../../src/cli/index.ts'
import type { HearthClient } from '../../src/client/index.ts'
import type { EventRow, ResourceReply, StackReply } from '../../src/contract/rest/index.ts'

/** An outlet that remembers what was written. */
export function fakeOutlet({ isTerminal = false, columns = 80, rows = 24 } = {}) {
  const written: string[] = []
  const listeners = new Set<() => void>()
  const size = { columns, rows }
  const outlet: Outlet = {
    write: (text) => void written.push(text),
    paint: (_style, text) => text,
    isTerminal,
    size: () => (isTerminal ? size : undefined),
    onResize(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
  }
  return {
    outlet,
    written,
    text: () => written.join(''),
    listeners,
    resize(next: { columns: number; rows: number }) {
      Object.assign(size, next)
      for (const changed of listeners) changed()
    },
  }
}

/** A terminal whose user gives one answer to every question. */
export function fakeTerminal({
  answer,
  stdin = '',
  live = false,
}: {
  answer?: string
  stdin?: string
  live?: boolean
} = {}) {
  const out = fakeOutlet()
  const err = fakeOutlet({ isTerminal: live })
  const interrupted = new Set<() => void>()
  const questions: string[] = []
  const terminal: Terminal = {
    out: out.outlet,
    err: err.outlet,
    isInteractive: answer !== undefined,
    readStdin: async () => new TextEncoder().encode(stdin),
    ask: async (question) => {
      questions.push(question)
      return answer
    },
    onInterrupt(called) {
      interrupted.add(called)
      return () => interrupted.delete(called)
    },
  }
  const interrupt = () => {
    for (const called of interrupted) called()
  }
  return { terminal, out, err, questions, interrupt, interrupted }
}

/** A clock on which sleeping takes no time. */
export function fakeClock(): Clock {
  let now = Date.parse('2026-01-31T09:30:00Z')
  return {
    now: () => now,
    async sleep(ms, signal) {
      await new Promise((resolve) => setImmediate(resolve))
      if (signal?.aborted) throw signal.reason
      now += ms
    },
  }
}

/** A client that can do what a test gives it, and fails at the rest. */
export function fakeClient(does: Partial<HearthClient>): HearthClient {
  return new Proxy(does as HearthClient, {
    get(target, name, itself) {
      if (name === 'withSignal') return () => itself
      const value = Reflect.get(target, name)
      if (value === undefined && typeof name === 'string' && name !== 'then')
        throw new Error(`the test has no ${name}`)
      return value
    },
  })
}

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command line against a fake service, as a user of a fake cloud. */
export async function run(
  args: readonly string[],
  client: Partial<HearthClient>,
  more: Partial<ProgramParts> & { stdin?: string; answer?: string } = {},
): Promise<Ran> {
  const { stdin, answer, ...parts } = more
  const { terminal, out, err } = fakeTerminal({
    ...(stdin !== undefined && { stdin }),
    ...(answer !== undefined && { answer }),
  })
  const nothing = async () => {}
  const code = await runProgram(args, {
    version: '1.2.3',
    up: nothing,
    api: nothing,
    engine: nothing,
    manage: () => Promise.reject(new Error('nothing is managed')),
    readPolicy: () => Promise.reject(new Error('there is no policy')),
    examine: async () => [],
    connect: async () => fakeClient(client),
    terminal,
    clock: fakeClock(),
    variables: {
      OS_AUTH_URL: 'http://keystone',
      OS_USERNAME: 'demo',
      OS_PASSWORD: 'secret',
      OS_PROJECT_NAME: 'demo',
    },
    ...parts,
  })
  return { code, out: out.text(), err: err.text() }
}

/** A directory with some files in it, until the test is over. */
export function directoryWith(
  test: TestContext,
  files: Readonly<Record<string, string | Uint8Array>>,
): string {
  const directory = mkdtempSync(join(tmpdir(), 'hearth-cli-'))
  test.after(() => rmSync(directory, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    writeFileSync(join(directory, name), content)
  }
  return directory
}

const root = 'http://hearth/v1/p'

/** A stack in full. */
export function stackReply(changes: Partial<StackReply> = {}): StackReply {
  return {
    id: 'stack-1',
    links: [{ rel: 'self', href: `${root}/stacks/web/stack-1` }],
    stack_name: 'web',
    description: 'No description',
    stack_status: 'CREATE_COMPLETE',
    stack_status_reason: 'Stack CREATE completed successfully',
    creation_time: '2026-01-31T09:30:00Z',
    updated_time: null,
    deletion_time: null,
    stack_owner: 'demo',
    parent: null,
    stack_user_project_id: null,
    tags: [],
    template_description: 'No description',
    parameters: { size: '3' },
    outputs: [],
    notification_topics: [],
    capabilities: [],
    disable_rollback: true,
    timeout_mins: null,
    ...changes,
  }
}

/** A resource of the stack `web`, or of another one. */
export function resourceReply(
  name: string,
  changes: Partial<ResourceReply> & { stack?: string; nested?: string } = {},
): ResourceReply {
  const { stack = 'web/stack-1', nested, ...rest } = changes
  const links = [
    { rel: 'self', href: `${root}/stacks/${stack}/resources/${name}` },
    { rel: 'stack', href: `${root}/stacks/${stack}` },
    ...(nested === undefined ? [] : [{ rel: 'nested', href: `${root}/stacks/${nested}` }]),
  ]
  return {
    resource_name: name,
    logical_resource_id: name,
    physical_resource_id: `id-of-${name}`,
    resource_type: 'OS::Heat::Value',
    resource_status: 'CREATE_COMPLETE',
    resource_status_reason: 'state changed',
    creation_time: '2026-01-31T09:30:00Z',
    updated_time: '2026-01-31T09:30:00Z',
    required_by: [],
    links,
    ...rest,
  }
}

/** An event of the stack `web`, or of another one; without a physical ID it is about the stack itself. */
export function eventRow(
  id: string,
  name: string,
  status: string,
  changes: { stack?: string; physical?: string; reason?: string } = {},
): EventRow {
  const { stack = 'web/stack-1', physical = stack.split('/')[1] ?? '', reason = 'state changed' } = changes
  return {
    id,
    links: [
      { rel: 'self', href: `${root}/stacks/${stack}/resources/${name}/events/${id}` },
      { rel: 'resource', href: `${root}/stacks/${stack}/resources/${name}` },
      { rel: 'stack', href: `${root}/stacks/${stack}` },
      { rel: 'root_stack', href: `${root}/stacks/web/stack-1` },
    ],
    event_time: '2026-01-31T09:30:00Z',
    resource_name: name,
    logical_resource_id: name,
    resource_status: status,
    resource_status_reason: reason,
    physical_resource_id: physical,
  }
}

/** A stack that lives through events: each poll sees one more batch, and its status is what the last one says. */
export function storyOf(batches: readonly (readonly EventRow[])[], stack: Partial<StackReply> = {}) {
  let told = 0
  const events = batches.flat()
  const client: Partial<HearthClient> = {
    findStack: async () => ({ stack_name: 'web', stack_id: 'stack-1' }),
    async listEvents(_stack, query = {}) {
      if (query.sort_dir === 'desc') return { events: [] }
      const seen = batches.slice(0, ++told).flat()
      const from = seen.findIndex(({ id }) => id === query.marker) + 1
      return { events: seen.slice(from) }
    },
    async showStack() {
      const last = events.findLast(({ resource_name }) => resource_name === 'web')
      return {
        stack: stackReply({
          stack_status: last?.resource_status ?? 'CREATE_COMPLETE',
          stack_status_reason: last?.resource_status_reason ?? '',
          ...stack,
        }),
      }
    },
    listResources: async () => ({ resources: [] }),
  }
  return client
}

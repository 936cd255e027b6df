import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from '../../src/base/clock.ts'
import type { ClientSettings } from '../../src/client/index.ts'
import type { EngineCalls } from '../../src/contract/engine.ts'
import { type Bench, bench } from '../api/kit.ts'

/** What one request to a stub was. */
export interface Heard {
  readonly method: string
  readonly url: string
  readonly token: string | undefined
  readonly authorization?: string
  /** What JSON says, or the text as it is. */
  readonly body: unknown
}

export interface Stub {
  readonly url: string
  readonly heard: Heard[]
  close(): void
}

type Answering = (heard: Heard, response: ServerResponse) => void

/** A real HTTP server that answers as told. */
export async function stub(answer: Answering): Promise<Stub> {
  const heard: Heard[] = []
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { 'x-auth-token': token, authorization } = request.headers
      const { method = '', url = '' } = request
      const what = { method, url, token: token?.toString(), body, ...(authorization && { authorization }) }
      heard.push(what)
      answer(what, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    heard,
    close: () => void server.close().closeAllConnections(),
  }
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const chunk of request) text += chunk
  if (text === '') return undefined
  return request.headers['content-type'] === 'application/json' ? JSON.parse(text) : text
}

/** Sends JSON. */
export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** What Keystone answers to a good password: the tokens are `member`, `member2`, … */
export function keystone(catalogUrl: () => string): Answering {
  let tickets = 0
  return (_heard, response) => {
    tickets++
    const catalog = [
      { type: 'identity', endpoints: [] },
      {
        type: 'orchestration',
        endpoints: [
          { interface: 'internal', region_id: 'one', url: 'http://inner/v1/p1' },
          { interface: 'public', region_id: 'two', url: 'http://other/v1/p1' },
          { interface: 'public', region_id: 'one', url: `${catalogUrl()}/v1/p1` },
        ],
      },
    ]
    const token = { project: { id: 'p1', name: 'demo' }, catalog }
    json(response, 201, { token }, { 'x-subject-token': tickets === 1 ? 'member' : `member${tickets}` })
  }
}

export const credentials = { is: 'password', username: 'ada', password: 'x', projectName: 'demo' } as const

/** A clock on which waiting takes no time; it remembers how long was waited. */
export function quickClock(): Clock & { readonly slept: number[] } {
  const slept: number[] = []
  return { slept, now: () => 0, sleep: async (ms) => void slept.push(ms) }
}

export interface World {
  readonly api: Bench
  readonly keystone: Stub
  readonly settings: ClientSettings
}

/** The real API over a told engine, behind a stub of Keystone, on loopback; closed when the work is done. */
export async function withWorld(
  engine: Partial<EngineCalls>,
  use: (world: World) => Promise<void>,
): Promise<void> {
  const api = bench({ engine })
  await api.app.listen({ port: 0, host: '127.0.0.1' })
  const url = `http://127.0.0.1:${portOf(api.app.server as Server)}`
  const identity = await stub(keystone(() => url))
  try {
    await use({
      api,
      keystone: identity,
      settings: { authUrl: identity.url, credentials, region: 'one', clock: quickClock() },
    })
  } finally {
    identity.close()
    await api.app.close()
  }
}

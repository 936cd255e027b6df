import { once } from 'node:events'
import { createServer, request as forward, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A service behind a port of its own that counts what is asked of it. */
export interface CountingProxy {
  readonly url: string
  close(): Promise<void>
}

/** How many requests of each kind there were, as `network GET /ports/*`. */
export type Counts = Map<string, number>

/** Stands before a service and counts. The host stays as it was asked for, so that links of its answers lead back here. */
export async function countingProxy(
  service: string,
  target: string,
  counts: () => Counts,
): Promise<CountingProxy> {
  const { hostname, port } = new URL(target)
  const server = createServer((asked, answer) => {
    count(counts(), `${service} ${asked.method} ${shapeOf(asked.url ?? '/')}`)
    const { method, url: path, headers } = asked
    // Of a connection kept from an earlier request the service may be letting go just then, which would be told as its failure.
    const onto = { host: hostname, port, method, path, headers, agent: false as const }
    const onward = forward(onto, (reply: IncomingMessage) => {
      answer.writeHead(reply.statusCode ?? 502, reply.rawHeaders)
      reply.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  })
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${address.port}`, close: () => closed(server) }
}

async function closed(server: Server): Promise<void> {
  const closing = once(server, 'close')
  server.close()
  server.closeAllConnections()
  await closing
}

function count(counts: Counts, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}

const version = /^\/v\d+(\.\d+)?(?=\/|$)/
const identifier = /^([0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f-]{27})$/

/** What a path asks for, whatever the object: without version, project and query, IDs as stars. */
function shapeOf(url: string): string {
  const [path = '/'] = url.split('?')
  const parts = path
    .replace(version, '')
    .split('/')
    .filter((part) => part !== '')
  const below = identifier.test(parts[0] ?? '') && !(parts[0] ?? '').includes('-') ? parts.slice(1) : parts
  return `/${below.map((part) => (identifier.test(part) ? '*' : part)).join('/')}`
}

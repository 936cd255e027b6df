import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** The network between a process and a broker, which may fail. */
export interface Wire {
  /** The `transport_url` of whoever is at this end. */
  readonly url: string
  /** Nothing gets through any more, and nobody is told: what is sent waits, as in a network that lost its route. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

/** Lays a wire to a broker on this machine. */
export async function openWire(broker: number): Promise<Wire> {
  const sockets = new Set<Socket>()
  let isCut = false

  const server = createServer((near) => {
    const far = connect(broker, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      if (isCut) from.pause()
      from.on('data', (data) => {
        if (!to.write(data)) from.pause()
      })
      to.on('drain', () => {
        if (!isCut) from.resume()
      })
      from.on('error', () => {})
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
      from.on('end', () => to.end())
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `rabbit://guest:guest@127.0.0.1:${(server.address() as AddressInfo).port}/`,
    cut() {
      isCut = true
      for (const socket of sockets) socket.pause()
    },
    mend() {
      isCut = false
      for (const socket of sockets) socket.resume()
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

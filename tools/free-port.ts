import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:net'

/**
 * Below the ports that Linux gives to whoever asks for any: one of those may be taken, by a connection or by another
 * listener, between the moment it was found free and the moment its server starts, and again while its server restarts.
 */
const [lowest, highest] = [20_000, 31_999] as const

let next = randomInt(lowest, highest)

/** The first of so many ports in a row on loopback that nothing listens on; this process is given none of them again. */
export async function freePort(inARow = 1): Promise<number> {
  for (let attempt = 0; attempt < 1000; attempt++) {
    if (next + inARow > highest) next = lowest
    const first = next
    next += inARow
    if (await areFree(Array.from({ length: inARow }, (_, i) => first + i))) return first
  }
  throw new Error(`no ${inARow} ports in a row are free between ${lowest} and ${highest}`)
}

async function areFree(ports: readonly number[]): Promise<boolean> {
  const tried = await Promise.allSettled(ports.map(listening))
  const open = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  await Promise.all(open.map((one) => once(one.close(), 'close')))
  return open.length === ports.length
}

async function listening(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

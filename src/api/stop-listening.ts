import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'

type HttpServer = FastifyInstance['server']

const betweenLooksMs = 20
/** A turn of the event loop that took longer may have been followed by something that came meanwhile. */
const shortTurnMs = 1
/**
 * So many short turns in a row in which nobody came: the first may have begun before we looked, and what somebody has sent
 * who was taken in is read in a later one. A turn takes in one connection at most.
 */
const quietTurns = 3
const mostTurns = 1000

/**
 * Takes no connections any more, and lets those that there are go as soon as their last request is answered. Who was
 * connected but not taken in yet, or has sent what was not read yet, would be cut off: so that is taken in and read first.
 */
export async function stopListening({ server }: Pick<FastifyInstance, 'server'>): Promise<void> {
  if (!server.listening) return
  await caughtUp(server)
  server.close()
  void hangUp(server)
}

/** Lets connections go as soon as their last request is answered, until none is left. */
async function hangUp(server: HttpServer): Promise<void> {
  let isClosed = false
  server.once('close', () => {
    isClosed = true
  })
  while (!isClosed) {
    await pause(betweenLooksMs)
    await caughtUp(server)
    server.closeIdleConnections()
  }
}

/** Resolves right after turns of the event loop that have read all that had arrived. */
async function caughtUp(server: HttpServer): Promise<void> {
  let quiet = 0
  const stir = () => {
    quiet = -1
  }
  server.on('connection', stir)
  for (let turn = 0; turn < mostTurns && quiet < quietTurns; turn++) {
    const since = performance.now()
    await nextTurn()
    quiet = performance.now() - since < shortTurnMs ? quiet + 1 : 0
  }
  server.off('connection', stir)
}

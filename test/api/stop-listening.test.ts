import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { bench } from './kit.ts'

const request = 'GET /healthcheck HTTP/1.1\r\nhost: a\r\n\r\n'

async function saidOn(socket: ReturnType<typeof connect>): Promise<string> {
  let said = ''
  socket.on('data', (data) => (said += String(data)))
  await once(socket, 'close')
  return said
}

test('who was connected but not taken in yet when a server stops is answered', async () => {
  const { app } = bench({})
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const sockets = Array.from({ length: 20 }, () => connect(port, '127.0.0.1'))
  const answers = sockets.map(saidOn)
  for (const socket of sockets) socket.write(request)
  // The system has connected them then, and the server has not heard of it.
  await new Promise<void>((resolve) => process.nextTick(resolve))
  await app.close()
  for (const answer of await Promise.all(answers)) assert.match(answer, /^HTTP\/1\.1 200 /)
})

test('what was sent on an idle connection, and not read yet when a server stops, is answered', async () => {
  const { app } = bench({})
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  const answers = saidOn(socket)
  socket.write(request)
  await once(socket, 'data')
  await nextTurn()
  socket.write(request)
  await app.close()
  assert.equal((await answers).split('HTTP/1.1 200 ').length, 3)
})

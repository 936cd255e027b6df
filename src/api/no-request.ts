import type { Socket } from 'node:net'
import { Problem } from '../base/problem.ts'
import { faultOf } from './faults.ts'

/** Why what came over a connection is no request, by the error that Node has for it. */
const reasons: Readonly<Record<string, readonly [status: number, words: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive.'],
  HPE_HEADER_OVERFLOW: [431, 'The header of the request is too long.'],
}

/** Answers what is no request, or not within its time, and ends the connection. */
export function refuseConnection(error: Error & { readonly code?: string }, socket: Socket): void {
  if (socket.destroyed || error.code === 'ECONNRESET') return
  // An answer that was begun can't become another one.
  if (!socket.writable || socket.bytesWritten > 0) return void socket.destroy()
  const [status, words] = reasons[error.code ?? ''] ?? [400, 'That is no request of HTTP.']
  const fault = faultOf(new Problem('HTTPBadRequest', words, { status }))
  const body = JSON.stringify(fault)
  const head = [
    `HTTP/1.1 ${status} ${fault.title}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

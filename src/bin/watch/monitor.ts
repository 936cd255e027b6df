import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Prometheus } from './prometheus.ts'

/** A port of its own on which a process says how it is. */
export interface Monitor {
  readonly port: number
  close(): Promise<void>
}

export interface MonitorOptions {
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  readonly prometheus: Prometheus
  /** Why the process is of no use to others just now; `undefined`: it is. */
  readonly whyNotReady: () => Promise<string | undefined>
}

/**
 * Listens. `/metrics`: the numbers; `/healthz`: answers as long as the event loop turns; `/readyz`: whether the process is of
 * use to others.
 */
export async function openMonitor({ host, port, prometheus, whyNotReady }: MonitorOptions): Promise<Monitor> {
  const pages: Readonly<Record<string, (response: ServerResponse) => Promise<void>>> = {
    '/healthz': async (response) => send(response, 200, 'OK'),
    async '/readyz'(response) {
      const reason = await ready()
      send(response, reason === undefined ? 200 : 503, reason ?? 'OK')
    },
    async '/metrics'(response) {
      await ready()
      response.setHeader('content-type', prometheus.contentType)
      response.end(await prometheus.text())
    },
  }

  async function ready(): Promise<string | undefined> {
    const reason = await whyNotReady()
    prometheus.meter.set('hearth_ready', {}, reason === undefined ? 1 : 0)
    return reason
  }

  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1)
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined
    if (page === undefined) return send(response, 404, 'There are /metrics, /healthz and /readyz.')
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return send(response, 405, 'Only GET and HEAD are answered.')
    page(response).catch(() => send(response, 500, 'That could not be told.'))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function send(response: ServerResponse, status: number, text: string): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
  response.end(`${text}\n`)
}

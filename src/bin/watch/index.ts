import type { Log } from '../../base/log.ts'
import { type Meter, unmeasured } from '../../base/metrics.ts'
import type { Tracer } from '../../base/tracing.ts'
import type { MonitorSettings, Settings } from '../settings.ts'
import { openMonitor } from './monitor.ts'
import type { Prometheus } from './prometheus.ts'
import { tracer } from './tracer.ts'
import { wantsSpans } from './wants-spans.ts'

interface Listening {
  readonly port: number
}

/** How a process is watched. */
export interface Watch {
  readonly meter: Meter
  readonly tracer: Tracer
  /** Listens for those who ask how the process is, if the site wants that; then answers where. */
  listen(log: Log, whyNotReady: () => Promise<string | undefined>): Promise<Listening | undefined>
  close(): Promise<void>
}

/** The settings with another port for the monitor, if one was said. */
export const withMonitor = (settings: Settings, port: number | undefined): Settings =>
  port === undefined
    ? settings
    : { ...settings, monitor: { host: settings.monitor?.host ?? '127.0.0.1', port } }

/** Begins to watch a process, as far as its site wants that. What is not wanted is not even loaded. */
export async function openWatch(part: string, monitor: MonitorSettings | undefined): Promise<Watch> {
  const spans = wantsSpans(process.env) ? (await import('./spans.ts')).openSpans(part) : undefined
  const prometheus: Prometheus | undefined = monitor && (await import('./prometheus.ts')).prometheus()
  let close = async (): Promise<void> => {}
  return {
    meter: prometheus?.meter ?? unmeasured,
    tracer: tracer(spans?.begin),
    async listen(log, whyNotReady) {
      if (monitor === undefined || prometheus === undefined) return undefined
      const listening = await openMonitor({ ...monitor, prometheus, whyNotReady })
      close = listening.close
      log.info({ host: monitor.host, port: listening.port }, 'Metrics and health are told')
      return listening
    },
    async close() {
      await close()
      prometheus?.close()
      await spans?.close()
    },
  }
}

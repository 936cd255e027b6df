import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type Meter, type MetricName, metrics } from '../../base/metrics.ts'

/** A meter whose numbers Prometheus can read. */
export interface Prometheus {
  readonly meter: Meter
  readonly contentType: string
  /** All numbers in Prometheus' text format. */
  text(): Promise<string>
  /** The names of all that it tells: what is declared here, and what the platform knows of a process. */
  names(): readonly string[]
  close(): void
}

type Instrument = Counter | Gauge | Histogram

/** Makes everything that is declared in `metrics` readable by Prometheus. */
export function prometheus(): Prometheus {
  const registry = new Registry()
  const instruments = new Map(
    Object.entries(metrics).map(([name, declared]) => [name, instrument(registry, name, declared)]),
  )
  const get = (name: MetricName) => instruments.get(name)
  const meter: Meter = {
    count: (name, labels) => (get(name) as Counter).inc(labels),
    observe: (name, labels, seconds) => (get(name) as Histogram).observe(labels, Math.max(0, seconds)),
    set: (name, labels, value) => (get(name) as Gauge).set(labels, value),
  }
  collectDefaultMetrics({ register: registry })
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()

  function tellDelay(): void {
    for (const quantile of [0.5, 0.99, 1]) {
      const late = Math.max(0, delay.percentile(quantile * 100) / 1e9 - 0.01)
      meter.set('hearth_event_loop_delay_seconds', { quantile: String(quantile) }, late)
    }
    delay.reset()
  }

  return {
    meter,
    contentType: registry.contentType,
    async text() {
      tellDelay()
      return await registry.metrics()
    },
    names: () => registry.getMetricsAsArray().map(({ name }) => name),
    close() {
      delay.disable()
      registry.clear()
    },
  }
}

function instrument(
  registry: Registry,
  name: string,
  { kind, help, labels, buckets }: (typeof metrics)[MetricName],
): Instrument {
  const about = { name, help, labelNames: [...labels] as string[], registers: [registry] }
  if (kind === 'counter') return new Counter(about)
  return kind === 'gauge' ? new Gauge(about) : new Histogram({ ...about, buckets: [...buckets] })
}

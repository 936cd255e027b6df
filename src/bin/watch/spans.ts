import { hostname } from 'node:os'
import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { Origin } from '../../base/tracing.ts'
import { version } from '../version.ts'
import type { BeginSpan, Begun } from './tracer.ts'

/** Spans that are sent to a collector, as OpenTelemetry's variables say, until it is closed. */
export interface Spans {
  readonly begin: BeginSpan
  /** Sends those that wait, as long as that does not take long. */
  close(): Promise<void>
}

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT }

/** How long the last spans may take on their way when the process ends. */
const patienceMs = 5000

/** Begins to send spans. `part` is what the process calls itself where no variable names it. */
export function openSpans(part: string): Spans {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': `hearth-${part}`,
      'service.version': version,
      'service.instance.id': `${hostname()}:${process.pid}`,
      'host.name': hostname(),
      ...variablesOf(process.env.OTEL_RESOURCE_ATTRIBUTES),
      ...(process.env.OTEL_SERVICE_NAME && { 'service.name': process.env.OTEL_SERVICE_NAME }),
    }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  })
  const spans = provider.getTracer('hearth', version)
  return {
    begin(name, { as, of, facts }) {
      const kind = as === undefined ? SpanKind.INTERNAL : kinds[as]
      const started = spans.startSpan(name, { kind, attributes: { ...facts } }, contextOf(of))
      if (of !== undefined) started.setAttribute('hearth.request_id', of.requestId)
      return begun(started)
    },
    async close() {
      const enough = AbortSignal.timeout(patienceMs)
      const over = new Promise((resolve) => enough.addEventListener('abort', resolve, { once: true }))
      await Promise.race([provider.shutdown().catch(() => {}), over])
    },
  }
}

function contextOf(of: Origin | undefined): Context {
  const [, traceId, spanId, flags] = of?.traceparent?.split('-') ?? []
  if (traceId === undefined || spanId === undefined) return ROOT_CONTEXT
  const traceFlags = Number.parseInt(flags ?? '0', 16) & TraceFlags.SAMPLED
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}

function begun(span: Span): Begun {
  const { traceId, spanId, traceFlags } = span.spanContext()
  return {
    traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
    note: (facts) => void span.setAttributes(facts),
    end(error) {
      // Its message may quote what a tenant wrote.
      if (error !== undefined) {
        const name = error instanceof Error ? error.name : typeof error
        span.setStatus({ code: SpanStatusCode.ERROR, message: name })
      }
      span.end()
    },
  }
}

/** `a=b,c=d`, percent-encoded. */
const variablesOf = (text = ''): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text.split(',').flatMap((pair) => {
      const at = pair.indexOf('=')
      return at > 0 ? [[pair.slice(0, at).trim(), decodeURIComponent(pair.slice(at + 1).trim())]] : []
    }),
  )

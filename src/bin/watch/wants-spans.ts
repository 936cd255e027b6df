type Variables = Readonly<Record<string, string | undefined>>

/** Whether OpenTelemetry's own variables ask for traces. */
export function wantsSpans(env: Variables): boolean {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false
  if (env.OTEL_TRACES_EXPORTER) return env.OTEL_TRACES_EXPORTER.split(',').includes('otlp')
  return [env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, env.OTEL_EXPORTER_OTLP_ENDPOINT].some(Boolean)
}

import type { IncomingMessage, ServerResponse } from 'node:http'

/** A span as a collector got it. */
export interface Span {
  readonly service: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string
  readonly name: string
  readonly facts: Readonly<Record<string, unknown>>
}

interface Attribute {
  readonly key: string
  readonly value: Readonly<Record<string, unknown>>
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] }
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<Span, 'facts'> & { readonly attributes: readonly Attribute[] })[]
    }[]
  }[]
}

/** Takes what is sent to `/v1/traces`, as a collector of OpenTelemetry does. */
export async function collected(
  spans: Span[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const sent = JSON.parse(Buffer.concat(parts).toString()) as Sent
  for (const { resource, scopeSpans } of sent.resourceSpans) {
    const service = String(factsOf(resource.attributes)['service.name'])
    for (const { spans: some } of scopeSpans)
      for (const { attributes, ...span } of some) spans.push({ ...span, service, facts: factsOf(attributes) })
  }
  response.setHeader('content-type', 'application/json')
  response.end('{}')
}

const factsOf = (attributes: readonly Attribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

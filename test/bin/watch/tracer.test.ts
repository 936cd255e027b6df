import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { requestOf, tracer } from '../../../src/bin/watch/tracer.ts'
import { wantsSpans } from '../../../src/bin/watch/wants-spans.ts'

const of = { requestId: 'req-1' }

describe('following requests', () => {
  it('knows whose request the present work is done for, though nothing is traced', async () => {
    const { span, origin } = tracer()
    const seen = await span('a', { of }, async () => {
      await Promise.resolve()
      return [origin(), requestOf()]
    })
    assert.deepEqual([seen, origin()], [[of, { requestId: 'req-1' }], undefined])
  })

  it('begins spans inside of each other, and ends them with what was thrown', async () => {
    const ended: unknown[] = []
    let count = 0
    const { span, origin } = tracer((name, { of: above }) => {
      const traceparent = `${above?.traceparent ?? ''}/${name}${++count}`
      return { traceparent, note() {}, end: (error) => void ended.push([traceparent, String(error)]) }
    })
    await assert.rejects(
      span('a', { of }, async () => {
        await span('b', {}, async () => {})
        assert.equal(origin()?.traceparent, '/a1')
        throw new Error('no')
      }),
    )
    assert.deepEqual(ended, [
      ['/a1/b2', 'undefined'],
      ['/a1', 'Error: no'],
    ])
  })

  it('traces nothing that nobody asked for', () => {
    const { span } = tracer(() => assert.fail('a span was begun'))
    assert.equal(
      span('look', {}, () => 1),
      1,
    )
  })

  it('traces only where the variables of OpenTelemetry say so', () => {
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://collector:4318'
    assert.equal(wantsSpans({}), false)
    assert.equal(wantsSpans({ OTEL_EXPORTER_OTLP_ENDPOINT }), true)
    assert.equal(wantsSpans({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SDK_DISABLED: 'true' }), false)
    assert.equal(wantsSpans({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }), false)
    assert.equal(wantsSpans({ OTEL_TRACES_EXPORTER: 'otlp' }), true)
  })
})

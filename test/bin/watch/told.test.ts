import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { silent } from '../../../src/base/log.ts'
import { startUp, type Up } from '../../../src/bin/up.ts'
import { collected, type Span } from './collector.ts'
import { visitor } from './visitor.ts'

const template = {
  heat_template_version: '2021-04-16',
  resources: {
    word: { type: 'OS::Heat::RandomString' },
    network: { type: 'OS::Neutron::Net', properties: { name: { get_attr: ['word', 'value'] } } },
  },
}

describe('a process that is watched', { timeout: 60_000 }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'hearth-watch-'))
  const spans: Span[] = []
  const requestId = 'req-0123abcd-0123-4567-89ab-0123456789ab'
  const traceId = '0af7651916cd43dd8448eb211c80319c'
  let collector: Server
  let up: Up

  before(async () => {
    collector = createServer((request, response) => collected(spans, request, response)).listen(
      0,
      '127.0.0.1',
    )
    await once(collector, 'listening')
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
    up = await startUp({ stateDirectory: directory, register: false, port: 0, monitorPort: 0 }, silent)
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT
  })
  after(() => {
    collector.close()
    rmSync(directory, { recursive: true, force: true })
  })

  const told = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${up.monitorPort}${path}`)
    return { status: answer.status, text: await answer.text() }
  }

  it('says that it lives and is ready', async () => {
    assert.deepEqual(await told('/healthz'), { status: 200, text: 'OK\n' })
    assert.deepEqual(await told('/readyz'), { status: 200, text: 'OK\n' })
    assert.equal((await told('/secrets')).status, 404)
  })

  it('tells Prometheus of a deployment', async () => {
    const { OS_AUTH_URL = '', OS_PASSWORD = '' } = up.variables
    const { ask } = await visitor(OS_AUTH_URL, OS_PASSWORD, up.endpoint)
    const headers = {
      'x-openstack-request-id': requestId,
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    }
    const { status } = await ask('POST', '/stacks', { headers, body: { stack_name: 'web', template } })
    assert.equal(status, 201)
    const now = async () => (await ask('GET', '/stacks/web')).body.stack.stack_status
    while ((await now()) === 'CREATE_IN_PROGRESS') await pause(50)
    assert.equal(await now(), 'CREATE_COMPLETE')
    const { text } = await told('/metrics')
    const lines = [
      /^hearth_step_seconds_count\{type="OS::Neutron::Net",service="neutron",action="create",outcome="complete"\} 1$/m,
      /^hearth_deployment_seconds_count\{action="create",outcome="complete"\} 1$/m,
      /^hearth_cloud_request_seconds_count\{service="network",method="POST",outcome="done"\} 1$/m,
      /^hearth_api_request_seconds_count\{method="POST",route="\/v1\/:project_id\/stacks",status="2xx"\} 1$/m,
      /^hearth_call_seconds_count\{call="createStack",outcome="answered"\} 1$/m,
      /^hearth_commit_seconds_count\{outcome="done"\} \d+$/m,
      /^hearth_ready 1$/m,
      /^hearth_engines_alive 1$/m,
      /^hearth_event_loop_delay_seconds\{quantile="0.99"\} [\d.e-]+$/m,
    ]
    for (const line of lines) assert.match(text, line)
  })

  it('traces a request from the API into the cloud, with the IDs of all of them', async () => {
    await up.close()
    const own = spans.filter((span) => span.traceId === traceId)
    const named = (name: string): Span =>
      own.find((span) => span.name === name) ?? assert.fail(`no span ${name}`)
    const above = (span: Span): string => own.find(({ spanId }) => spanId === span.parentSpanId)?.name ?? '-'
    assert.equal(named('POST /v1/:project_id/stacks').parentSpanId, 'b7ad6b7169203331')
    assert.equal(above(named('createStack')), 'POST /v1/:project_id/stacks')
    assert.equal(above(named('POST network')), 'resource')
    assert.equal(above(named('resource')), 'deployment')
    assert.ok(own.some((span) => span.name === 'commit' && above(span) === 'resource'))
    assert.match(String(named('POST network').facts['openstack.request_id']), /^req-/)
    assert.deepEqual([...new Set(own.map(({ facts }) => facts['hearth.request_id']))], [requestId])
  })
})

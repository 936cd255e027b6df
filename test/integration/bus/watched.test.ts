import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Simulator, startSimulator } from '../../../src/simulator/index.ts'
import { freePort } from '../../../tools/free-port.ts'
import { type DatabaseService, type Service, startMariadb, startRabbitmq } from '../../../tools/services.ts'
import { simulatedService, siteFile } from '../../../tools/site-file.ts'
import { collected, type Span } from '../../bin/watch/collector.ts'
import { type Visitor, visitor } from '../../bin/watch/visitor.ts'
import { fleetIsMissing } from '../../journeys/fleet.ts'
import { ended } from '../../journeys/hearth.ts'

const program = fileURLToPath(new URL('../../../src/bin/hearth.ts', import.meta.url))

const template = {
  heat_template_version: '2021-04-16',
  resources: { network: { type: 'OS::Neutron::Net' } },
}

describe('an API and an engine that are watched', { skip: fleetIsMissing, timeout: 180_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-watched-'))
  const processes = new Map<'api' | 'engine', ChildProcess>()
  const spans: Span[] = []
  const ports = { api: 0, engine: 0 }
  const requestId = 'req-0123abcd-0123-4567-89ab-0123456789ab'
  let [broker, mariadb, cloud, collector]: Partial<[Service, DatabaseService, Simulator, Server]> = []
  let collectorPort = 0
  let visit: Visitor

  before(async () => {
    ;[broker, mariadb, cloud] = await Promise.all([
      startRabbitmq(),
      startMariadb(),
      startSimulator({ password: 'pw' }),
    ])
    collector = createHttpServer((request, response) => collected(spans, request, response))
    collector.listen(0, '127.0.0.1')
    await once(collector, 'listening')
    collectorPort = (collector.address() as AddressInfo).port
    const port = await freePort()
    const database = await mariadb.create()
    writeFileSync(join(folder, 'hearth.conf'), configuration(database, port))
    for (const part of ['api', 'engine'] as const) await start(part)
    for (const part of ['api', 'engine'] as const) await until(part, true)
    visit = await visitor(cloud.authUrl, 'pw', `http://127.0.0.1:${port}/v1`)
  })

  after(async () => {
    for (const process of processes.values()) await ended(process, 'SIGKILL')
    collector?.close()
    await Promise.all([broker?.stop(), mariadb?.stop(), cloud?.close()])
    rmSync(folder, { recursive: true })
  })

  const configuration = (database: string, port: number): string =>
    siteFile({
      transportUrl: broker?.url ?? '',
      database,
      service: simulatedService(cloud?.authUrl ?? ''),
      port,
    })

  async function start(part: 'api' | 'engine'): Promise<void> {
    ports[part] = await freePort()
    const output = openSync(join(folder, `${part}.log`), 'a')
    const env = {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collectorPort}`,
      OTEL_BSP_SCHEDULE_DELAY: '200',
    }
    const options = ['--config-file', join(folder, 'hearth.conf'), '--monitor-port', String(ports[part])]
    const args = [program, part, ...options]
    processes.set(part, spawn(process.execPath, args, { env, stdio: ['ignore', output, output] }))
  }

  const told = async (part: 'api' | 'engine', path: string): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`http://127.0.0.1:${ports[part]}${path}`)
    return { status: answer.status, text: await answer.text() }
  }

  const isReady = (part: 'api' | 'engine'): Promise<boolean> =>
    told(part, '/readyz').then(
      ({ status }) => status === 200,
      () => false,
    )

  async function until(part: 'api' | 'engine', ready: boolean): Promise<void> {
    for (const over = Date.now() + 60_000; Date.now() < over; await pause(100))
      if ((await isReady(part)) === ready) return
    assert.fail(
      `${part}: not ${ready ? '' : 'un'}ready\n${readFileSync(join(folder, `${part}.log`), 'utf8')}`,
    )
  }

  it('tell of a deployment, and trace it from one through the other into the cloud', async () => {
    const headers = { 'x-openstack-request-id': requestId }
    const { status } = await visit.ask('POST', '/stacks', { headers, body: { stack_name: 'web', template } })
    assert.equal(status, 201)
    const now = async () => (await visit.ask('GET', '/stacks/web')).body.stack.stack_status
    while ((await now()) === 'CREATE_IN_PROGRESS') await pause(100)
    assert.equal(await now(), 'CREATE_COMPLETE')
    const { text } = await told('engine', '/metrics')
    assert.match(
      text,
      /^hearth_step_seconds_count\{type="OS::Neutron::Net",service="neutron",action="create",outcome="complete"\} 1$/m,
    )
    assert.match(
      (await told('api', '/metrics')).text,
      /^hearth_api_request_seconds_count\{method="POST",.* 1$/m,
    )
    const find = () =>
      spans.find(({ name, facts }) => name === 'POST network' && facts['hearth.request_id'] === requestId)
    for (const over = Date.now() + 20_000; find() === undefined && Date.now() < over; ) await pause(100)
    await pause(1000)
    const line: string[] = []
    for (let at = find(); at !== undefined; ) {
      const { parentSpanId, traceId } = at
      line.unshift(`${at.service} ${at.name}`)
      at = spans.find((span) => span.traceId === traceId && span.spanId === parentSpanId)
    }
    assert.equal(line[0], 'hearth-api POST /v1/:project_id/stacks')
    assert.deepEqual(line.slice(-3), [
      'hearth-engine deployment',
      'hearth-engine resource',
      'hearth-engine POST network',
    ])
    assert.ok(line.includes('hearth-engine createStack'), line.join())
    assert.match(String(find()?.facts['openstack.request_id']), /^req-/)
  })

  it('are not ready while the broker or the database is away, live all the same, and are ready again after', async () => {
    await broker?.kill()
    await until('api', false)
    assert.equal((await told('api', '/healthz')).status, 200)
    await broker?.start()
    await until('api', true)
    await mariadb?.kill()
    await until('engine', false)
    assert.match((await told('engine', '/readyz')).text, /could not write into the database/)
    assert.match((await told('engine', '/metrics')).text, /^hearth_ready 0$/m)
    await mariadb?.start()
    await until('engine', true)
  })
})

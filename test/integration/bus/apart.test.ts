import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connectClient, type HearthClient } from '../../../src/client/index.ts'
import { type Simulator, startSimulator } from '../../../src/simulator/index.ts'
import { freePort } from '../../../tools/free-port.ts'
import { type DatabaseService, type Service, startMariadb, startRabbitmq } from '../../../tools/services.ts'
import { simulatedService, siteFile } from '../../../tools/site-file.ts'
import { connectionTo, fleetIsMissing } from '../../journeys/fleet.ts'
import { ended } from '../../journeys/hearth.ts'

const program = fileURLToPath(new URL('../../../src/bin/hearth.ts', import.meta.url))

const template = {
  heat_template_version: '2021-04-16',
  resources: {
    word: { type: 'OS::Heat::RandomString', properties: { length: 12 } },
    pause: { type: 'OS::Heat::Delay', properties: { min_wait: 4 }, depends_on: 'word' },
    network: {
      type: 'OS::Neutron::Net',
      properties: { name: { get_attr: ['word', 'value'] } },
      depends_on: 'pause',
    },
  },
  outputs: { word: { value: { get_attr: ['word', 'value'] } } },
}

describe('an API and two engines as processes of their own', {
  skip: fleetIsMissing,
  timeout: 180_000,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-apart-'))
  const processes = new Map<string, ChildProcess>()
  let broker: Service
  let mariadb: DatabaseService
  let cloud: Simulator
  let database: string
  let port: number
  let client: HearthClient

  before(async () => {
    ;[broker, mariadb, cloud] = await Promise.all([
      startRabbitmq(),
      startMariadb(),
      startSimulator({ password: 'pw' }),
    ])
    database = await mariadb.create()
    port = await freePort()
    writeFileSync(join(folder, 'hearth.conf'), configuration())
    start('api')
    start('engine', 'one')
    start('engine', 'two')
    await answers(`http://127.0.0.1:${port}/healthcheck`)
    cloud.addEndpoint('orchestration', 'hearth', `http://127.0.0.1:${port}/v1/%(project_id)s`)
    const who = { is: 'password', username: 'demo', userDomainName: 'Default', password: 'pw' } as const
    client = await connectClient({
      authUrl: cloud.authUrl,
      credentials: { ...who, projectName: 'demo', projectDomainName: 'Default' },
    })
  })

  after(async () => {
    await Promise.all([...processes.values()].map((process) => ended(process, 'SIGKILL')))
    await Promise.all([broker?.stop(), mariadb?.stop(), cloud?.close()])
    rmSync(folder, { recursive: true })
  })

  const configuration = (): string =>
    siteFile({
      transportUrl: broker.url,
      database,
      service: simulatedService(cloud.authUrl),
      port,
      settings: ['doubt_seconds = 2'],
    })

  function start(part: 'api' | 'engine', host: string = part): void {
    const output = openSync(join(folder, `${host}.log`), 'a')
    const env = { PATH: process.env.PATH ?? '', HOME: folder, OS_DEFAULT__HOST: host }
    const args = [program, part, '--config-file', join(folder, 'hearth.conf')]
    processes.set(host, spawn(process.execPath, args, { env, stdio: ['ignore', output, output] }))
  }

  /** What all processes have said, for whoever reads why a test failed. */
  const logs = (): string =>
    [...processes.keys()]
      .map((host) => `${host}:\n${readFileSync(join(folder, `${host}.log`), 'utf8').slice(-3000)}`)
      .join('\n')

  async function answers(url: string): Promise<void> {
    await until(
      'the API answers',
      async () =>
        await fetch(url).then(
          ({ ok }) => ok,
          () => false,
        ),
    )
  }

  async function until(what: string, is: () => Promise<boolean>, seconds = 60): Promise<void> {
    for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(100)) if (await is()) return
    assert.fail(`not within ${seconds} seconds: ${what}\n${logs()}`)
  }

  /** The name of the engine that is deploying something. */
  async function owner(): Promise<string> {
    const connection = await connectionTo(database)
    const [rows] = await connection.query(
      'select e.host from hearth_engine e join hearth_deployment d on d.engine_id = e.id',
    )
    await connection.end()
    return (rows as { host: string }[])[0]?.host ?? assert.fail(`no engine owns the stack\n${logs()}`)
  }

  const statusOf = async (resource: string): Promise<string> => {
    const { resources } = await client.listResources('apart', {})
    return resources.find(({ resource_name }) => resource_name === resource)?.resource_status ?? ''
  }
  const networksCalled = (name: unknown): readonly object[] =>
    (cloud.census().networks ?? []).filter((one) => 'name' in one && one.name === name)
  const stackStatus = async (): Promise<string> => (await client.showStack('apart')).stack.stack_status

  it('goes on with a stack in the second engine when the first, which deploys it, is killed', async () => {
    await client.createStack({ stack_name: 'apart', template })
    await until('the pause has begun', async () => (await statusOf('pause')) === 'CREATE_IN_PROGRESS')
    const killed = await owner()
    await ended(processes.get(killed), 'SIGKILL')
    const at = Date.now()
    await until('the stack is complete', async () => (await stackStatus()) === 'CREATE_COMPLETE', 20)
    assert.ok(Date.now() - at < 16_000, `${Date.now() - at} ms`)
    const { stack } = await client.showStack('apart')
    const word = stack.outputs?.find(({ output_key }) => output_key === 'word')?.output_value
    assert.equal(networksCalled(word).length, 1)
  })

  it('tells a caller what the engine refuses', async () => {
    await assert.rejects(client.createStack({ stack_name: 'apart', template }), {
      code: 'StackExists',
      status: 409,
    })
    await assert.rejects(client.showStack('missing'), { status: 404 })
  })

  it('goes on while the broker is away, and deletes the stack when it is back', async () => {
    const { stack } = await client.showStack('apart')
    const word = stack.outputs?.[0]?.output_value
    await broker.kill()
    await broker.start()
    await client.deleteStack('apart')
    await until(
      'the stack is gone',
      async () =>
        await stackStatus().then(
          (status) => status === 'DELETE_COMPLETE',
          () => true,
        ),
    )
    assert.deepEqual(networksCalled(word), [])
    assert.doesNotMatch(logs(), /"level":50/)
  })

  it('stops when it is asked to', async () => {
    for (const process of processes.values()) await ended(process, 'SIGTERM')
    assert.deepEqual([...processes.values()].map(({ exitCode }) => exitCode).sort(), [0, 0, null])
  })
})

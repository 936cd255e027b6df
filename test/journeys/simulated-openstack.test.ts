import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort } from '../../tools/free-port.ts'
import { Cloud } from './cloud.ts'
import { HearthProcess } from './hearth.ts'
import { OpenStack } from './openstack.ts'

const here = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const run = promisify(execFile)

/** Hearth's own program, against the service of a state directory. */
async function hearthCommand(directory: string, ...args: readonly string[]): Promise<string> {
  const program = [
    '--disable-warning=ExperimentalWarning',
    here('src/bin/hearth.ts'),
    '--state-dir',
    directory,
  ]
  const { stdout } = await run(process.execPath, [...program, ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' },
  })
  return stdout
}

/** What Hearth's own program says and how it ends, where that is not well. */
async function refusedCommand(
  directory: string,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly stderr: string }> {
  return await hearthCommand(directory, ...args).then(
    (stdout) => assert.fail(`it should have been refused:\n${stdout}`),
    (error: { code: number; stderr: string }) => error,
  )
}

type Named = Readonly<Record<string, string>>

describe('hearth up alone, with the variables that it prints', { timeout: 300_000 }, () => {
  const service = new HearthProcess(['up'])
  const folder = mkdtempSync(join(tmpdir(), 'hearth-journey-'))
  let openstack: OpenStack
  let cloud: Cloud
  let earlier: readonly string[]

  before(async () => {
    await service.start(await freePort(2))
    openstack = new OpenStack(service.variables())
    cloud = await Cloud.open(service.variables())
    await cloud.everything()
    earlier = await cloud.everything()
  })
  after(async () => {
    await service.stop()
    rmSync(folder, { recursive: true })
  })

  test('is an OpenStack to the openstack program', async () => {
    const [token, catalog, images, flavors, servers, networks] = await Promise.all([
      openstack.value('project_id', 'token', 'issue'),
      openstack.json<readonly { Type: string }[]>('catalog', 'list'),
      openstack.json<readonly { Name: string }[]>('image', 'list'),
      openstack.json<readonly { Name: string }[]>('flavor', 'list'),
      openstack.json<readonly object[]>('server', 'list'),
      openstack.json<readonly { Name: string }[]>('network', 'list'),
    ])
    assert.match(token, /^[0-9a-f]{32}$/)
    const types = catalog.map(({ Type }) => Type)
    for (const type of ['identity', 'compute', 'network', 'image', 'orchestration'])
      assert.ok(types.includes(type), type)
    assert.ok(images.some(({ Name }) => Name === 'cirros'))
    assert.ok(flavors.some(({ Name }) => Name === 'm1.tiny'))
    assert.deepEqual(servers, [])
    assert.ok(networks.some(({ Name }) => Name === 'public'))
    await openstack.text('network', 'create', 'mine')
    assert.deepEqual(await openstack.json('port', 'list', '--network', 'mine'), [])
    await openstack.text('network', 'delete', 'mine')
  })

  test('makes networks, volumes and keys for the openstack program, and takes them away', async () => {
    const networks = async () => {
      await openstack.text('network', 'create', 'wide')
      await openstack.text('subnet', 'create', '--network', 'wide', '--subnet-range', '10.1.0.0/24', 'inside')
      await openstack.text('port', 'create', '--network', 'wide', 'plug')
      const ports = await openstack.json<readonly Named[]>('port', 'list', '--network', 'wide')
      assert.deepEqual(
        ports.map(({ Name }) => Name),
        ['plug'],
      )
      await assert.rejects(openstack.text('network', 'delete', 'wide'), /one or more ports still in use/)
      await openstack.text('port', 'delete', 'plug')
      await openstack.text('network', 'delete', 'wide')
    }
    const volumes = async () => {
      await openstack.text('volume', 'create', '--size', '1', 'disk')
      assert.equal(await openstack.value('size', 'volume', 'show', 'disk'), '1')
      await openstack.text('volume', 'delete', 'disk')
    }
    const keys = async () => {
      assert.match(await openstack.text('keypair', 'create', 'door'), /^-----BEGIN [A-Z ]*PRIVATE KEY-----/)
      await openstack.text('keypair', 'delete', 'door')
    }
    await Promise.all([networks(), volumes(), keys()])
  })

  test('deploys the example for the openstack program, and deletes it', async () => {
    const log = await openstack.text(
      'stack',
      'create',
      '-t',
      here('examples/first-stack.yaml'),
      '--wait',
      'first',
    )
    assert.match(log, /Stack CREATE completed successfully/)
    const volume = (
      await openstack.json<readonly { resource_name: string; physical_resource_id: string }[]>(
        'stack',
        'resource',
        'list',
        'first',
      )
    ).find(({ resource_name }) => resource_name === 'data')
    const [shown, servers, stacks] = await Promise.all([
      openstack.json<{ status: string }>('volume', 'show', volume?.physical_resource_id ?? ''),
      openstack.json<readonly { Status: string }[]>('server', 'list'),
      openstack.json<readonly { 'Stack Status': string }[]>('stack', 'list'),
    ])
    assert.equal(shown.status, 'in-use')
    assert.deepEqual(
      servers.map(({ Status }) => Status),
      ['ACTIVE', 'ACTIVE'],
    )
    assert.deepEqual(
      stacks.map((one) => one['Stack Status']),
      ['CREATE_COMPLETE'],
    )
    const [status, events, website, plan] = await Promise.all([
      openstack.value('stack_status', 'stack', 'show', 'first'),
      openstack.text('stack', 'event', 'list', 'first'),
      openstack.value('output_value', 'stack', 'output', 'show', 'first', 'website'),
      openstack.json<Named>(
        ...['stack', 'update', '--dry-run', '-t', here('examples/first-stack.yaml')],
        ...['--parameter', 'volume_size=2', 'first'],
      ),
    ])
    assert.equal(status, 'CREATE_COMPLETE')
    assert.match(events, /\[first\.web\]: CREATE_COMPLETE {2}state changed/)
    assert.match(website, /^http:\/\/172\.24\.4\.\d+\/$/)
    assert.deepEqual(
      (JSON.parse(plan.updated ?? '[]') as readonly Named[]).map((one) => one.resource_name),
      ['data'],
    )
    await openstack.text('stack', 'delete', '--wait', '-y', 'first')
    assert.deepEqual(await openstack.json('server', 'list'), [])
  })

  test('deploys nested templates for its own program, and says beforehand what a change will do', async () => {
    const directory = service.directory
    const template = here('examples/web-tier/tier.yaml')
    const made = ['-t', template, '-e', here('examples/web-tier/large.yaml')]
    await hearthCommand(directory, 'stack', 'create', ...made, '--wait', 'web')
    const outputs = await hearthCommand(directory, 'stack', 'output', 'show', '--all', 'web', '-f', 'json')
    assert.equal((outputs.match(/10\.21\.0\.\d+/g) ?? []).length, 5)
    const plan = await hearthCommand(directory, 'stack', 'update', '--dry-run', '-t', template, 'web')
    assert.match(plan, /members/)
    await hearthCommand(directory, 'stack', 'delete', '--yes', '--wait', 'web')
    assert.equal(JSON.parse(await hearthCommand(directory, 'stack', 'list', '-f', 'json')).length, 0)
  })

  test('has its own program point at what is wrong, and end with a code that says so', async () => {
    const broken = join(folder, 'broken.yaml')
    const lines = ['heat_template_version: 2021-04-16', 'resources:', '  net:', '    type: OS::Neutron::Net']
    writeFileSync(broken, [...lines, '    properties:', '      nmae: private', ''].join('\n'))
    const [wrong, unknown, misspelt, absent] = await Promise.all([
      refusedCommand(service.directory, 'template', 'validate', '-t', broken),
      refusedCommand(service.directory, 'stack', 'show', 'nobody'),
      refusedCommand(service.directory, 'stack', 'list', '--nobody'),
      refusedCommand(service.directory, 'stack', 'create', '-t', join(folder, 'absent.yaml'), 'x'),
    ])
    assert.deepEqual(
      [wrong, unknown, misspelt, absent].map(({ code }) => code),
      [1, 1, 2, 1],
    )
    assert.match(
      wrong.stderr,
      /broken\.yaml:6:7: error: .*Unknown Property nmae \[UnknownProperty\]\n +6 \| +nmae: private\n +\| +\^~~~/,
    )
    assert.match(wrong.stderr, /Did you mean "name"\?/)
    assert.match(unknown.stderr, /The Stack \(nobody\) could not be found/)
    assert.match(absent.stderr, /absent\.yaml/)
    await hearthCommand(service.directory, 'template', 'validate', '-t', here('examples/first-stack.yaml'))
  })

  test('has nothing left in the end', async () => {
    assert.deepEqual(await cloud.everything(), earlier)
  })
})

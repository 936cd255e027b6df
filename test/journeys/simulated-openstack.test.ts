import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Cloud } from './cloud.ts'
import { freePort, HearthProcess } from './hearth.ts'
import { OpenStack } from './openstack.ts'

const example = (name: string): string => fileURLToPath(new URL(`../../examples/${name}`, import.meta.url))
const program = fileURLToPath(new URL('../../src/bin/hearth.ts', import.meta.url))

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

type Named = Readonly<Record<string, string>>

describe('a simulated OpenStack, to be used like a real one', { timeout: 90_000 }, () => {
  const hearth = new HearthProcess(['up'])
  const folder = mkdtempSync(join(tmpdir(), 'hearth-journey-'))
  let openstack: OpenStack
  let cloud: Cloud
  let earlier: readonly string[]

  /** Runs Hearth's own command, with the variables that `hearth env` prints. */
  const command = (...args: readonly string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const env = { PATH: process.env.PATH, HOME: process.env.HOME, ...hearth.variables() }
      execFile(process.execPath, [program, ...args], { env, timeout: 60_000 }, (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), out, err }),
      )
    })

  before(async () => {
    await hearth.start(await freePort(2))
    openstack = new OpenStack(hearth.variables())
    cloud = await Cloud.open(hearth.variables())
    await cloud.everything()
    earlier = await cloud.everything()
  })
  after(async () => {
    await hearth.stop()
    rmSync(folder, { recursive: true })
  })

  test("Debian's openstack program finds its way about", async () => {
    const column = async (name: string, ...args: readonly string[]) =>
      (await openstack.json<readonly Named[]>(...args)).map((row) => row[name])
    const [project, services, images, flavors, servers] = await Promise.all([
      openstack.value('project_id', 'token', 'issue'),
      column('Type', 'catalog', 'list'),
      column('Name', 'image', 'list'),
      column('Name', 'flavor', 'list'),
      openstack.text('server', 'list', '-f', 'value'),
    ])
    assert.equal(project, cloud.projectId)
    const expected = ['block-storage', 'compute', 'identity', 'image', 'network', 'orchestration', 'volumev3']
    assert.deepEqual(services.sort(), expected)
    assert.deepEqual(images, ['cirros'])
    assert.deepEqual(flavors.sort(), ['m1.small', 'm1.tiny'])
    assert.equal(servers, '')
  })

  test('it makes networks, volumes and keys, and takes them away', async () => {
    const networks = async () => {
      await openstack.text('network', 'create', 'mine')
      await openstack.text('subnet', 'create', '--network', 'mine', '--subnet-range', '10.1.0.0/24', 'inside')
      await openstack.text('port', 'create', '--network', 'mine', 'plug')
      const ports = await openstack.text(
        'port',
        'list',
        '-f',
        'value',
        '-c',
        'Name',
        '-c',
        'Fixed IP Addresses',
      )
      assert.match(ports, /^plug .*10\.1\.0\.\d+/m)
      // A network with a port in use can't go.
      await assert.rejects(
        openstack.text('network', 'delete', 'mine'),
        /There are one or more ports still in use/,
      )
      await openstack.text('port', 'delete', 'plug')
      await openstack.text('network', 'delete', 'mine')
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

  test('it makes the first stack of the examples, shows it in every way and deletes it', async () => {
    const log = await openstack.text('stack', 'create', '--wait', '-t', example('first-stack.yaml'), 'first')
    assert.match(log, /\[first\]: CREATE_COMPLETE {2}Stack CREATE completed successfully/)
    const [list, status, resources, events, website, servers, plan] = await Promise.all([
      openstack.json<readonly Named[]>('stack', 'list'),
      openstack.value('stack_status', 'stack', 'show', 'first'),
      openstack.json<readonly Named[]>('stack', 'resource', 'list', 'first'),
      openstack.text('stack', 'event', 'list', 'first'),
      openstack.value('output_value', 'stack', 'output', 'show', 'first', 'website'),
      openstack.json<readonly Named[]>('server', 'list'),
      openstack.json<Named>(
        ...['stack', 'update', '--dry-run', '-t', example('first-stack.yaml')],
        ...['--parameter', 'volume_size=2', 'first'],
      ),
    ])
    assert.deepEqual([list.length, list[0]?.['Stack Status']], [1, 'CREATE_COMPLETE'])
    assert.equal(status, 'CREATE_COMPLETE')
    assert.equal(resources.length, 12)
    assert.ok(resources.every((row) => row.resource_status === 'CREATE_COMPLETE'))
    assert.match(events, /\[first\.web\]: CREATE_COMPLETE {2}state changed/)
    assert.match(website, /^http:\/\/172\.24\.4\.\d+\/$/)
    assert.deepEqual(
      servers.map(({ Status }) => Status),
      ['ACTIVE', 'ACTIVE'],
    )
    const updated = JSON.parse(plan.updated ?? '[]') as readonly Named[]
    assert.deepEqual(
      updated.map((one) => one.resource_name),
      ['data'],
    )
    await openstack.text('stack', 'delete', '--wait', '-y', 'first')
    assert.equal(await openstack.text('stack', 'list', '-f', 'value'), '')
  })

  test("Hearth's own command makes a stack of templates inside templates, with an environment", async () => {
    const files = ['-t', example('web-tier/tier.yaml'), '-e', example('web-tier/large.yaml')]
    const made = await command('stack', 'create', '--wait', ...files, 'web')
    assert.equal(made.code, 0, made.err)
    assert.match(made.err, /\[web\.members\.4\.server\]: CREATE_COMPLETE/)
    const [list, addresses, plan] = await Promise.all([
      command('stack', 'list', '-f', 'json'),
      command('stack', 'output', 'show', 'web', 'addresses', '-f', 'json'),
      command('stack', 'update', '--dry-run', ...files, '--parameter', 'servers=4', 'web'),
    ])
    assert.deepEqual(
      (JSON.parse(list.out) as readonly Named[]).map((row) => [row['Stack Name'], row['Stack Status']]),
      [['web', 'CREATE_COMPLETE']],
    )
    const shown = JSON.parse(addresses.out) as { output_value: Named }
    assert.deepEqual(Object.keys(shown.output_value), ['0', '1', '2', '3', '4'])
    assert.equal(plan.code, 0, plan.err)
    assert.match(plan.out, /members/)
    const deleted = await command('stack', 'delete', '--wait', '-y', 'web')
    assert.equal(deleted.code, 0, deleted.err)
  })

  test("Hearth's own command points at what is wrong, and its exit code says so", async () => {
    const broken = join(folder, 'broken.yaml')
    writeFileSync(
      broken,
      `heat_template_version: 2021-04-16
resources:
  net:
    type: OS::Neutron::Net
    properties:
      nmae: private
`,
    )
    const [refused, unknown, misspelt, sound, gone] = await Promise.all([
      command('template', 'validate', '-t', broken),
      command('stack', 'show', 'nobody'),
      command('stack', 'list', '--nobody'),
      command('template', 'validate', '-t', example('first-stack.yaml')),
      command('stack', 'create', '-t', join(folder, 'absent.yaml'), 'x'),
    ])
    assert.equal(refused.code, 1)
    assert.match(
      refused.err,
      /broken\.yaml:6:7: error: Property error: resources\.net\.properties: Unknown Property nmae\n +6 \| +nmae: private\n +\| +\^~+\n +Did you mean "name"\?/,
    )
    assert.deepEqual([unknown.code, misspelt.code, sound.code, gone.code], [1, 2, 0, 1])
    assert.match(unknown.err, /The Stack \(nobody\) could not be found/)
    assert.match(gone.err, /absent\.yaml/)
  })

  test('nothing is left', async () => {
    assert.deepEqual(await cloud.everything(), earlier)
  })
})

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { freePort, HearthProcess } from './hearth.ts'
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

describe('hearth up alone, with the variables that it prints', { timeout: 300_000 }, () => {
  const service = new HearthProcess(['up'])
  let openstack: OpenStack

  before(async () => {
    await service.start(await freePort())
    openstack = new OpenStack(service.variables())
  })
  after(() => service.stop())

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
})

import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Cloud } from './cloud.ts'
import { HearthProcess } from './hearth.ts'
import { administrator, newTenant, OpenStack, type Tenant } from './openstack.ts'

const example = fileURLToPath(new URL('../../examples/first-stack.yaml', import.meta.url))

/** The example, changed: one resource in place, one by replacement, one taken away. */
function changedExample(): string {
  const changed = readFileSync(example, 'utf8')
    .replace('metadata: { role: web }', 'metadata: { role: web, tier: front }')
    .replace(
      '      size: { get_param: volume_size }',
      '      size: { get_param: volume_size }\n      availability_zone: nova',
    )
    .replace(/ {2}address:\n[\s\S]*?\n\n/, '')
    .replace(/ {2}website:\n[\s\S]*?(?= {2}database_address:)/, '')
  const path = join(mkdtempSync(join(tmpdir(), 'hearth-journey-')), 'changed.yaml')
  writeFileSync(path, changed)
  return path
}

interface Listed {
  readonly resource_name: string
  readonly resource_status: string
  readonly physical_resource_id: string
}

describe('a stack on a real OpenStack, through the openstack program', { timeout: 900_000 }, () => {
  const hearth = new HearthProcess(['up', '--cloud', 'env', '--register'], administrator())
  const name = `journey-${process.pid}`
  const ids = new Map<string, string>()
  let tenant: Tenant
  let openstack: OpenStack
  let cloud: Cloud
  let earlier: readonly string[]

  const resources = (): Promise<readonly Listed[]> =>
    openstack.json('stack', 'resource', 'list', '-n', '5', name)

  before(async () => {
    await hearth.start(8004)
    tenant = await newTenant(name)
    openstack = new OpenStack(tenant.variables)
    cloud = await Cloud.open(tenant.variables)
    // Neutron makes a project's default group when it is first asked about its groups.
    await cloud.everything()
    earlier = await cloud.everything()
  })
  after(async () => {
    await tenant.remove()
    await hearth.stop()
  })

  test('create makes everything and says so', async () => {
    const log = await openstack.text('stack', 'create', '-t', example, '--wait', name)
    assert.match(log, /CREATE_COMPLETE {2}Stack CREATE completed successfully/)
    for (const { resource_name, resource_status, physical_resource_id } of await resources()) {
      assert.equal(resource_status, 'CREATE_COMPLETE', resource_name)
      ids.set(resource_name, physical_resource_id)
    }
    assert.equal(ids.size, 12)
  })

  test('show, events and outputs tell what was made', async () => {
    assert.equal(await openstack.value('stack_status', 'stack', 'show', name), 'CREATE_COMPLETE')
    const outputs = await openstack.json<Record<string, string>>('stack', 'output', 'show', '--all', name)
    const address = JSON.parse(outputs.website ?? '{}') as { output_value: string }
    assert.match(address.output_value, /^http:\/\/172\.24\.4\.\d+\/$/)
    const events = await openstack.text('stack', 'event', 'list', name)
    assert.match(events, /\.web\]: CREATE_COMPLETE/)
    const server = await openstack.json<{ status: string; name: string }>(
      'server',
      'show',
      ids.get('web') ?? '',
    )
    assert.equal(server.status, 'ACTIVE')
  })

  test('a dry run says what an update would do, and the update does that', async () => {
    const template = changedExample()
    const plan = await openstack.json<Record<string, string>>(
      'stack',
      'update',
      '--dry-run',
      '-t',
      template,
      name,
    )
    const planned = (group: string): readonly string[] =>
      (JSON.parse(plan[group] ?? '[]') as { resource_name: string }[]).map((one) => one.resource_name).sort()
    assert.deepEqual(planned('updated'), ['data_attachment', 'web'])
    assert.deepEqual(planned('replaced'), ['data'])
    assert.deepEqual(planned('deleted'), ['address'])

    const log = await openstack.text('stack', 'update', '-t', template, '--wait', name)
    assert.match(log, /UPDATE_COMPLETE {2}Stack UPDATE completed successfully/)
    const now = new Map((await resources()).map((one) => [one.resource_name, one.physical_resource_id]))
    const changed = [...ids.keys()].filter((key) => now.get(key) !== ids.get(key)).sort()
    assert.deepEqual(changed, ['address', 'data', 'data_attachment'])
    const { properties } = await openstack.json<{ properties: Record<string, string> }>(
      'server',
      'show',
      now.get('web') ?? '',
    )
    assert.equal(properties.tier, 'front')
  })

  test('delete leaves nothing behind', async () => {
    await openstack.text('stack', 'delete', '--wait', '-y', name)
    assert.equal(await openstack.text('stack', 'list', '-f', 'value'), '')
    for (const kind of ['server', 'port', 'volume'])
      assert.equal(await openstack.text(kind, 'list', '-f', 'value'), '', kind)
    assert.deepEqual(await cloud.everything(), earlier)
  })
})

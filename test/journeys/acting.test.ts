import assert from 'node:assert/strict'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { HearthProcess } from './hearth.ts'
import { administrator, newTenant, OpenStack, type Tenant } from './openstack.ts'

const folder = mkdtempSync(join(tmpdir(), 'hearth-journey-'))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

file(
  'inner.yaml',
  `heat_template_version: 2018-08-31
resources:
  first: {type: OS::Cinder::Volume, properties: {size: 1}}
  second: {type: OS::Cinder::Volume, properties: {size: 1}}
`,
)

const template = (value: string, more = '') =>
  file(
    `outer-${value}.yaml`,
    `heat_template_version: 2018-08-31
resources:
  net: {type: OS::Neutron::Net}
  subnet: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.77.0.0/24}}
  server:
    type: OS::Nova::Server
    depends_on: subnet
    properties:
      image: cirros
      flavor: m1.tiny
      networks: [{network: {get_resource: net}}]
      metadata: {value: ${value}}
  inside: {type: inner.yaml}
${more}`,
  )

const slow = `  slow:
    type: OS::Heat::TestResource
    properties: {action_wait_secs: {create: 600}}
`

interface Listed {
  readonly resource_name: string
  readonly resource_status: string
  readonly physical_resource_id: string
}

describe('what is done to a stack as it is, through the openstack program', { timeout: 900_000 }, () => {
  const hearth = new HearthProcess(['up', '--cloud', 'env', '--register'], administrator())
  const name = `acting-${process.pid}`
  let tenant: Tenant
  let openstack: OpenStack

  const resources = async (): Promise<ReadonlyMap<string, Listed>> => {
    const all = await openstack.json<readonly Listed[]>('stack', 'resource', 'list', '-n', '5', name)
    return new Map(all.map((one) => [one.resource_name, one]))
  }
  const states = async () => new Set([...(await resources()).values()].map((one) => one.resource_status))
  const idOf = async (resource: string) => (await resources()).get(resource)?.physical_resource_id ?? ''
  const serverStatus = async () => openstack.value('status', 'server', 'show', await idOf('server'))
  const show = (field: string) => openstack.value(field, 'stack', 'show', name)

  before(async () => {
    await hearth.start(8004)
    tenant = await newTenant(name)
    openstack = new OpenStack(tenant.variables)
    await openstack.text('stack', 'create', '-t', template('one'), '--wait', name)
  })
  after(async () => {
    await openstack.text('stack', 'delete', '--wait', '-y', name)
    await tenant.remove()
    await hearth.stop()
  })

  test('suspend suspends its server, and a second one changes nothing', async () => {
    await openstack.text('stack', 'suspend', '--wait', name)
    assert.equal(await show('stack_status'), 'SUSPEND_COMPLETE')
    assert.deepEqual(await states(), new Set(['SUSPEND_COMPLETE']))
    assert.equal(await serverStatus(), 'SUSPENDED')
    await openstack.text('stack', 'suspend', '--wait', name)
    await assert.rejects(
      openstack.text('stack', 'update', '-t', template('two'), name),
      /Updating a stack when it is suspended is not supported/,
    )
  })

  test('resume resumes it', async () => {
    await openstack.text('stack', 'resume', '--wait', name)
    assert.equal(await show('stack_status'), 'RESUME_COMPLETE')
    assert.deepEqual(await states(), new Set(['RESUME_COMPLETE']))
    assert.equal(await serverStatus(), 'ACTIVE')
  })

  test('check finds what is amiss, however deep, and the next update mends that and nothing else', async () => {
    await openstack.text('stack', 'check', '--wait', name)
    assert.equal(await show('stack_status'), 'CHECK_COMPLETE')
    const before = await resources()
    await new OpenStack(administrator()).text('volume', 'set', '--state', 'error', await idOf('second'))
    await assert.rejects(openstack.text('stack', 'check', '--wait', name), /CHECK_FAILED/)
    assert.match(
      await show('stack_status_reason'),
      /^Resource CHECK failed: Error: resources\.inside\.resources\.second: 'status': expected '\['available', 'in-use'\]', got 'error'$/,
    )
    await openstack.text('stack', 'update', '-t', template('one'), '--wait', name)
    const now = await resources()
    const changed = [...before.keys()].filter(
      (key) => before.get(key)?.physical_resource_id !== now.get(key)?.physical_resource_id,
    )
    assert.deepEqual(changed, ['second'])
  })

  test('what is marked unhealthy is replaced', async () => {
    const before = await idOf('server')
    await openstack.text('stack', 'resource', 'mark', 'unhealthy', name, 'server', 'its disk is full')
    const shown = await openstack.json<Record<string, string>>('stack', 'resource', 'show', name, 'server')
    assert.equal(`${shown.resource_status} ${shown.resource_status_reason}`, 'CHECK_FAILED its disk is full')
    await openstack.text('stack', 'resource', 'mark', 'unhealthy', '--reset', name, before)
    assert.equal((await resources()).get('server')?.resource_status, 'CHECK_COMPLETE')
    await openstack.text('stack', 'resource', 'mark', 'unhealthy', name, 'server')
    await openstack.text('stack', 'update', '-t', template('one'), '--wait', name)
    assert.notEqual(await idOf('server'), before)
  })

  test('an update is cancelled, and taken back or left as it is', async () => {
    await openstack.text('stack', 'update', '-t', template('three', slow), name)
    await openstack.text('stack', 'cancel', '--wait', name)
    assert.equal(await show('stack_status'), 'ROLLBACK_COMPLETE')
    await openstack.text('stack', 'update', '-t', template('four', slow), name)
    await assert.rejects(openstack.text('stack', 'cancel', '--no-rollback', '--wait', name), /UPDATE_FAILED/)
    assert.equal(await show('stack_status_reason'), 'Stack UPDATE cancelled')
    await assert.rejects(openstack.text('stack', 'cancel', name), /not in cancelable state/)
    await openstack.text('stack', 'update', '-t', template('one'), '--wait', name)
    assert.equal(await show('stack_status'), 'UPDATE_COMPLETE')
  })
})

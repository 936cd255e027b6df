import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { Cloud } from './cloud.ts'
import { HearthProcess } from './hearth.ts'
import { administrator, newTenant, OpenStack, type Tenant } from './openstack.ts'
import { publicTemplate } from './public-templates.ts'

const common = { image: 'cirros', key_name: 'lab', flavor: 'm1.tiny' }
const here = `journey-${process.pid}`

describe('public templates on a real OpenStack, through the openstack program', {
  timeout: 1_800_000,
}, () => {
  const hearth = new HearthProcess(['up', '--cloud', 'env', '--register'], administrator())
  let tenant: Tenant
  let openstack: OpenStack
  let cloud: Cloud
  let earlier: readonly string[]
  let network = ''
  let subnet = ''

  /** A network of the user's own, with a way to the outside, and a key: some templates expect them to be there. */
  before(async () => {
    await hearth.start(8004)
    tenant = await newTenant(here)
    openstack = new OpenStack(tenant.variables)
    cloud = await Cloud.open(tenant.variables)
    await openstack.text('keypair', 'create', 'lab')
    network = await openstack.value('id', 'network', 'create', here)
    subnet = await openstack.value(
      'id',
      'subnet',
      'create',
      '--network',
      network,
      '--subnet-range',
      '10.40.0.0/24',
      here,
    )
    await openstack.text('router', 'create', '--external-gateway', 'public', here)
    await openstack.text('router', 'add', 'subnet', here, subnet)
    earlier = await cloud.everything()
  })
  after(async () => {
    await openstack.text('router', 'remove', 'subnet', here, subnet)
    await openstack.text('router', 'delete', here)
    await openstack.text('network', 'delete', here)
    await openstack.text('keypair', 'delete', 'lab')
    await tenant.remove()
    await hearth.stop()
  })

  const templates: readonly (readonly [path: string, parameters: () => Record<string, string>])[] = [
    ['hot/hello_world.yaml', () => ({ ...common, admin_pass: 'Secret12' })],
    ['hot/server_console.yaml', () => ({ image: 'cirros', flavor: 'm1.tiny' })],
    ['hot/vm_with_cinder.yaml', () => ({ ...common, network })],
    [
      'hot/servers_in_existing_neutron_net.yaml',
      () => ({ ...common, private_net_id: network, private_subnet_id: subnet, public_net_id: 'public' }),
    ],
    [
      'hot/servers_in_new_neutron_net.yaml',
      () => ({
        ...common,
        public_net: 'public',
        private_net_name: `${here}-new`,
        private_net_cidr: '10.41.0.0/24',
        private_net_gateway: '10.41.0.1',
        private_net_pool_start: '10.41.0.10',
        private_net_pool_end: '10.41.0.99',
      }),
    ],
    ['hot/condition.yaml', () => ({})],
    ['hot/resource_group/random.yaml', () => ({ index: '1', lengths: '4,5' })],
    [
      'hot/resource_group/server_with_volumes.yaml',
      () => ({ image_id: 'cirros', instance_type: 'm1.tiny', key_name: 'lab' }),
    ],
  ]

  for (const [path, parameters] of templates) {
    test(`${path} is created and deleted, and leaves nothing behind`, async (t) => {
      const name = path.replaceAll(/[^a-z]+/g, '-').replace(/-yaml$/, '')
      const given = Object.entries(parameters()).flatMap(([key, value]) => ['--parameter', `${key}=${value}`])
      let deleted = false
      t.after(async () => {
        if (!deleted) await openstack.text('stack', 'delete', '--wait', '-y', name).catch(() => {})
      })
      await openstack
        .text('stack', 'create', '-t', publicTemplate(path), ...given, '--wait', name)
        .catch(async (error: unknown) => {
          assert.fail(
            `${String(error)}\n${await openstack.text('stack', 'failures', 'list', '--long', name)}`,
          )
        })
      assert.equal(await openstack.value('stack_status', 'stack', 'show', name), 'CREATE_COMPLETE')
      const outputs = await openstack.json<readonly { output_key: string; output_error?: string }[]>(
        'stack',
        'output',
        'list',
        name,
      )
      await Promise.all(
        outputs.map(({ output_key }) => openstack.json('stack', 'output', 'show', name, output_key)),
      )
      await openstack.text('stack', 'delete', '--wait', '-y', name)
      deleted = true
      assert.deepEqual(await cloud.everything(), earlier)
    })
  }

  test('the lists show nothing that was not there before', async () => {
    assert.equal(await openstack.text('stack', 'list', '-f', 'value'), '')
    assert.equal(await openstack.text('server', 'list', '-f', 'value'), '')
    assert.equal(await openstack.text('volume', 'list', '-f', 'value'), '')
    assert.equal(
      (await openstack.text('network', 'list', '--internal', '-f', 'value', '-c', 'Name')).trim(),
      here,
    )
  })
})

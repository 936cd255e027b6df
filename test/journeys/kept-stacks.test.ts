import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../tools/free-port.ts'
import { Cloud } from './cloud.ts'
import { HearthProcess } from './hearth.ts'
import { OpenStack } from './openstack.ts'

const template = `
heat_template_version: 2021-04-16
resources:
  net: {type: OS::Neutron::Net}
  sub: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.9.0.0/24}}
  server:
    type: OS::Nova::Server
    properties: {image: cirros, flavor: m1.tiny, networks: [{subnet: {get_resource: sub}}]}
  disk: {type: OS::Cinder::Volume, properties: {size: 1}}
  text: {type: OS::Heat::RandomString}
  more: {type: OS::Heat::ResourceGroup, properties: {count: 2, resource_def: {type: OS::Neutron::Net}}}
outputs:
  text: {value: {get_attr: [text, value]}}
`

describe('stacks that are kept, through the openstack program', { timeout: 300_000 }, () => {
  const allowed = { OS_DEFAULT__ENABLE_STACK_ABANDON: 'true', OS_DEFAULT__ENABLE_STACK_ADOPT: 'true' }
  const service = new HearthProcess(['up'], allowed)
  const folder = mkdtempSync(join(tmpdir(), 'hearth-journey-'))
  const path = join(folder, 'web.yaml')
  const document = join(folder, 'web.json')
  let openstack: OpenStack
  let cloud: Cloud

  const ids = async (name: string): Promise<Readonly<Record<string, string>>> => {
    const all = await openstack.json<
      readonly { readonly resource_name: string; readonly physical_resource_id: string }[]
    >('stack', 'resource', 'list', '-n', '2', name)
    const own = all.filter(({ resource_name }) => resource_name !== 'more')
    return Object.fromEntries(own.map((one) => [one.resource_name, one.physical_resource_id]))
  }

  const snapshots = () =>
    openstack.json<readonly { readonly id: string; readonly name: string; readonly status: string }[]>(
      ...['stack', 'snapshot', 'list', 'again'],
    )

  /** The images and backups that there are. */
  const kept = async () => {
    const [{ images }, { backups }] = await Promise.all([
      cloud.get<{ readonly images: readonly { readonly id: string }[] }>('image', '/v2/images?limit=100'),
      cloud.get<{ readonly backups: readonly { readonly id: string }[] }>('volumev3', '/backups'),
    ])
    return { images: images.map(({ id }) => id), backups: backups.map(({ id }) => id) }
  }

  before(async () => {
    writeFileSync(path, template)
    await service.start(await freePort(2))
    openstack = new OpenStack(service.variables())
    cloud = await Cloud.open(service.variables())
    await openstack.text('stack', 'create', '--wait', '-t', path, 'web')
  })
  after(async () => {
    await service.stop()
    rmSync(folder, { recursive: true })
  })

  test('what is abandoned stays, and is adopted again as it was', async () => {
    const text = await openstack.value('output_value', 'stack', 'output', 'show', 'web', 'text')
    const [before, there] = [await ids('web'), await cloud.everything()]
    await openstack.text('stack', 'export', 'web', '--output-file', document)
    await openstack.text('stack', 'abandon', 'web', '--output-file', document)
    await until(async () => (await openstack.text('stack', 'list', '-f', 'value')) === '')
    assert.deepEqual(await cloud.everything(), there)
    const log = await openstack.text('stack', 'adopt', '--wait', '--adopt-file', document, 'again')
    assert.match(log, /ADOPT_COMPLETE {2}Stack ADOPT completed successfully/)
    assert.deepEqual(await ids('again'), before)
    assert.deepEqual(await cloud.everything(), there)
    assert.equal(await openstack.value('output_value', 'stack', 'output', 'show', 'again', 'text'), text)
    assert.deepEqual(JSON.parse(readFileSync(document, 'utf8')).name, 'web')
  })

  test('what a snapshot keeps of a server and a volume is put back by a restore, and goes with the snapshot', async () => {
    const before = await kept()
    const { ID: id } = await openstack.json<{ readonly ID: string }>(
      ...['stack', 'snapshot', 'create', '--name', 'friday', 'again'],
    )
    await until(async () => (await snapshots())[0]?.status === 'COMPLETE')
    assert.deepEqual(
      (await snapshots()).map((one) => [one.id, one.name]),
      [[id, 'friday']],
    )
    const { images, backups } = await kept()
    assert.deepEqual([images.length, backups.length], [before.images.length + 1, before.backups.length + 1])
    assert.match(await openstack.text('stack', 'snapshot', 'show', 'again', id), /resource_data/)
    writeFileSync(path, template.replace(/^ {2}disk:.*\n/m, ''))
    await openstack.text('stack', 'update', '--wait', '-t', path, 'again')
    assert.equal((await ids('again')).disk, undefined)
    await openstack.text('stack', 'snapshot', 'restore', 'again', id)
    await until(
      async () => (await openstack.value('stack_status', 'stack', 'show', 'again')) === 'RESTORE_COMPLETE',
    )
    const { server: serverId, disk } = await ids('again')
    const { server } = await cloud.get<{ readonly server: { readonly image: { readonly id: string } } }>(
      ...(['compute', `/servers/${serverId}`] as const),
    )
    assert.ok(images.includes(server.image.id) && !before.images.includes(server.image.id))
    assert.ok((await cloud.everything()).includes(`volumes ${disk}`))
    await openstack.text('stack', 'snapshot', 'delete', 'again', id)
    await until(async () => (await snapshots()).length === 0)
    assert.deepEqual(await kept(), before)
  })
})

/** Asks again and again until it is so. */
async function until(ask: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if (await ask()) return
    await pause(500)
  }
  throw new Error('it does not come about')
}

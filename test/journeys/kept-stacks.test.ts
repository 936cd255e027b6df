import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Cloud } from './cloud.ts'
import { freePort, HearthProcess } from './hearth.ts'
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
})

/** Asks again and again until it is so. */
async function until(ask: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 60; i++) {
    if (await ask()) return
    await pause(500)
  }
  throw new Error('it does not come about')
}

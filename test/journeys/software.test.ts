import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { freePort } from '../../tools/free-port.ts'
import { Cloud } from './cloud.ts'
import { HearthProcess } from './hearth.ts'
import { OpenStack } from './openstack.ts'

const template = `
heat_template_version: 2021-04-16
resources:
  net: {type: OS::Neutron::Net}
  sub: {type: OS::Neutron::Subnet, properties: {network: {get_resource: net}, cidr: 10.9.0.0/24}}
  script: {type: OS::Heat::SoftwareConfig, properties: {config: "#!/bin/sh\\necho hello\\n"}}
  cloud: {type: OS::Heat::CloudConfig, properties: {cloud_config: {runcmd: [echo hello]}}}
  both:
    type: OS::Heat::MultipartMime
    properties:
      parts: [{config: {get_resource: script}, subtype: x-shellscript}, {config: {get_resource: cloud}}]
  server:
    type: OS::Nova::Server
    properties:
      image: cirros
      flavor: m1.tiny
      networks: [{subnet: {get_resource: sub}}]
      user_data_format: RAW
      user_data: {get_resource: both}
outputs:
  both: {value: {get_attr: [both, config]}}
`

const definition = `
inputs: [{name: port, type: Number, default: 80}]
outputs: [{name: done}]
options: {shell: /bin/sh}
`

type Row = Readonly<Record<string, unknown>>

describe('software configs and deployments, through the openstack program', { timeout: 300_000 }, () => {
  const service = new HearthProcess(['up'])
  const folder = mkdtempSync(join(tmpdir(), 'hearth-journey-'))
  const file = (name: string) => join(folder, name)
  let openstack: OpenStack
  let cloud: Cloud
  let config: Row
  let server = ''

  before(async () => {
    writeFileSync(file('web.yaml'), template)
    writeFileSync(file('install.sh'), '#!/bin/sh\necho $port\n')
    writeFileSync(file('io.yaml'), definition)
    await service.start(await freePort(2))
    openstack = new OpenStack(service.variables())
    cloud = await Cloud.open(service.variables())
    await openstack.text('stack', 'create', '--wait', '-t', file('web.yaml'), 'web')
    server = await openstack.value('physical_resource_id', 'stack', 'resource', 'show', 'web', 'server')
  })
  after(async () => {
    await service.stop()
    rmSync(folder, { recursive: true })
  })

  test('a server is given what the configs of its stack say', async () => {
    const path = `/servers/${server}`
    const asked = { 'x-openstack-nova-api-version': '2.3' }
    const admin = { ...service.variables(), OS_USERNAME: 'admin', OS_PROJECT_NAME: 'admin' }
    const { server: live } = await (await Cloud.open(admin)).get<{ readonly server: Row }>(
      'compute',
      path,
      asked,
    )
    const given = Buffer.from(String(live['OS-EXT-SRV-ATTR:user_data']), 'base64').toString()
    const told = await openstack.value('output_value', 'stack', 'output', 'show', 'web', 'both')
    assert.equal(given.trim(), told)
    assert.match(
      given,
      /text\/x-shellscript[\s\S]*\n\n#!\/bin\/sh\necho hello\n[\s\S]*#cloud-config\nruncmd:\n- echo hello\n/,
    )
  })

  test('a config is made of files, listed and shown', async () => {
    config = await openstack.json(
      ...['software', 'config', 'create', 'install', '--group', 'script'],
      ...['--config-file', file('install.sh'), '--definition-file', file('io.yaml')],
    )
    assert.deepEqual(
      { ...config, id: '', creation_time: '' },
      {
        ...{ id: '', creation_time: '', name: 'install', group: 'script', config: '#!/bin/sh\necho $port\n' },
        ...{ inputs: [{ name: 'port', type: 'Number', default: 80 }], options: { shell: '/bin/sh' } },
        outputs: [{ name: 'done', type: 'String', error_output: false }],
      },
    )
    const id = String(config.id)
    assert.deepEqual(await openstack.json('software', 'config', 'show', id), config)
    const bare = await openstack.text('software', 'config', 'show', id, '--config-only')
    assert.equal(bare, `${config.config}\n`)
    const [newest] = await openstack.json<readonly Row[]>('software', 'config', 'list', '--limit', '1')
    assert.equal(newest?.id, id)
    const others = await openstack.json<readonly Row[]>('software', 'config', 'list', '--marker', id)
    assert.equal(others.length, 3)
  })

  test('a server is to be configured, and says what came of it', async () => {
    const made = await openstack.json(
      ...['software', 'deployment', 'create', 'first', '--server', server, '--config', String(config.id)],
      ...['--signal-transport', 'NO_SIGNAL', '--input-value', 'port=8080'],
    )
    const id = String(made.id)
    const [listed] = await openstack.json<readonly Row[]>(
      'software',
      'deployment',
      'list',
      '--server',
      server,
    )
    assert.deepEqual([listed?.id, listed?.status, listed?.action], [id, 'IN_PROGRESS', 'UPDATE'])
    const metadata = JSON.parse(await openstack.text('software', 'deployment', 'metadata', 'show', server))
    const [wanted] = metadata as readonly { readonly name: string; readonly inputs: readonly Row[] }[]
    assert.deepEqual([metadata.length, wanted?.name], [1, 'first'])
    assert.equal(wanted?.inputs.find(({ name }) => name === 'port')?.value, '8080')
    const seen = await openstack.json('stack', 'resource', 'metadata', 'web', 'server')
    assert.deepEqual(seen.deployments, metadata)

    const outputs = { deploy_stdout: '8080\n', deploy_status_code: 0 }
    await cloud.put('orchestration', `/software_deployments/${id}`, {
      ...{ status: 'COMPLETE', status_reason: 'Outputs received', output_values: outputs },
    })
    const shown = await openstack.json('software', 'deployment', 'show', id, '--long')
    assert.deepEqual([shown.status, shown.output_values], ['COMPLETE', outputs])
    const log = await openstack.text('software', 'deployment', 'output', 'show', id, 'deploy_stdout')
    assert.equal(log, 'output_value:\n\n  deploy_stdout: |\n    8080\n')

    await openstack.text('software', 'deployment', 'delete', id)
    assert.deepEqual(await openstack.json('software', 'deployment', 'list'), [])
    await openstack.text('software', 'config', 'delete', String(config.id))
    await assert.rejects(
      openstack.text('software', 'config', 'show', String(config.id)),
      /Configuration not found/,
    )
  })
})

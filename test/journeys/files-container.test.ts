import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { freePort } from '../../tools/free-port.ts'
import { Cloud } from './cloud.ts'
import { HearthProcess, HearthProgram } from './hearth.ts'
import { OpenStack } from './openstack.ts'

const root = `
heat_template_version: 2021-04-16
parameters: {size: {type: string, default: one}}
resources:
  inside: {type: parts/child.yaml, properties: {size: {get_param: size}}}
  own: {type: My::Value}
outputs:
  told: {value: {get_attr: [inside, told]}}
  own: {value: {get_attr: [own, told]}}
`

const child = `
heat_template_version: 2021-04-16
parameters: {size: {type: string, default: none}}
resources:
  said: {type: OS::Heat::Value, properties: {value: {list_join: [' ', [{get_file: said.txt}, {get_param: size}]]}}}
outputs: {told: {value: {get_attr: [said, value]}}}
`

const environment = `
parameters: {size: 7}
resource_registry: {'My::Value': parts/child.yaml}
`

describe('files in a container of the object store, through the openstack program', {
  timeout: 300_000,
}, () => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-journey-'))
  const hearth = new HearthProcess(['up'])
  const template = join(folder, 'root.yaml')
  let cloud: Cloud
  let openstack: OpenStack
  let program: HearthProgram

  const put = (path: string, content: string) =>
    cloud.ask('object-store', `/box/${path}`, { method: 'PUT', content, as: 'text/plain' })

  const told = async (stack: string) => {
    const outputs = await openstack.json<Record<string, string>>('stack', 'output', 'show', '--all', stack)
    return ['told', 'own'].map((key) => JSON.parse(outputs[key] ?? '{}').output_value)
  }

  before(async () => {
    await hearth.start(await freePort(2))
    cloud = await Cloud.open(hearth.variables())
    openstack = new OpenStack(hearth.variables())
    program = new HearthProgram(hearth.variables())
    writeFileSync(template, root)
    await cloud.ask('object-store', '/box', { method: 'PUT' })
    await put('parts/child.yaml', child)
    await put('said.txt', 'first')
    await put('prod.yaml', environment)
  })
  after(async () => {
    await hearth.stop()
    rmSync(folder, { recursive: true })
  })

  test('are those that the template and the environment name, and the stack keeps them', async () => {
    const files = ['-t', template, '-e', 'prod.yaml', '-s', 'box']
    await openstack.text('stack', 'create', '--wait', '--poll', '1', ...files, 'web')
    assert.deepEqual(await told('web'), ['first 7', 'first none'])
    const kept = await openstack.text('stack', 'file', 'list', 'web')
    for (const path of ['parts/child.yaml', 'said.txt']) assert.ok(kept.includes(path), kept)
  })

  test('are read anew by an update that names the container, and by no other', async () => {
    await put('said.txt', 'second')
    await openstack.text('stack', 'update', '--wait', '--existing', '--parameter', 'size=8', 'web')
    assert.deepEqual(await told('web'), ['first 8', 'first none'])
    await program.text('stack', 'update', 'web', '--existing', '-s', 'box', '--wait')
    assert.deepEqual(await told('web'), ['second 8', 'second none'])
  })

  test('of a container that is not there are missed in the words of Swift', async () => {
    const creation = openstack.text('stack', 'create', '-t', template, '-s', 'nowhere', 'more')
    await assert.rejects(creation, /Could not fetch files from container nowhere, reason: /)
  })
})

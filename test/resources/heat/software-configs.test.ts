import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { load } from 'js-yaml'
import { isoSeconds } from '../../../src/base/clock.ts'
import type { JsonMap } from '../../../src/base/json.ts'
import type { StackIdentity } from '../../../src/contract/views.ts'
import { CloudConfig } from '../../../src/resources/heat/cloud-config.ts'
import { partsOf } from '../../../src/resources/mime.ts'
import { rehearse } from '../../../src/testing/rehearsal.ts'
import { anna, type Scenario } from '../../../src/testing/scenario.ts'
import { playing } from '../../engine/playing.ts'
import { hot } from '../../engine/templates.ts'

const of = (type: string, properties: JsonMap = {}): JsonMap => ({ type: `OS::Heat::${type}`, properties })

async function created(play: Scenario, resources: Readonly<Record<string, JsonMap>>, more: JsonMap = {}) {
  const stack = await play.create('web', hot(resources, more))
  const row = await play.settled(stack)
  assert.equal(row.status, 'COMPLETE', row.statusReason)
  return stack
}

const show = (play: Scenario, id: string) => play.clock.until(play.calls.showSoftwareConfig(anna, { id }))

async function configOf(play: Scenario, stack: StackIdentity, resource: string) {
  return await show(play, (await play.row(stack, resource)).physicalId ?? '')
}

const textOf = async (play: Scenario, stack: StackIdentity, resource: string): Promise<string> =>
  String((await configOf(play, stack, resource)).config)

describe('a software config of a stack', () => {
  it(
    'is one like any other, of the name of its resource, and goes with it',
    playing(async (play) => {
      const said = { config: '#!/bin/sh', group: 'script', inputs: [{ name: 'a' }], options: { b: 1 } }
      const outputs = { text: { value: { get_attr: ['one', 'config'] } } }
      const stack = await created(play, { one: of('SoftwareConfig', said) }, { outputs })
      const { id, name, createdAt: _, ...config } = await configOf(play, stack, 'one')
      assert.match(name ?? '', /^web-one-\w{12}$/)
      assert.deepEqual(config, {
        ...{ projectId: 'project', config: '#!/bin/sh', group: 'script', options: { b: 1 } },
        ...{ inputs: [{ name: 'a', type: 'String' }], outputs: [] },
      })
      assert.equal((await play.shown(stack)).outputs?.[0]?.output_value, '#!/bin/sh')
      await play.delete(stack)
      await play.settled(stack)
      await assert.rejects(show(play, id), /not found/)
    }),
  )

  it(
    'is replaced when anything of it changes',
    playing(async (play) => {
      const stack = await created(play, { one: of('StructuredConfig', { config: { a: 1 } }) })
      const before = await configOf(play, stack, 'one')
      assert.deepEqual([before.config, before.group], [{ a: 1 }, 'Heat::Ungrouped'])
      await play.update(stack, hot({ one: of('StructuredConfig', { config: { a: 2 } }) }))
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
      const after = await configOf(play, stack, 'one')
      assert.notEqual(after.id, before.id)
      assert.deepEqual(after.config, { a: 2 })
      await assert.rejects(show(play, before.id), /not found/)
    }),
  )

  it(
    'is shown in full, and as the attributes of its resource',
    playing(async (play) => {
      const one = of('SoftwareConfig', { config: 'x', inputs: [{ name: 'a' }] })
      const outputs = { shown: { value: { get_attr: ['one', 'show'] } } }
      const stack = await created(play, { one }, { outputs })
      const { projectId: _, createdAt, ...rest } = await configOf(play, stack, 'one')
      const document = { ...rest, creation_time: isoSeconds(createdAt) }
      const view = await play.shown(stack)
      assert.deepEqual(view.outputs?.[0]?.output_value, document)
      const asked = { stack, resource: 'one', withAttributes: [] }
      const { attributes } = await play.clock.until(play.calls.showResource(anna, asked))
      assert.deepEqual(attributes, document)
    }),
  )

  it(
    'can not go while a server is to be configured with it',
    playing(async (play) => {
      const stack = await created(play, { one: of('SoftwareConfig', { config: 'x' }) })
      const { id: configId } = await configOf(play, stack, 'one')
      const bare = { action: 'CREATE', status: 'COMPLETE', statusReason: null, stackUserProjectId: null }
      const ask = { serverId: 's', configId, inputValues: {}, ...bare }
      const { id } = await play.clock.until(play.calls.createSoftwareDeployment(anna, ask))
      await play.delete(stack)
      const failed = await play.settled(stack)
      assert.deepEqual([failed.action, failed.status], ['DELETE', 'FAILED'])
      assert.match(failed.statusReason, /can not be deleted as it is referenced/)
      await play.clock.until(play.calls.deleteSoftwareDeployment(anna, { id }))
      await play.delete(stack)
      assert.equal((await play.settled(stack)).status, 'COMPLETE')
    }),
  )

  it(
    'is refused with a default of another type than it says, and beyond so many of a project',
    playing(
      async (play) => {
        const wrong = of('SoftwareConfig', { inputs: [{ name: 'n', type: 'Number', default: 'x' }] })
        const stack = await play.create('web', hot({ one: wrong }))
        assert.match((await play.settled(stack)).statusReason, /resources\.one: default: /)
        const fine = of('SoftwareConfig')
        const another = await play.create('more', hot({ one: fine, two: { ...fine, depends_on: 'one' } }))
        assert.match((await play.settled(another)).statusReason, /maximum software configs per tenant, 1/)
        await play.delete(another)
        assert.equal((await play.settled(another)).status, 'COMPLETE')
      },
      { options: { maxSoftwareConfigsPerTenant: 1 } },
    ),
  )
})

describe('several parts in one message', () => {
  it(
    'are texts, software configs by their IDs, and the parts of other messages',
    playing(async (play) => {
      const stack = await created(play, {
        script: of('SoftwareConfig', { config: '#!/bin/sh\necho ä\n' }),
        map: of('StructuredConfig', { config: { a: 1 } }),
        inner: of('MultipartMime', { parts: [{ config: 'one' }, { config: 'two' }] }),
        whole: of('MultipartMime', {
          parts: [
            { config: { get_resource: 'script' }, filename: 'x-shellscript.sh' },
            { config: { get_resource: 'map' }, subtype: 'json', filename: 'a"b\nc.json' },
            { config: { get_resource: 'inner' }, type: 'multipart' },
            { config: 'no message', type: 'multipart' },
            { config: '11111111-1111-4111-8111-111111111111' },
          ],
        }),
      })
      const parts = partsOf(await textOf(play, stack, 'whole')) ?? []
      assert.equal(parts.length, 5)
      const [script = '', json = '', one, two, unknown = ''] = parts
      assert.match(script, /^Content-Type: text\/x-shellscript; charset="utf-8"\n/)
      assert.equal(Buffer.from(script.split('\n\n')[1] ?? '', 'base64').toString(), '#!/bin/sh\necho ä\n')
      assert.match(json, /filename="a\\"b c\.json"\n\n{"a":1}$/)
      assert.deepEqual([one, two], partsOf(await textOf(play, stack, 'inner')))
      assert.match(unknown, /^Content-Type: text\/plain; [\s\S]*\n\n11111111-/)
      assert.doesNotMatch(unknown, /Disposition/)
    }),
  )
})

describe('a configuration for cloud-init', () => {
  const written = async (cloud_config: JsonMap | undefined): Promise<string> => {
    const config = rehearse(CloudConfig, { cloud_config })
    await config.create()
    return String((await config.context().configs.of('config-1'))?.config)
  }

  it('is YAML, in which texts that look like something else are in quotes', async () => {
    const text = await written({
      write_files: [{ path: '/etc/a', permissions: '0644', content: 'one\ntwo: #\n' }, []],
      runcmd: ['systemctl restart a', ['sh', '-c', 'echo yes > a']],
      flags: { yes: 'no', time: '12:30', on: true, none: null, half: 0.5, empty: {} },
    })
    assert.equal(
      text,
      `#cloud-config
flags:
  empty: {}
  half: 0.5
  none: null
  "on": true
  time: "12:30"
  "yes": "no"
runcmd:
- systemctl restart a
- - sh
  - "-c"
  - "echo yes > a"
write_files:
- content: "one\\ntwo: #\\n"
  path: /etc/a
  permissions: "0644"
- []
`,
    )
  })

  it('reads as it was meant', async () => {
    const meant = {
      a: [[[1], { b: ['x: y', '- z', '#', ''] }], { c: { d: { e: ['é', '\t', '~'] } } }],
      'k ey': 'v',
    }
    assert.deepEqual(load(await written(meant)), meant)
    assert.equal(await written(undefined), '#cloud-config\nnull\n')
  })
})

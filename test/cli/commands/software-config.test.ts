import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Problem } from '../../../src/base/problem.ts'
import type { HearthClient } from '../../../src/client/index.ts'
import type { SoftwareConfigReply } from '../../../src/contract/rest/index.ts'
import { directoryWith, run } from '../fakes.ts'

const config: SoftwareConfigReply = {
  ...{ id: 'c1', name: 'install', group: 'script', creation_time: '2026-01-31T09:30:00Z' },
  ...{ config: '#!/bin/sh\necho hi\n', inputs: [{ name: 'a', type: 'String' }], outputs: [], options: {} },
}

const nobody = () => Promise.reject(new Problem('NotFound', 'it is not there', { status: 404 }))

/** A call that remembers what it was asked. */
const noting =
  <T>(asked: unknown[], answer: T) =>
  async (said?: unknown): Promise<T> => {
    asked.push(said)
    return answer
  }

test('a software config is made of files, after a template with it was found right', async (context) => {
  const directory = directoryWith(context, {
    'install.sh': '#!/bin/sh\necho hi\n',
    'io.yaml': 'inputs:\n- name: port\n  default: 0080\noutputs: [{name: done}]\n',
  })
  const asked: unknown[] = []
  const client: Partial<HearthClient> = {
    validateTemplate: noting(asked, {}),
    createSoftwareConfig: noting(asked, config),
  }
  const words = ['software', 'config', 'create', 'install', '--config-file', 'install.sh']
  const more = [...words, '--definition-file', 'io.yaml', '--group', 'script']
  const { code, out } = await run(more, client, { directory })
  assert.equal(code, 0)
  assert.deepEqual(JSON.parse(out), config)
  const said = {
    ...{ group: 'script', config: '#!/bin/sh\necho hi\n', options: {} },
    ...{ inputs: [{ name: 'port', default: '0080' }], outputs: [{ name: 'done' }] },
  }
  assert.deepEqual(asked, [
    {
      template: {
        heat_template_version: '2013-05-23',
        resources: { install: { type: 'OS::Heat::SoftwareConfig', properties: said } },
      },
    },
    { name: 'install', ...said },
  ])
  asked.length = 0
  await run(['software', 'config', 'create', 'install'], client)
  const bare = { group: 'Heat::Ungrouped', config: '', inputs: [], outputs: [], options: {} }
  assert.deepEqual(asked[1], { name: 'install', ...bare })
})

test('what can not be read is said', async (context) => {
  const directory = directoryWith(context, { 'list.yaml': '- a\n', 'broken.yaml': 'a: [\n' })
  const create = ['software', 'config', 'create', 'install']
  for (const [option, file, words] of [
    ['--config-file', 'lost.sh', /Cannot read lost\.sh: there is no such file/],
    ['--definition-file', 'list.yaml', /Cannot read list\.yaml, which must be a map/],
    [
      '--definition-file',
      'broken.yaml',
      /Cannot read broken\.yaml, which must be a map in YAML or JSON: line 2/,
    ],
  ] as const) {
    const { code, err } = await run([...create, option, file], {}, { directory })
    assert.equal(code, 1)
    assert.match(err, words)
  }
})

test('software configs are listed, and shown as YAML or bare', async () => {
  const asked: unknown[] = []
  const { config: _, inputs: _in, outputs: _out, options: _more, ...head } = config
  const client: Partial<HearthClient> = {
    listSoftwareConfigs: noting(asked, { software_configs: [head] }),
    showSoftwareConfig: async () => config,
  }
  const list = ['software', 'config', 'list', '--limit', '2', '--marker', 'c0', '-f', 'value']
  assert.equal((await run(list, client)).out, 'c1 install script 2026-01-31T09:30:00Z\n')
  assert.deepEqual(asked, [{ limit: 2, marker: 'c0' }])
  const shown = await run(['software', 'config', 'show', 'c1'], client)
  assert.match(shown.out, /^id: c1\nname: install\ngroup: script\nconfig: \|\n {2}#!\/bin\/sh\n/)
  const bare = await run(['software', 'config', 'show', 'c1', '--config-only'], client)
  assert.equal(bare.out, '#!/bin/sh\necho hi\n')
  const lost = await run(['software', 'config', 'show', 'c2'], { showSoftwareConfig: nobody })
  assert.deepEqual([lost.code, lost.err], [1, 'ERROR: Configuration not found: c2\n'])
})

test('software configs are deleted as far as that can be done', async () => {
  const deleted: string[] = []
  const client: Partial<HearthClient> = {
    deleteSoftwareConfig: async (id) => (id === 'c2' ? nobody() : void deleted.push(id)),
  }
  const { code, out, err } = await run(['software', 'config', 'delete', 'c1', 'c2', 'c3'], client)
  assert.deepEqual([code, out], [1, 'Software config with ID c2 not found\n'])
  assert.equal(err, 'ERROR: Unable to delete 1 of the 3 software configs.\n')
  assert.deepEqual(deleted, ['c1', 'c3'])
  assert.deepEqual(await run(['software', 'config', 'delete', 'c1'], client), { code: 0, out: '', err: '' })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bundle } from '../../../src/cli/bundle/bundle.ts'
import { hooksFile, withHooks } from '../../../src/cli/bundle/hooks.ts'
import { childEnvironment, parseEnvironment } from '../../../src/template/index.ts'

const bundle: Bundle = {
  files: {},
  environmentFiles: ['file:///env.yaml'],
  sources: new Map(),
  unreadable: new Set(),
  problems: [],
}

test('hooks of the command line are sent as the last environment, a level for each nested stack', () => {
  const paths = ['db', 'group/0/server', '/group/*/ser*', 'group']
  const { files, environmentFiles } = withHooks(bundle, { hook: 'pre-create', paths })
  assert.deepEqual(environmentFiles, ['file:///env.yaml', hooksFile])
  const hooks = 'pre-create'
  const group = { 0: { server: { hooks } }, '*': { 'ser*': { hooks } }, hooks }
  assert.deepEqual(JSON.parse(files[hooksFile] ?? ''), {
    resource_registry: { resources: { db: { hooks }, group } },
  })
})

test('they name the resources of nested stacks, by patterns too', () => {
  const { files } = withHooks(bundle, { hook: 'pre-update', paths: ['gr*/[12]/ser*'] })
  const root = parseEnvironment(files[hooksFile] ?? '').value
  assert.ok(root)
  const inside = (resource: string) =>
    childEnvironment(childEnvironment(root, { resource: 'group', type: 'T', parameters: {} }), {
      ...{ resource, type: 'T', parameters: {} },
    }).hooksOf('server')
  assert.deepEqual([inside('1'), inside('3'), root.hooksOf('group')], [['pre-update'], [], []])
})

test('nothing is added where no resource is named', () => {
  assert.equal(withHooks(bundle, { hook: 'pre-create', paths: [] }), bundle)
  assert.equal(withHooks(bundle, undefined), bundle)
})

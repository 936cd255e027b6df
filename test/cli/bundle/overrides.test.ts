import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Bundle } from '../../../src/cli/bundle/bundle.ts'
import { overridesFile, withOverrides } from '../../../src/cli/bundle/overrides.ts'

const bundleOf = (environment: string): Bundle => ({
  files: { 'file:///env.yaml': environment },
  environmentFiles: ['file:///env.yaml'],
  sources: new Map(),
  unreadable: new Set(),
  problems: [],
})

test('a parameter of the command line that an environment sets too is sent as the last environment', () => {
  const { files, environmentFiles } = withOverrides(bundleOf('parameters: {size: 3}'), {
    size: '5',
    name: 'x',
  })
  assert.deepEqual(environmentFiles, ['file:///env.yaml', overridesFile])
  assert.deepEqual(JSON.parse(files[overridesFile] ?? ''), { parameters: { size: '5' } })
})

test('nothing is added where nothing is set twice, or where the environment asks to merge', () => {
  const plain = bundleOf('parameters: {size: 3}')
  assert.equal(withOverrides(plain, { name: 'x' }), plain)
  const merging = bundleOf('parameters: {size: 3}\nparameter_merge_strategies: {size: merge}')
  assert.equal(withOverrides(merging, { size: '5' }), merging)
  const mergingAll = bundleOf('parameters: {size: 3}\nparameter_merge_strategies: {default: merge}')
  assert.equal(withOverrides(mergingAll, { size: '5' }), mergingAll)
})

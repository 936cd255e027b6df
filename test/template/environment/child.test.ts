import assert from 'node:assert/strict'
import { test } from 'node:test'
import { childEnvironment, parseEnvironment } from '../../../src/template/index.ts'

function child(
  registry: Parameters<typeof parseEnvironment>[0],
  type: string,
  resource = 'web',
  parameters = {},
) {
  const parent = parseEnvironment(registry).value
  assert.ok(parent)
  return childEnvironment(parent, { resource, type, parameters })
}

test('has parameters of its own and the defaults of its parent', () => {
  const found = child(
    { parameters: { a: 1 }, parameter_defaults: { b: 2 }, event_sinks: [{ type: 'x' }] },
    'T',
    'web',
    { c: 3 },
  )
  assert.deepEqual(found.parameters, { c: 3 })
  assert.deepEqual(found.parameterDefaults, { b: 2 })
  assert.deepEqual(found.eventSinks, [{ type: 'x' }])
})

test('does not have the entry that made its type a template, so that the template may use the type', () => {
  const found = child({ resource_registry: { 'OS::A': 'a.yaml', 'OS::B': 'b.yaml' } }, 'OS::A')
  assert.deepEqual(found.resolveType('OS::A'), { is: 'type', type: 'OS::A' })
  assert.deepEqual(found.resolveType('OS::B'), { is: 'template', file: 'b.yaml' })
  const alias = child({ resource_registry: { A: 'B', B: 'b.yaml' } }, 'A')
  assert.deepEqual(alias.resolveType('B'), { is: 'type', type: 'B' })
})

test('has of the blocks for resources only what is inside its own', () => {
  const registry = {
    resources: {
      web: { inner: { hooks: 'pre-create' } },
      'w*': { disk: { 'OS::A': 'a.yaml' } },
      db: { x: { hooks: 'pre-delete' } },
    },
  }
  const found = child({ resource_registry: registry }, 'T')
  assert.deepEqual(found.hooksOf('inner'), ['pre-create'])
  assert.deepEqual(found.hooksOf('x'), [])
  assert.deepEqual(found.resolveType('OS::A', 'disk'), { is: 'template', file: 'a.yaml' })
})

test('parameters with the name of a section are an environment laid over its parent', () => {
  const found = child({ parameter_defaults: { a: 1 } }, 'T', 'web', {
    parameters: { p: 1 },
    parameter_defaults: { b: 2 },
    resource_registry: { X: 'x.yaml' },
  })
  assert.deepEqual([found.parameters, found.parameterDefaults], [{ p: 1 }, { a: 1, b: 2 }])
  assert.deepEqual(found.resolveType('X'), { is: 'template', file: 'x.yaml' })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { type Environment, parseEnvironment } from '../../../src/template/index.ts'

function environment(registry: JsonMap): Environment {
  const { value, problems } = parseEnvironment({ resource_registry: registry })
  assert.ok(value)
  assert.deepEqual(problems, [])
  return value
}

const target = (registry: JsonMap, type: string, name?: string, known?: readonly string[]) => {
  const found = environment(registry).resolveType(type, name, known && ((one) => known.includes(one)))
  return found?.is === 'template' ? found.file : found?.type
}

test('a type that nothing is said about stands for itself', () => {
  assert.equal(target({}, 'OS::Nova::Server'), 'OS::Nova::Server')
  assert.equal(target({ 'OS::Other': 'x.yaml' }, 'OS::Nova::Server'), 'OS::Nova::Server')
  assert.equal(target({}, 'OS::Gone', undefined, []), undefined)
})

test('an alias, a template and a template file stand for what they say', () => {
  assert.equal(target({ 'My::Server': 'OS::Nova::Server' }, 'My::Server'), 'OS::Nova::Server')
  assert.equal(target({ 'My::Server': 'http://x/server.yaml' }, 'My::Server'), 'http://x/server.yaml')
  assert.equal(target({}, 'lib/server.yaml'), 'lib/server.yaml')
  assert.equal(target({ A: 'B', B: 'b.template' }, 'A'), 'b.template')
})

test('a wildcard carries the rest of the name over, or leads many to one', () => {
  assert.equal(target({ 'OS::Quantum*': 'OS::Neutron*' }, 'OS::Quantum::Net'), 'OS::Neutron::Net')
  assert.equal(target({ 'OS::Ceilometer::*': 'OS::Heat::None' }, 'OS::Ceilometer::Alarm'), 'OS::Heat::None')
  assert.equal(target({ 'OS::*': 'OS::Heat::None' }, 'OS::Heat::None'), 'OS::Heat::None')
})

test('what is said for one resource name comes first', () => {
  const registry = { 'OS::A': 'all.yaml', resources: { web: { 'OS::A': 'web.yaml' } } }
  assert.equal(target(registry, 'OS::A', 'web'), 'web.yaml')
  assert.equal(target(registry, 'OS::A', 'db'), 'all.yaml')
})

test('entries that lead nowhere or in a circle are passed over', () => {
  assert.equal(target({ 'OS::A': 'OS::Gone' }, 'OS::A', undefined, ['OS::A']), 'OS::A')
  assert.equal(target({ A: 'B', B: 'A' }, 'A', undefined, []), undefined)
  assert.equal(target({ 'OS::*': 'OS::B', 'OS::A': 'OS::C' }, 'OS::A', undefined, ['OS::C']), 'OS::C')
})

test('wildcards that make ever longer names, or ever more of them, lead nowhere in the end', () => {
  assert.equal(target({ 'O*': 'OS::Neutron*' }, 'OS::Heat::Value', undefined, []), undefined)
  assert.equal(
    target({ 'O*': 'OS::Neutron*' }, 'OS::Heat::Value', undefined, ['OS::Heat::Value']),
    'OS::Heat::Value',
  )
  const many = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [`${'O'.repeat(i + 1)}*`, `${'O'.repeat(i + 2)}*`]),
  )
  assert.equal(target(many, 'O'.repeat(20), undefined, []), undefined)
})

test('null takes back what was said before, by name or prefix', () => {
  assert.deepEqual(
    environment({ 'OS::A': 'a.yaml', 'OS::B': 'b.yaml', X: 'x', 'OS::*': null }).toJson().resource_registry,
    { resources: {}, X: 'x' },
  )
})

test('hooks and restrictions are found by patterns of resource names', () => {
  const found = environment({
    resources: {
      'web_*': { hooks: 'pre-create' },
      web_1: { hooks: ['post-update'], restricted_actions: 'replace' },
      'db?': { restricted_actions: ['update', 'replace'] },
    },
  })
  assert.deepEqual(found.hooksOf('web_1'), ['pre-create', 'post-update'])
  assert.deepEqual(found.hooksOf('other'), [])
  assert.deepEqual(found.restrictedActionsOf('db7'), ['update', 'replace'])
})

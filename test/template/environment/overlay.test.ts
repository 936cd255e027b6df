import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonMap } from '../../../src/base/json.ts'
import { type Environment, overlaid, parseEnvironment } from '../../../src/template/index.ts'

function environment(said: JsonMap): Environment {
  const { value } = parseEnvironment(said)
  assert.ok(value)
  return value
}

const below = environment({
  parameters: { a: 1, b: 1 },
  parameter_defaults: { c: 1 },
  resource_registry: { A: 'x.yaml', AB: 'y.yaml', resources: { s: { A: 's.yaml' } } },
  event_sinks: [{ type: 'zaqar-queue', target: 'one' }],
})

test('what is laid over counts, and the rest stays', () => {
  const above = environment({
    parameters: { b: 2 },
    resource_registry: { A: 'z.yaml', resources: { t: { A: 't.yaml' } } },
    event_sinks: [{ type: 'zaqar-queue', target: 'two' }],
  })
  const { parameters, parameterDefaults, registry, eventSinks } = overlaid(below, above)
  assert.deepEqual([parameters, parameterDefaults], [{ a: 1, b: 2 }, { c: 1 }])
  assert.deepEqual(registry, {
    A: 'z.yaml',
    AB: 'y.yaml',
    resources: { s: { A: 's.yaml' }, t: { A: 't.yaml' } },
  })
  assert.equal(eventSinks.length, 2)
})

test('a null takes back what is below it, by name, by prefix or for one resource', () => {
  const without = (registry: JsonMap) =>
    overlaid(below, environment({ resource_registry: registry })).registry
  assert.deepEqual(Object.keys(without({ A: null })), ['AB', 'resources'])
  assert.deepEqual(Object.keys(without({ 'A*': null })), ['resources'])
  assert.deepEqual(without({ resources: { s: { A: null } } }).resources, { s: {} })
})

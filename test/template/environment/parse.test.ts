import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseEnvironment } from '../../../src/template/index.ts'
import { messages } from '../sample.ts'

test('reads an environment from YAML', () => {
  const { value, problems } = parseEnvironment(
    'parameters: {size: 5}\nparameter_defaults: {net: x}\nevent_sinks:\n  - {type: zaqar-queue, target: q}\n',
  )
  assert.deepEqual(problems, [])
  assert.deepEqual([value?.parameters, value?.parameterDefaults], [{ size: 5 }, { net: 'x' }])
  assert.deepEqual(value?.eventSinks, [{ type: 'zaqar-queue', target: 'q' }])
})

test('an empty one says nothing', () => {
  assert.deepEqual(parseEnvironment('').value?.toJson(), {
    parameters: {},
    parameter_defaults: {},
    resource_registry: { resources: {} },
    event_sinks: [],
    encrypted_param_names: [],
  })
})

test('what it is stored as can be read back', () => {
  const source = {
    parameters: { a: [1] },
    resource_registry: { 'OS::A': 'a.yaml', resources: { web: { hooks: 'pre-create' } } },
    encrypted_param_names: ['a'],
  }
  const first = parseEnvironment(source).value?.toJson()
  assert.ok(first)
  assert.deepEqual(parseEnvironment(first).value?.toJson(), first)
})

test('reports sections that are wrong, empty or of the wrong form', () => {
  const { problems } = parseEnvironment(
    'paramters: {}\nparameters:\nparameter_defaults: [1]\nevent_sinks: {}\n',
    { file: 'env.yaml' },
  )
  assert.deepEqual(messages(problems), [
    'environment has wrong section "paramters"',
    'environment has empty section "parameters"',
    'environment section "parameter_defaults" must be a map',
    'environment section "event_sinks" must be a list',
  ])
  assert.deepEqual(
    problems.map(({ file, line }) => [file, line]),
    [1, 2, 3, 4].map((line) => ['env.yaml', line]),
  )
  assert.equal(problems[0]?.meant, 'parameters')
})

test('reports hooks and restrictions that there are not', () => {
  const { problems } = parseEnvironment({
    resource_registry: {
      resources: { a: { hooks: ['pre-create', 'pre-party'] }, b: { restricted_actions: 'delete' } },
    },
  })
  assert.match(
    problems[0]?.message ?? '',
    /^Invalid hook type ".*pre-party.*" for resource breakpoint, acceptable hook types are: \('pre-create', /,
  )
  assert.match(problems[1]?.message ?? '', /^Invalid restricted_action type "delete" for resource/)
  assert.deepEqual(problems[0]?.path, ['resource_registry', 'resources', 'a', 'hooks'])
})

test('refuses what is no map', () => {
  assert.equal(
    parseEnvironment('- 1').problems[0]?.message,
    'The environment is not a valid YAML mapping data type.',
  )
})

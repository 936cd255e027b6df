import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anywherePublic } from '../../src/api/reachable.ts'
import {
  adoptedIn,
  changesNothing,
  type Purpose,
  readTags,
  stackNameIn,
  stackRequest,
} from '../../src/api/stack-request.ts'

const limits = { maxTemplateSize: 100, templateFetchTimeoutMs: 1000, reachable: anywherePublic }
const read = (body: object, purpose: Purpose = 'create') => stackRequest(body as never, purpose, limits)
const refused = (message: string | RegExp, code = 'HTTPBadRequest') => ({ code, status: 400, message })

test('a full body is read whole', async () => {
  const body = {
    stack_name: 'web',
    template: { heat_template_version: '2013-05-23' },
    parameters: { a: 1 },
    environment: 'parameters: {}',
    environment_files: ['a.yaml'],
    files: { 'a.yaml': '{}' },
    timeout_mins: '60',
    disable_rollback: 'False',
    tags: 'a,b',
    converge: true,
    clear_parameters: ['x'],
    something: 'else',
  }
  assert.deepEqual(await read(body, 'patch'), {
    template: { heat_template_version: '2013-05-23' },
    parameters: { a: 1 },
    environment: 'parameters: {}',
    environmentFiles: ['a.yaml'],
    files: { 'a.yaml': '{}' },
    timeoutMins: 60,
    disableRollback: false,
    tags: ['a', 'b'],
    converge: true,
    clearParameters: ['x'],
  })
})

test('nulls count as absent where Heat takes them so', async () => {
  const nulls = { environment: null, files: null, environment_files: null, timeout_mins: null, tags: null }
  assert.deepEqual(await read({ ...nulls, disable_rollback: null, files_container: null }, 'patch'), {})
})

test('a template text goes on as a text', async () => {
  assert.deepEqual(await read({ template: 'heat_template_version: 2013-05-23\n' }), {
    template: 'heat_template_version: 2013-05-23\n',
  })
})

test('only a PATCH may go without a template', async () => {
  for (const purpose of ['create', 'update', 'validate'] as const) {
    await assert.rejects(read({}, purpose), refused('No template specified'))
    await assert.rejects(read({ template: null }, purpose), refused('No template specified'))
  }
  assert.deepEqual(await read({}, 'patch'), {})
})

test('a template that is neither map nor text is refused', async () => {
  for (const template of [5, true, ['a']])
    await assert.rejects(read({ template }), refused(/^Template not in valid format/))
})

test('a template too large is refused, as text and as map', async () => {
  const long = 'x'.repeat(101)
  const message =
    'Request limit exceeded: Template size (101 bytes) exceeds maximum allowed size (100 bytes).'
  await assert.rejects(read({ template: long }), refused(message, 'RequestLimitExceeded'))
  await assert.rejects(read({ template: { long } }), { code: 'RequestLimitExceeded' })
})

test('parameters, files and lists of names must be what they are called', async () => {
  const wrong = [
    { parameters: null },
    { parameters: [] },
    { parameters: 'x' },
    { files: [] },
    { environment_files: 'a' },
  ]
  for (const part of wrong) await assert.rejects(read({ template: {}, ...part }), refused(/malformed/))
  await assert.rejects(read({ template: {}, environment_files: [1] }), refused(/malformed/))
  await assert.rejects(
    read({ template: {}, files: { a: 1 } }),
    refused('The content of file "a" is not a text.'),
  )
  await assert.rejects(read({ template: {}, environment: 5 }), refused(/^Environment not in valid format/))
  await assert.rejects(read({ clear_parameters: [1] }, 'patch'), refused(/malformed/))
})

test('settings of the wrong kind are refused in the known words', async () => {
  await assert.rejects(
    read({ template: {}, timeout_mins: 'x' }),
    refused("Only integer is acceptable by 'timeout_mins'."),
  )
  await assert.rejects(read({ template: {}, timeout_mins: -1 }), refused(/only accepts non-negative integer/))
  await assert.rejects(read({ template: {}, disable_rollback: 'no' }), refused(/^Unrecognized value "no"/))
  await assert.rejects(read({ template: {}, tags: 'x'.repeat(81) }), refused(/is longer than 80 characters$/))
  await assert.rejects(read({ template: {}, tags: { a: 1 } }), refused(/malformed/))
})

test('converge belongs to updates', async () => {
  const message = 'converge flag only supported in stack update (or update preview) request.'
  await assert.rejects(read({ template: {}, converge: true }), refused(message))
  assert.deepEqual(await read({ template: {}, converge: 'true' }, 'update'), { template: {}, converge: true })
})

test('parameters are cleared only by a PATCH', async () => {
  assert.deepEqual(await read({ template: {}, clear_parameters: ['x'] }, 'update'), { template: {} })
})

test('what is not there yet says so', async () => {
  await assert.rejects(
    read({ adopt_stack_data: '{}' }, 'update'),
    refused('Adopting into a stack that is there is not supported.', 'NotSupported'),
  )
})

test('a template that is only looked at is not asked what only stacks have', async () => {
  const body = { template: {}, timeout_mins: 'x', disable_rollback: 'x', tags: 5, converge: true }
  assert.deepEqual(await read(body, 'validate'), { template: {} })
})

test('a container may have the files', async () => {
  const expected = { template: {}, filesContainer: 'box' }
  assert.deepEqual(await read({ template: {}, files_container: 'box' }), expected)
  assert.deepEqual(await read({ template: {}, files_container: '' }), { template: {} })
  await assert.rejects(read({ template: {}, files_container: 7 }), refused(/malformed/))
})

test('what a stack is adopted from counts instead of a template', async () => {
  assert.deepEqual(await read({ adopt_stack_data: '{}', template: 5, timeout_mins: 7 }), { timeoutMins: 7 })
  assert.deepEqual(adoptedIn({ adopt_stack_data: '{}' }), { adopt: '{}' })
  assert.deepEqual(adoptedIn({ adopt_stack_data: null }), {})
  assert.throws(() => adoptedIn({ adopt_stack_data: {} }), refused(/malformed/))
})

test('a name must be given, and be a text', () => {
  assert.equal(stackNameIn({ stack_name: 'web' }), 'web')
  assert.throws(() => stackNameIn({}), refused('No stack name specified'))
  for (const [name, told] of [
    [5, '5'],
    [null, 'None'],
  ] as const) {
    const message = `Invalid stack name ${told}, must be a string`
    assert.throws(() => stackNameIn({ stack_name: name }), refused(message, 'StackValidationFailed'))
  }
})

test('tags come as a text with commas or as a list', () => {
  assert.deepEqual(readTags('a,b'), ['a', 'b'])
  assert.deepEqual(readTags(['a', 'b']), ['a', 'b'])
  assert.throws(() => readTags([1]), refused(/malformed/))
})

test('a PATCH that says nothing is known as such', () => {
  for (const body of [
    {},
    { parameters: {} },
    { environment: { parameters: {} } },
    { files: {}, template: null },
  ]) {
    assert.equal(changesNothing(body), true, JSON.stringify(body))
  }
  for (const body of [
    { template: {} },
    { parameters: { a: 1 } },
    { tags: 'a' },
    { disable_rollback: false },
  ]) {
    assert.equal(changesNothing(body), false, JSON.stringify(body))
  }
})

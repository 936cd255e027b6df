import assert from 'node:assert/strict'
import { test } from 'node:test'
import { directoryWith, run } from '../fakes.ts'

const good = 'heat_template_version: 2018-08-31\nparameters: {size: {type: number, default: 1}}\n'

test('mistakes of the language are found without a service, each in its file', async (t) => {
  const directory = directoryWith(t, {
    'web.yaml':
      'heat_template_version: 2018-08-31\nresources:\n  a: {type: OS::Heat::Value, propertys: {}}\n  b: {type: OS::Heat::None, depends_on: aa}\n',
    'env.yaml': 'resource_registri: {}\n',
  })
  const { code, err } = await run(['template', 'validate', 'web.yaml', '-e', 'env.yaml'], {}, { directory })
  assert.equal(code, 1)
  assert.match(
    err,
    /^web\.yaml:3:30: error: "propertys" is not a valid keyword.*\n {4}3 \|.*\n {6}\| {30}\^~~~~~~~~\n/m,
  )
  assert.match(
    err,
    /^env\.yaml:1:1: error: environment has wrong section "resource_registri" \[EnvironmentMalformed\]$/m,
  )
  assert.match(
    err,
    /^web\.yaml:4:\d+: error: The specified reference "aa" \(in b\) is incorrect\. \[InvalidReference\]$/m,
  )
  assert.match(err, /\n3 problems in 2 files\n$/)
})

test('a template that is no YAML is shown where it ends to be', async () => {
  const { code, err } = await run(
    ['template', 'validate', '-t', '-', '--offline'],
    {},
    { stdin: 'heat_template_version: 2018-08-31\na: [b\n' },
  )
  assert.equal(code, 1)
  assert.match(err, /^<stdin>:\d+:\d+: error: /)
})

test('offline, the answer is what a service would say', async (t) => {
  const directory = directoryWith(t, { 'web.yaml': good })
  const { code, out } = await run(
    ['template', 'validate', '-t', 'web.yaml', '--offline', '--parameter', 'size=3', '-f', 'json'],
    {},
    { directory },
  )
  assert.equal(code, 0)
  const { Parameters } = JSON.parse(out)
  assert.deepEqual([Parameters.size.Type, Parameters.size.Value], ['Number', '3'])
})

test('what is right here is then put to the service', async () => {
  const asked: unknown[] = []
  const { code, out } = await run(
    ['template', 'validate', '-t', '-', '--show-nested', '--ignore-errors', '99001'],
    {
      async validateTemplate(...question) {
        asked.push(question)
        return { Description: 'fine', Parameters: {} }
      },
    },
    { stdin: good },
  )
  assert.deepEqual([code, out], [0, 'Description: fine\nParameters: {}\n'])
  assert.deepEqual(asked, [
    [
      { template: good, files: {}, parameters: {} },
      { showNested: true, ignoreErrors: ['99001'] },
    ],
  ])
})

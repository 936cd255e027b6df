import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offlineTypes } from '../../../src/bin/types.ts'
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
    ['template', 'validate', '-'],
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

const here = { readTypes: async () => offlineTypes }

const server = (properties: string) =>
  `heat_template_version: 2018-08-31\nresources:\n  net: {type: OS::Neutron::Net, properties: ${properties}}\n`

test('named after the command, a template is checked here against the types that are known here', async (t) => {
  const directory = directoryWith(t, { 'net.yaml': server('{nmae: x, shared: maybe}') })
  const { code, err } = await run(['template', 'validate', 'net.yaml'], {}, { ...here, directory })
  assert.equal(code, 1)
  assert.match(err, /net\.yaml:3:46: error: .*Unknown Property nmae \[UnknownProperty\]\n/)
  assert.match(err, / {8}expected true or false\n/)
})

test('what is nested and what environments say is checked too, each in its own file', async (t) => {
  const directory = directoryWith(t, {
    'top.yaml': 'heat_template_version: 2018-08-31\nresources:\n  inside: {type: My::Net}\n',
    'net.yaml': server('{nmae: x}'),
    'env.yaml': 'resource_registry: {My::Net: net.yaml}\nparameters: {size: 1}\n',
  })
  const { code, err } = await run(
    ['template', 'validate', 'top.yaml', '-e', 'env.yaml'],
    {},
    { ...here, directory },
  )
  assert.equal(code, 1)
  assert.match(err, /^net\.yaml:3:46: error: /m)
  assert.match(err, /^env\.yaml:2:14: error: .* \[UnknownParameter\]$/m)
  assert.match(err, /\n2 problems in 2 files\n$/)
})

test('types that only a service may know are told of, mistyped ones are not excused', async (t) => {
  const typed = (type: string) => `heat_template_version: 2018-08-31\nresources: {a: {type: ${type}}}\n`
  const directory = directoryWith(t, {
    'heat.yaml': typed('OS::Heat::SoftwareDeployment'),
    'vendor.yaml': typed('Acme::Rocket'),
    'wrong.yaml': typed('OS::Neutron::Nett'),
  })
  const known = await run(['template', 'validate', 'heat.yaml', 'vendor.yaml'], {}, { ...here, directory })
  assert.equal(known.code, 0)
  assert.match(
    known.err,
    /^heat\.yaml:2:23: info: The properties of OS::Heat::SoftwareDeployment .*TypeNotChecked\]$/m,
  )
  assert.match(known.err, /\n2 suggestions in 2 files\n$/)
  const wrong = await run(['template', 'validate', 'wrong.yaml'], {}, { ...here, directory })
  assert.equal(wrong.code, 1)
  assert.match(wrong.err, /Did you mean "OS::Neutron::Net"\?/)
})

test('a type that is not known here is told of once in a template', async () => {
  const many = ['a', 'b', 'c'].map((name) => `  ${name}: {type: Acme::Rocket}\n`).join('')
  const { code, err } = await run(
    ['template', 'validate', '-'],
    {},
    { ...here, stdin: `heat_template_version: 2018-08-31\nresources:\n${many}` },
  )
  assert.equal(code, 0)
  assert.match(err, /^<stdin>:3:13: info: /)
  assert.match(err, /\n1 suggestion\n$/)
})

test('a key that stands twice is warned of, for what stood under the first is lost', async () => {
  const { code, err } = await run(
    ['template', 'validate', '-'],
    {},
    { ...here, stdin: `${good}resources:\n  a: {type: OS::Heat::None}\n  a: {type: OS::Heat::None}\n` },
  )
  assert.equal(code, 0)
  assert.match(err, /^<stdin>:5:3: warning: The key "a" stood in line 4 already/)
})

test('programs get what is warned of together with the description', async () => {
  const stdin = `${good}resources:\n  a: {type: OS::Heat::None}\n  a: {type: OS::Heat::None}\n`
  const { code, out, err } = await run(['template', 'validate', '-', '-f', 'json'], {}, { ...here, stdin })
  assert.deepEqual([code, err], [0, ''])
  const { Parameters, problems } = JSON.parse(out)
  assert.deepEqual(Object.keys(Parameters), ['size'])
  assert.deepEqual(
    problems.map((one: Record<string, unknown>) => [one.code, one.severity, one.line]),
    [['DuplicateKey', 'warning', 5]],
  )
})

test('files that can not be read keep nothing else from being told', async (t) => {
  const directory = directoryWith(t, {
    'web.yaml':
      'heat_template_version: 2018-08-31\nresources:\n  a: {type: OS::Heat::Nane}\n  b: {type: gone.yaml}\n  c: {type: gone.yaml}\noutputs: {x: {value: {get_file: gone.sh}}}\n',
    'other.yaml': 'heat_template_version: 2018-08-31\nresources: {a: {type: OS::Heat::Nune}}\n',
    'folder/x': '',
  })
  const { code, out } = await run(
    ['template', 'validate', 'web.yaml', 'folder', 'nowhere.yaml', 'other.yaml', '-f', 'json'],
    {},
    { ...here, directory },
  )
  assert.equal(code, 1)
  assert.deepEqual(
    JSON.parse(out).problems.map((one: Record<string, unknown>) => [one.code, one.file, one.line]),
    [
      ['FileUnreadable', 'folder', undefined],
      ['FileUnreadable', 'nowhere.yaml', undefined],
      ['UnknownType', 'other.yaml', 2],
      ['UnknownType', 'web.yaml', 3],
      ['FileUnreadable', 'web.yaml', 4],
      ['FileUnreadable', 'web.yaml', 5],
      ['FileUnreadable', 'web.yaml', 6],
    ],
  )
})

test('a parameter needs no value, but one that is read must be declared', async () => {
  const template = (name: string) =>
    `heat_template_version: 2018-08-31\nparameters: {size: {type: string}}\nresources:\n  a: {type: OS::Heat::Value, properties: {value: {get_param: ${name}}}}\n`
  const validate = (name: string) =>
    run(['template', 'validate', '-'], {}, { ...here, stdin: template(name) })
  assert.equal((await validate('size')).code, 0)
  assert.match((await validate('sise')).err, /\(sise\) was not provided/)
})

test('code review tools get a log, also when all is well', async () => {
  const sarif = async (stdin: string) => {
    const ran = await run(['template', 'validate', '-', '-f', 'sarif'], {}, { ...here, stdin })
    return { code: ran.code, results: JSON.parse(ran.out).runs[0].results }
  }
  assert.deepEqual(await sarif(good), { code: 0, results: [] })
  const { code, results } = await sarif(server('{nmae: x}'))
  assert.deepEqual([code, results[0].ruleId, results[0].level], [1, 'UnknownProperty', 'error'])
})

test('several templates are described by their names', async (t) => {
  const directory = directoryWith(t, { 'a.yaml': good, 'b.yaml': good })
  const { out } = await run(['template', 'validate', 'a.yaml', 'b.yaml', '-f', 'json'], {}, { directory })
  assert.deepEqual(Object.keys(JSON.parse(out)), ['a.yaml', 'b.yaml'])
})

test('a command line that can not be meant is refused', async () => {
  for (const args of [[], ['a.yaml', '-t', 'b.yaml'], ['-', '-'], ['a.yaml', '--service', '--offline']])
    assert.equal((await run(['template', 'validate', ...args], {})).code, 2, args.join(' '))
})

test('with --service, the service is asked after all is well here', async () => {
  const { code, out } = await run(
    ['template', 'validate', '-', '--service'],
    { validateTemplate: async () => ({ Description: 'asked' }) },
    { stdin: good },
  )
  assert.deepEqual([code, out], [0, 'Description: asked\n'])
})

test('a template whose files are in a container is for the service to check', async (t) => {
  const template = `${good}resources:\n  a: {type: elsewhere.yaml}\n`
  const directory = directoryWith(t, { 'web.yaml': template })
  const asked: unknown[] = []
  const validateTemplate = async (body: object) => {
    asked.push(body)
    return { Parameters: {} }
  }
  const args = ['template', 'validate', '-t', 'web.yaml', '-e', 'e.yaml', '-s', 'box']
  const { code } = await run(args, { validateTemplate }, { directory })
  assert.equal(code, 0)
  assert.deepEqual(asked, [
    { template, files: {}, environment_files: ['e.yaml'], files_container: 'box', parameters: {} },
  ])
  assert.equal((await run([...args, '--offline'], {}, { directory })).code, 2)
})

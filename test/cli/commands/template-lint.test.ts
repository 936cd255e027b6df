import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offlineTypes } from '../../../src/bin/types.ts'
import { directoryWith, run } from '../fakes.ts'

const here = { readTypes: async () => offlineTypes }

const unused = 'heat_template_version: 2021-04-16\nparameters:\n  a: {type: string}\n'
const lint = (args: readonly string[], more: Parameters<typeof run>[2] = {}) =>
  run(['template', 'lint', '--enable', 'UndescribedParameter', ...args], {}, { ...here, ...more })

test('what is found is shown where it is, and decides about the exit code', async () => {
  const { code, out } = await lint(['-'], { stdin: unused })
  assert.equal(code, 1)
  assert.match(
    out,
    /^<stdin>:3:3: warning: The parameter a is not used \[UnusedParameter\]\n {4}3 \| {3}a: .*\n {6}\| {3}\^\n/,
  )
  assert.match(out, /\n1 warning, 1 suggestion\n$/)
  assert.equal((await lint(['-', '--fail-on', 'error'], { stdin: unused })).code, 0)
  assert.equal((await lint(['-', '--disable', 'UnusedParameter'], { stdin: unused })).code, 0)
  assert.equal(
    (await lint(['-', '--disable', 'UnusedParameter', '--fail-on', 'info'], { stdin: unused })).code,
    1,
  )
})

test('rules can be chosen by name, all of them and those that are off', async () => {
  const only = await lint(
    ['-', '--disable', 'all', '--enable', 'UnconstrainedParameter,UndescribedParameter'],
    { stdin: unused },
  )
  assert.deepEqual([...only.out.matchAll(/\[(\w+)\]/g)].map(([, code]) => code).sort(), [
    'UnconstrainedParameter',
    'UndescribedParameter',
  ])
  assert.equal((await lint(['-', '--disable', 'Nonsense'], { stdin: unused })).code, 2)
  const listed = JSON.parse((await lint(['--list-rules', '-f', 'json'])).out)
  assert.ok(
    listed.some(
      ({ Rule, Runs }: Record<string, string>) => Rule === 'UnconstrainedParameter' && Runs === 'no',
    ),
  )
})

test('nested templates are looked at, and problems are told with the rest', async (t) => {
  const directory = directoryWith(t, {
    'top.yaml':
      'heat_template_version: 2021-04-16\nresources:\n  inside: {type: inside.yaml}\n  net: {type: OS::Neutron::Net, properties: {nmae: x}}\n',
    'inside.yaml': `${unused.replace('}', ', default: x}')}`,
  })
  const { code, out } = await lint(['top.yaml', '-f', 'json'], { directory })
  assert.equal(code, 1)
  assert.deepEqual(
    JSON.parse(out).problems.map(({ code: rule, file, severity }: Record<string, string>) => [
      rule,
      file,
      severity,
    ]),
    [
      ['UnusedParameter', 'inside.yaml', 'warning'],
      ['UndescribedParameter', 'inside.yaml', 'info'],
      ['UnknownProperty', 'top.yaml', 'error'],
    ],
  )
})

test('findings are rows of a table, and a log for code review tools', async () => {
  const csv = await lint(['-', '-f', 'csv'], { stdin: unused })
  assert.match(csv.out, /^"File","Line","Column","Severity","Rule","Message"\n"<stdin>",3,3,"warning",/)
  const [{ results, tool }] = JSON.parse((await lint(['-', '-f', 'sarif'], { stdin: unused })).out).runs
  assert.deepEqual(
    results.map((one: Record<string, string>) => [one.ruleId, one.level]),
    [
      ['UnusedParameter', 'warning'],
      ['UndescribedParameter', 'note'],
    ],
  )
  assert.equal(tool.driver.rules.length, 2)
})

test('nothing to remark is said', async () => {
  const { code, out } = await lint(['-'], { stdin: 'heat_template_version: 2021-04-16\noutputs: {}\n' })
  assert.deepEqual([code, out], [0, 'Nothing to remark.\n'])
})

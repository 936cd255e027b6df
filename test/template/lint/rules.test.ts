import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offlineTypes } from '../../../src/bin/types.ts'
import {
  checkStack,
  defineStack,
  emptyEnvironment,
  type LintExample,
  lintRules,
  lintTemplate,
  parseTemplate,
} from '../../../src/template/index.ts'
import { pseudo } from '../sample.ts'

const textOf = ({ template, version = 'heat_template_version: 2021-04-16' }: LintExample) =>
  `${version}\n${template}`

function lint(text: string, { files = {}, all = false } = {}) {
  const { value, problems } = parseTemplate(text)
  assert.ok(value)
  assert.deepEqual(problems, [])
  const environment = emptyEnvironment
  const { catalog } = offlineTypes
  const stack = defineStack({ template: value, environment, files, pseudo, lenient: true })
  assert.deepEqual(stack.problems, [])
  if (Object.keys(files).length === 0) assert.deepEqual(checkStack(stack.value, catalog), [])
  return lintTemplate(value, { environment, files, catalog, text, runs: ({ optional }) => all || !optional })
}

for (const { code, example, fine } of lintRules) {
  test(`${code} is found in its example, with a place, and not in what is fine`, () => {
    const found = lint(textOf(example), { files: example.files ?? {}, all: true })
    const finding = found.find((one) => one.code === code)
    assert.ok(finding?.line !== undefined && finding.endColumn !== undefined, JSON.stringify(found))
    const others = lint(textOf(fine), { files: fine.files ?? {}, all: true })
    assert.deepEqual(
      others.filter((one) => one.code === code),
      [],
    )
  })
}

test('rules are told in whole sentences, and no two have one code', () => {
  for (const { summary, advice } of lintRules) {
    assert.match(summary, /^[A-Z].*\.$/)
    assert.match(advice, /^[A-Z].*\.$/)
  }
  assert.equal(new Set(lintRules.map(({ code }) => code)).size, lintRules.length)
})

const codes = (body: string) =>
  lint(`heat_template_version: 2021-04-16\n${body}`).map(({ code, line }) => `${line} ${code}`)

const unused = 'parameters:\n  a: {type: string, description: A.}'

test('a comment switches a rule off for its line, or alone for the whole file', () => {
  assert.deepEqual(codes(`${unused}\n`), ['3 UnusedParameter'])
  assert.deepEqual(codes(`${unused} # hearth: disable=UnusedParameter\n`), [])
  assert.deepEqual(codes(`# hearth: disable=OldVersion,UnusedParameter\n${unused}\n`), [])
  assert.deepEqual(codes(`description: x # hearth: disable=UnusedParameter\n${unused}\n`), [
    '4 UnusedParameter',
  ])
})

test('a comment that names no rule is told, with the one that was meant', () => {
  const found = lint(`heat_template_version: 2021-04-16\n${unused} # hearth: disable=UnusedParametre\n`)
  assert.deepEqual(
    found.map(({ code, meant }) => [code, meant]),
    [
      ['UnusedParameter', undefined],
      ['UnknownRule', 'UnusedParameter'],
    ],
  )
})

test('what a function works out counts as every name', () => {
  const dynamic =
    'outputs:\n  o: {value: {get_param: [{get_attr: [r, value]}]}}\nresources:\n  r: {type: OS::Heat::Value, properties: {value: a}}\n'
  assert.deepEqual(codes(`${unused}\n${dynamic}`), [])
})

test('conditions that only other conditions name are used', () => {
  assert.deepEqual(
    codes(
      'conditions:\n  a: true\n  b: {not: a}\n  c: {and: [b, true]}\noutputs:\n  o: {value: x, condition: c}\n',
    ),
    [],
  )
})

test('names that belong to every object are names like any other', () => {
  assert.deepEqual(
    codes(
      'parameters:\n  constructor: {type: string, description: A., default: x}\n  toString: {type: string, description: B.}\nresources:\n  hasOwnProperty: {type: OS::Heat::Value, properties: {value: {get_param: constructor}}}\noutputs:\n  o: {value: {get_attr: [hasOwnProperty, value]}}\n',
    ),
    ['4 UnusedParameter'],
  )
})

test('a secret is never in the words of a finding', () => {
  const found = lint(
    'heat_template_version: 2021-04-16\nparameters:\n  db_password: {type: string, hidden: true, default: xyzzy}\noutputs:\n  o: {value: {get_param: db_password}}\n',
  )
  assert.ok(found.length > 1)
  assert.ok(!JSON.stringify(found).includes('xyzzy'))
})

test('what a group puts in place by itself is not missed, and who writes OS::Heat::None means it', () => {
  assert.deepEqual(
    codes(
      'resources:\n  off: {type: OS::Heat::None}\noutputs:\n  o: {value: {str_replace: {template: "%a%-%index%", params: {"%a%": x}}}}\n',
    ),
    [],
  )
})

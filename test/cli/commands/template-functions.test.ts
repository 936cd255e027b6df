import assert from 'node:assert/strict'
import { test } from 'node:test'
import { run } from '../fakes.ts'

const functions = (...args: readonly string[]) => run(['template', 'functions', ...args], {})

test('the functions of the newest version are listed, or of another one', async () => {
  const names = async (...args: readonly string[]) =>
    JSON.parse((await functions(...args, '-f', 'json')).out).map(
      (row: Record<string, string>) => row.Function,
    )
  assert.ok((await names()).includes('list_concat'))
  assert.ok(!(await names('--template-version', '2016-04-08')).includes('list_concat'))
  assert.ok((await names('--template-version', 'pike')).includes('list_concat'))
  assert.ok((await names('--template-version', '2010-09-09')).includes('Fn::GetAtt'))
  assert.deepEqual((await names('--template-version', 'newton', '--conditions')).sort(), [
    'and',
    'equals',
    'get_param',
    'not',
    'or',
  ])
})

test('a function is explained with its versions and examples', async () => {
  const { code, out } = await functions('str_split')
  assert.equal(code, 0)
  assert.match(out, /^str_split: Splits a text at a delimiter\.\n\n {4}str_split: \[DELIMITER, TEXT\]\n/)
  assert.match(out, /\n {2}INDEX \(number, may be left out\): /)
  assert.match(out, /\nIn 2015-10-15, .*2021-04-16\.\n/)
  assert.match(out, /\nExample:\n {4}str_split: \[",", "apples,pears"\]\n {2}gives\n {4}\[apples, pears\]\n/)
  const { name, examples } = JSON.parse((await functions('str_split', '-f', 'json')).out)
  assert.ok(name === 'str_split' && examples.length > 1)
})

test('an earlier version has an earlier form', async () => {
  const [older, newer] = [
    await functions('repeat', '--template-version', '2015-04-30'),
    await functions('repeat'),
  ]
  assert.notEqual(older.out, newer.out)
})

test('what there is not is refused, with what may be meant', async () => {
  assert.match((await functions('str_splt')).err, /there is no function str_splt; did you mean str_split\?/)
  assert.match(
    (await functions('str_split', '--template-version', '2014-10-16')).err,
    /version 2014-10-16 has no str_split; these have it: 2015-10-15, /,
  )
  assert.equal((await functions('--template-version', '1999-01-01')).code, 2)
})

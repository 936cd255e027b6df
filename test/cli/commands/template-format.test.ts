import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { directoryWith, run } from '../fakes.ts'

const rough = 'a:\n    b: "c"\n'
const fine = 'a:\n  b: c\n'

test('the form is shown, written back, or only checked', async (t) => {
  const directory = directoryWith(t, { 'rough.yaml': rough, 'fine.yaml': fine })
  const format = (...args: readonly string[]) => run(['template', 'format', ...args], {}, { directory })
  assert.equal((await format('rough.yaml')).out, fine)

  const checked = await format('--check', 'rough.yaml', 'fine.yaml')
  assert.deepEqual(
    [checked.code, checked.err, checked.out],
    [
      1,
      'rough.yaml: would be formatted\n',
      '--- rough.yaml\n+++ rough.yaml, formatted\n a:\n-    b: "c"\n+  b: c\n \n',
    ],
  )
  const written = await format('--write', 'rough.yaml', 'fine.yaml')
  assert.deepEqual([written.code, written.err, written.out], [0, 'rough.yaml: formatted\n', ''])
  assert.equal(readFileSync(join(directory, 'rough.yaml'), 'utf8'), fine)
  assert.equal((await format('--check', 'rough.yaml', 'fine.yaml')).code, 0)
})

test('the input can be formatted, and converted', async () => {
  const { out } = await run(['template', 'format', '-', '--to', 'json'], {}, { stdin: rough })
  assert.deepEqual(JSON.parse(out), { a: { b: 'c' } })
})

test('what can not be formatted is told, and stays as it is', async (t) => {
  const directory = directoryWith(t, { 'bad.yaml': 'a:\n\tb: 1\n', 'rough.yaml': rough })
  const { code, err } = await run(
    ['template', 'format', '--write', 'bad.yaml', 'gone.yaml', '.', 'rough.yaml'],
    {},
    { directory },
  )
  assert.equal(code, 1)
  assert.deepEqual(err.split('\n'), [
    'bad.yaml: not formatted, for it can not be read: tab characters must not be used in indentation in line 2, column 1. Indent with spaces',
    'gone.yaml: not formatted, for there is no such file',
    '.: not formatted, for it is a directory',
    'rough.yaml: formatted',
    '',
  ])
  assert.equal(readFileSync(join(directory, 'rough.yaml'), 'utf8'), fine)
})

test('a command line that leaves open what is to become of files is refused', async () => {
  for (const args of [
    ['a', 'b'],
    ['--check', '--write', 'a'],
    ['--write', '-'],
    ['--write', '--to', 'json', 'a'],
  ])
    assert.equal((await run(['template', 'format', ...args], {})).code, 2, args.join(' '))
})

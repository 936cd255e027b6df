import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { commands } from '../../../src/cli/commands/index.ts'
import { run } from '../fakes.ts'
import { completing, offered } from './shells.ts'

test('Bash offers words, options, choices, files and stacks, each in its place', async (t) => {
  const { offers, calls, directory } = await completing(t, 'bash')
  for (const [line, words] of Object.entries(offered)) assert.deepEqual(offers(line), words, line)
  assert.ok(calls().every((call) => call.endsWith('stack list --short --limit 500 -f value -c Stack Name')))
  assert.ok(
    calls().some((call) => call.startsWith('--os-cloud mine ')),
    'the cloud on the line is the one asked',
  )
  assert.ok(!existsSync(join(directory, 'pwned')), 'what a service answers is never run')
})

test('every command and each of its options is in the words of every shell', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { code, out } = await run(['completion', shell], {})
    assert.equal(code, 0)
    for (const { name, options } of commands) {
      assert.ok(out.includes(`'${name}'`), `${shell}: ${name}`)
      for (const { flags } of Object.values(options))
        for (const [long] of flags.matchAll(/--[\w-]+/g)) assert.ok(out.includes(long), `${shell}: ${long}`)
    }
  }
})

test('another shell is a mistake of the command line', async () => {
  const { code, err } = await run(['completion', 'tcsh'], {})
  assert.equal(code, 2)
  assert.match(err, /Allowed choices are bash, zsh, fish/)
})

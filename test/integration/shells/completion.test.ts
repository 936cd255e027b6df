import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { installed } from '../../../tools/services.ts'
import { completing, offered, type Shell } from '../../cli/completion/shells.ts'

const shells: readonly Shell[] = ['zsh', 'fish']

for (const shell of shells) {
  test(`${shell} offers words, options, choices, files and stacks, each in its place`, {
    skip: !installed.shells() && 'zsh and fish are not installed: node tools/services.ts install',
  }, async (t) => {
    const { offers, directory } = await completing(t, shell)
    for (const [line, words] of Object.entries(offered))
      assert.deepEqual([...new Set(offers(line))], words, line)
    assert.ok(!existsSync(join(directory, 'pwned')), 'what a service answers is never run')
  })
}

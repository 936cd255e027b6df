import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { filesIn } from '../../../tools/files.ts'
import { installed } from '../../../tools/services.ts'

test('mandoc finds nothing amiss with any manual page', {
  skip: !installed.shells() && 'mandoc is not installed: node tools/services.ts install',
}, () => {
  const pages = filesIn('contrib/man', '.1')
  assert.ok(pages.includes('contrib/man/hearth-stack-create.1'))
  const { status, stdout } = spawnSync('mandoc', ['-Tlint', '-W', 'warning', ...pages], { encoding: 'utf8' })
  assert.deepEqual([status, stdout], [0, ''])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bundleForBrowser } from '../../tools/measure/bundle.ts'

test('the language is built for a browser without anything of Node', async () => {
  const { text, contents, warnings } = await bundleForBrowser()
  assert.deepEqual(warnings, [])
  // A third of it is YAQL with the words of its reference.
  assert.ok(contents.length < 400_000)
  assert.doesNotMatch(text, /from"node:|require\("node:/)
})

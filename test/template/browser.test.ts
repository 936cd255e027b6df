import assert from 'node:assert/strict'
import { test } from 'node:test'
import { build } from 'esbuild'

test('the language is built for a browser without anything of Node', async () => {
  const { outputFiles, warnings } = await build({
    entryPoints: ['src/template/index.ts'],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'esm',
    logLevel: 'silent',
  })
  assert.deepEqual(warnings, [])
  const [bundle] = outputFiles
  // A third of it is YAQL with the words of its reference.
  assert.ok(bundle && bundle.contents.length < 400_000)
  assert.doesNotMatch(bundle.text, /from"node:|require\("node:/)
})

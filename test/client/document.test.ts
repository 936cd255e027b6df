import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { silent } from '../../src/base/log.ts'
import { startUp } from '../../src/bin/up.ts'
import { fencedBlocks } from '../../tools/documents.ts'
import { directoryWith } from '../cli/fakes.ts'

test('the examples of the client run one after another, and print what stands beside them', async (t) => {
  const blocks = fencedBlocks(readFileSync('docs/client.md', 'utf8')).filter(
    ({ language }) => language === 'ts',
  )
  assert.ok(blocks.length > 5)
  const code = blocks.map((block) => block.code).join('\n')
  const directory = directoryWith(t, {})
  const script = join(directory, 'examples.mjs')
  writeFileSync(script, await bundled(code))
  const running = await startUp(
    { register: false, port: 0, stateDirectory: join(directory, 'state') },
    silent,
  )
  t.after(() => running.close())
  const { stdout } = await promisify(execFile)(process.execPath, [script], {
    env: { ...process.env, ...running.variables },
    timeout: 60_000,
  })
  assert.deepEqual(stdout.trim().split('\n'), expected(code))
})

/** The comments behind what prints. */
const expected = (code: string): readonly string[] =>
  [...code.matchAll(/console\.log\(.*\) \/\/ (.*)$/gm)].map(([, comment = '']) => comment)

async function bundled(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: '.', loader: 'ts' },
    alias: { 'hearth/client': './src/client/index.ts' },
    external: ['undici'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { build } from 'esbuild'
import { fencedBlocks } from '../../tools/documents.ts'

test('the example of the language as a library runs, and prints what stands beside it', async () => {
  const [example] = fencedBlocks(readFileSync('docs/language-library.md', 'utf8')).filter(
    ({ language }) => language === 'ts',
  )
  assert.ok(example)
  const printed: string[] = []
  const script = await bundled(example.code)
  new Function('console', script)({
    log: (...words: readonly unknown[]) => printed.push(words.map(shown).join(' ')),
  })
  assert.deepEqual(printed, expected(example.code))
})

/** The comments behind the lines that print. */
const expected = (code: string): readonly string[] =>
  [...code.matchAll(/^console\.log\(.*\) \/\/ (.*)$/gm)].map(([, comment = '']) => comment)

const shown = (value: unknown): string => (typeof value === 'string' ? value : inspect(value))

async function bundled(code: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: '.', loader: 'ts' },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? ''
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { build } from 'esbuild'

test('what every run of hearth loads is little, and none of it is for a few commands only', async () => {
  const { metafile } = await build({
    entryPoints: ['src/bin/hearth.ts'],
    outdir: 'out',
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'silent',
  })
  const loaded = new Map<string, number>()
  const packages = new Set<string>()
  const load = (path: string) => {
    const part = metafile.outputs[path]
    if (part === undefined) return
    for (const [file, { bytesInOutput }] of Object.entries(part.inputs)) loaded.set(file, bytesInOutput)
    for (const { path: next, kind, external } of part.imports) {
      if (kind !== 'import-statement') continue
      if (external) packages.add(next)
      else if (!loaded.has(next)) load(next)
    }
  }
  load('out/hearth.js')
  const needed = [...packages].filter((name) => !name.startsWith('node:'))
  assert.deepEqual(needed, ['commander'], 'packages')
  assert.ok(!packages.has('node:crypto') && !packages.has('node:http'))
  const heavy = /src\/(template|schema|resources|engine|api|simulator|store|identity)\//
  assert.deepEqual(
    [...loaded.keys()].filter((file) => heavy.test(file)),
    [],
  )
  const bytes = [...loaded.values()].reduce((sum, one) => sum + one, 0)
  assert.ok(bytes < 250_000, `${bytes} bytes`)
})

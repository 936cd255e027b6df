// Bundles the command line into dist/, so that it starts at once: `bin/hearth` runs that if it is not older than src/.
// What only servers need stays in chunks that are loaded when they are asked for, and their packages in node_modules.
// Beside it goes the client for other programs, with its types: what package.json exports.
//   node tools/build.ts [folder]
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'
import { filesIn } from './files.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }

const folder = process.argv[2] ?? 'dist'
const types = join(folder, 'types')

rmSync(folder, { recursive: true, force: true })
await build({
  entryPoints: { hearth: 'src/bin/hearth.ts', client: 'src/client/index.ts' },
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  chunkNames: 'parts/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  external: [
    'amqplib',
    'fastify',
    'kysely',
    'mysql2',
    'pg',
    'pino',
    'prom-client',
    'undici',
    '@opentelemetry/*',
  ],
  // Its modules for browsers; those for Node can't be put into a module.
  alias: { yaml: './node_modules/yaml/browser/index.js' },
  define: { HEARTH_VERSION: JSON.stringify(version) },
  minifySyntax: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'linked',
  logLevel: 'warning',
})

execFileSync('node_modules/.bin/tsc', ['-p', 'tsconfig.client.json', '--outDir', types], { stdio: 'inherit' })
for (const file of filesIn(types, '.d.ts')) {
  // Types are found by the names that modules have once they are compiled.
  const text = readFileSync(file, 'utf8').replaceAll(
    /((?:from|import\() ?['"]\.[^'"]+)\.ts(['"])/g,
    '$1.js$2',
  )
  writeFileSync(file, text)
}

// Bundles the command line into dist/, so that it starts at once: `bin/hearth` runs that if it is not older than src/.
// What only servers need stays in chunks that are loaded when they are asked for, and their packages in node_modules.
import { readFileSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }

rmSync('dist', { recursive: true, force: true })
await build({
  entryPoints: { hearth: 'src/bin/hearth.ts' },
  outdir: 'dist',
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

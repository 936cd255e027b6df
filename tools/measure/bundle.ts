import { build } from 'esbuild'

/** The language as a browser loads it, and what the bundler warns of. */
export async function bundleForBrowser(): Promise<{
  readonly text: string
  readonly contents: Uint8Array
  readonly warnings: readonly unknown[]
}> {
  const { outputFiles, warnings } = await build({
    entryPoints: ['src/template/index.ts'],
    bundle: true,
    minify: true,
    write: false,
    platform: 'browser',
    format: 'esm',
    logLevel: 'silent',
  })
  const [bundle] = outputFiles
  if (bundle === undefined) throw new Error('the bundler wrote nothing')
  return { text: bundle.text, contents: bundle.contents, warnings }
}

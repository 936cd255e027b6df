import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'

interface Bundle {
  readonly path: string
  readonly template: unknown
  readonly files?: Readonly<Record<string, string>>
}

const collection = fileURLToPath(
  new URL('../../../shared/parity/oracle/openstack+heat-templates.jsonl.gz', import.meta.url),
)

/** Writes a public template and the files that it names into a directory of their own, and answers with its path. */
export function publicTemplate(path: string): string {
  if (!existsSync(collection)) throw new Error(`this journey needs the public templates of ${collection}`)
  const lines = gunzipSync(readFileSync(collection)).toString('utf8').split('\n')
  const line = lines.find((one) => one.includes(`"${path}"`))
  if (line === undefined) throw new Error(`there is no public template ${path}`)
  const { bundle } = JSON.parse(line) as { readonly bundle: Bundle }
  const directory = mkdtempSync(join(tmpdir(), 'hearth-template-'))
  return write(bundle, directory)
}

/** The files' addresses in the bundle become those of the files as they are written. */
function write({ path, template, files = {} }: Bundle, directory: string): string {
  mkdirSync(directory, { recursive: true })
  const addresses = Object.keys(files).map(
    (address) => [address, pathToFileURL(join(directory, basename(address))).href] as const,
  )
  const moved = (text: string): string =>
    addresses.reduce((result, [from, to]) => result.replaceAll(from, to), text)
  for (const [address, content] of Object.entries(files))
    writeFileSync(join(directory, basename(address)), moved(content))
  const root = join(directory, basename(path).replace(/\.yaml$/, '.json'))
  writeFileSync(root, moved(JSON.stringify(template)))
  return root
}

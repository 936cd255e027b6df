// Writes docs/reference/ and contrib/man/ from the declarations in src/. With --check it writes nothing, and fails if that would change it.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { configurationPage } from '../src/base/config-page.ts'
import { outlineOf } from '../src/cli/kit/outline.ts'
import { openApiDocument } from '../src/contract/openapi/document.ts'
import { filesIn } from './files.ts'
import { commandLinePage, programToRead } from './reference/command-line.ts'
import { functionPages } from './reference/functions.ts'
import { lintPage } from './reference/lint.ts'
import { manPages } from './reference/man.ts'
import { metricsPage } from './reference/metrics.ts'
import { problemsPage } from './reference/problems.ts'
import { resourceTypePages } from './reference/resource-types.ts'
import { restApiPage } from './reference/rest-api.ts'
import { versionPages } from './reference/template-versions.ts'
import { yaqlPage } from './reference/yaql.ts'

const folder = 'docs/reference'
const manual = 'contrib/man'

const problems = await problemsPage()

const introduction = `# Reference

Made from the code by \`node tools/docs.ts\`: change the declarations, not these pages.

- [Resource types](resource-types.md)
- [Template functions](functions.md)
- [Template versions](template-versions.md)
- [YAQL](yaql.md)
- [Problems](problems.md)
- [Lint rules](lint.md)
- [REST API](rest-api.md), and [in OpenAPI 3.1](openapi.json)
- [Command line](command-line.md); the same as manual pages: [contrib/man](../../contrib/man)
- [Configuration](configuration.md)
- [Metrics](metrics.md)
`

/** The pages as they must be, by their paths. */
function pages(): ReadonlyMap<string, string> {
  const all = [
    ['README.md', introduction],
    ['problems.md', problems],
    ['lint.md', lintPage()],
    ['yaql.md', yaqlPage()],
    ['rest-api.md', restApiPage()],
    ['openapi.json', `${JSON.stringify(openApiDocument(), null, 2)}\n`],
    ['command-line.md', commandLinePage()],
    ['configuration.md', configurationPage()],
    ['metrics.md', metricsPage()],
    ...functionPages(),
    ...versionPages(),
    ...resourceTypePages(),
  ] as const
  return new Map([
    ...all.map(([path, text]) => [`${folder}/${path}`, text] as const),
    ...manPages(outlineOf(programToRead())).map(([name, text]) => [`${manual}/${name}`, text] as const),
  ])
}

/** The pages that are not what the code says, or that nothing in the code has any more. */
export function staleReference(): readonly string[] {
  const wanted = pages()
  const there = [folder, manual].flatMap((one) => (existsSync(one) ? filesIn(one, '') : []))
  const differs = [...wanted]
    .filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
    .map(([path]) => path)
  return [...differs, ...there.filter((path) => !wanted.has(path))]
}

function write(): void {
  for (const one of [folder, manual]) rmSync(one, { recursive: true, force: true })
  for (const [path, text] of pages()) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
}

if (import.meta.main) {
  if (process.argv[2] === '--check') {
    const stale = staleReference()
    for (const path of stale) console.error(`${path} is not what the code says: node tools/docs.ts`)
    process.exit(stale.length === 0 ? 0 : 1)
  }
  write()
}

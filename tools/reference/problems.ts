import { fileURLToPath, pathToFileURL } from 'node:url'
import { offlineTypes } from '../../src/bin/types.ts'
import { collectBundle } from '../../src/cli/bundle/bundle.ts'
import { Unreadable } from '../../src/cli/bundle/read.ts'
import { typesKnownHere } from '../../src/cli/offline/catalog.ts'
import { readOffline } from '../../src/cli/offline/stack.ts'
import type { Report } from '../../src/cli/problems/report.ts'
import { showProblems } from '../../src/cli/problems/show-problems.ts'
import { noPaint } from '../../src/cli/terminal.ts'
import { type ProblemCode, type ProblemKind, problemKinds } from '../../src/template/index.ts'
import { type ProblemExample, problemExamples } from './problem-examples.ts'

const introduction = `# Problems

What can be wrong with a template, an environment or the values given to them, by the code that stands behind each message.
REST callers find the codes in \`error.problems\`; \`error.type\` is the name under which Heat knows the first of them.
The examples are checked as \`hearth template validate\` checks them.`

/** What an example is found to have, and the files it is made of. */
export async function reportOf(example: ProblemExample): Promise<Report> {
  const files = filesOf(example)
  const bundle = await collectBundle({
    template: 'web.yaml',
    environments: Object.keys(files).filter((name) => name.startsWith('env')),
    directory: '/',
    readStdin: async () => new Uint8Array(),
    async read(url) {
      const text = files[fileURLToPath(url).slice(1)]
      if (text === undefined) throw new Unreadable('there is no such file')
      return new TextEncoder().encode(text)
    },
  })
  const registered = Object.entries(example.files ?? {}).map(
    ([name, text]) => [pathToFileURL(`/${name}`).href, text] as const,
  )
  const whole = { ...bundle, files: { ...Object.fromEntries(registered), ...bundle.files } }
  const { findings } = await readOffline(whole, example.parameters ?? {}, typesKnownHere(offlineTypes))
  return { findings: bundle.problems.length > 0 ? bundle.problems : findings, sources: bundle.sources }
}

function filesOf({ template = '', version = '2021-04-16', environments = [], files = {} }: ProblemExample) {
  const opening = version === null ? '' : `heat_template_version: ${version}\n`
  return {
    'web.yaml': `${opening}${template}`,
    ...Object.fromEntries(
      environments.map((text, i) => [environments.length > 1 ? `env${i + 1}.yaml` : 'env.yaml', text]),
    ),
    ...files,
  } as Readonly<Record<string, string>>
}

/** Every kind of problem, with an example of it. */
export async function problemsPage(): Promise<string> {
  const kinds = Object.entries(problemKinds) as readonly (readonly [ProblemCode, ProblemKind])[]
  const sections = await Promise.all(
    kinds.map(async ([code, kind]) =>
      [`## ${code}`, kind.means, kind.remedy, factsOf(kind), ...(await exampleOf(code))].join('\n\n'),
    ),
  )
  return [introduction, ...sections].join('\n\n').concat('\n')
}

function factsOf({ errorType = 'StackValidationFailed', severity = 'error' }: ProblemKind): string {
  if (severity === 'error') return `REST callers know it as \`${errorType}\`.`
  return severity === 'warning' ? 'It is a warning.' : 'It is told by the way, and fails nothing.'
}

async function exampleOf(code: ProblemCode): Promise<readonly string[]> {
  const example = problemExamples[code]
  if (example === undefined) return []
  const files = Object.entries(filesOf(example))
  const texts = files.map(([name, text]) => {
    const title = files.length > 1 ? `\`${name}\`:\n\n` : ''
    return `${title}\`\`\`yaml\n${text.trimEnd()}\n\`\`\``
  })
  const given = Object.entries(example.parameters ?? {}).map(
    ([name, value]) => `--parameter ${name}=${value}`,
  )
  const command = given.length === 0 ? [] : [`With \`${given.join(' ')}\`:`]
  const report = await reportOf(example)
  return [...texts, ...command, `\`\`\`\n${showProblems([report], noPaint).trimEnd()}\n\`\`\``]
}

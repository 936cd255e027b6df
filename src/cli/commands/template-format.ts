import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { some } from '../kit/arguments.ts'
import { command } from '../kit/command.ts'
import type { Context } from '../kit/context.ts'
import { UsageError } from '../kit/failure.ts'
import { choice, flag } from '../kit/options.ts'
import type { Output } from '../render/output.ts'

/** `hearth template format` */
export const templateFormat = command({
  name: 'template format',
  summary: 'Bring templates and environments into one form, with their comments.',
  notes:
    'Two spaces, quotes only where a reader of YAML could take a text for something else, short flow collections on one line, texts over several lines as they are. What comes out means the same as what went in: otherwise nothing is written. It is shown, unless --write says to write it back. With --check nothing is written; the exit code is 1 if a file is not in this form. A JSON file stays JSON, unless --to converts it, which leaves comments out.',
  example:
    'hearth template format web.yaml\nhearth template format --write templates/*.yaml\nhearth template format --check templates/*.yaml\nhearth template format --to yaml web.json > web.yaml',
  arguments: { file: some('the templates or environments: paths, or - for the input') },
  options: {
    check: flag('--check', 'show what would change, and fail if anything would'),
    write: flag('--write', 'write the files back'),
    sort: flag(
      '--sort',
      'put sections, and the keys of resources, parameters and outputs into their usual order',
    ),
    to: choice('--to <form>', 'what to convert to', ['yaml', 'json']),
  },
  async run({ args, options, context }) {
    const { check, write, sort, to } = options
    if (check && write) throw new UsageError('--check and --write cannot be given together')
    if (write && (to !== undefined || args.file.includes('-')))
      throw new UsageError('--write is for files that stay what they are')
    if (!check && !write && args.file.length > 1)
      throw new UsageError('of several files, say what is to become of them: --write or --check')
    const { format } = await import('../format/format.ts')
    const files: Done[] = []
    for (const file of args.file) {
      const found = await read(file, context)
      if ('refused' in found) files.push({ file, path: undefined, before: '', ...found })
      else {
        const { text: before, path } = found
        files.push({ file, path, before, ...(await format(before, { ordered: sort, ...(to && { to }) })) })
      }
    }
    return await conclude(files, { check, write, context })
  },
})

interface Done {
  readonly file: string
  readonly path: string | undefined
  readonly before: string
  readonly text?: string
  readonly refused?: string
}

async function read(
  file: string,
  { directory, terminal }: Context,
): Promise<{ readonly text: string; readonly path: string | undefined } | { readonly refused: string }> {
  const { readAnything, textOf, Unreadable } = await import('../bundle/read.ts')
  if (file === '-') return { text: textOf(await terminal.readStdin()), path: undefined }
  const { addressOf } = await import('../bundle/address.ts')
  const url = addressOf(file, directory)
  try {
    return {
      text: textOf(await readAnything(url)),
      path: url.startsWith('file:') ? fileURLToPath(url) : undefined,
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { refused: error.message }
  }
}

interface Concluding {
  readonly check: boolean
  readonly write: boolean
  readonly context: Context
}

async function conclude(files: readonly Done[], how: Concluding): Promise<Output> {
  let shown = ''
  let isWrong = false
  for (const done of files) {
    if (done.text === undefined)
      how.context.terminal.err.write(`${done.file}: not formatted, for ${done.refused}\n`)
    isWrong ||= done.text === undefined || (how.check && done.text !== done.before)
    shown += await concludeOne(done, how)
  }
  return { shows: 'text', text: shown, exitCode: isWrong ? 1 : 0 }
}

/** Does what is to be done with one file; returns what is to be shown of it. */
async function concludeOne(
  { file, path, before, text }: Done,
  { check, write, context }: Concluding,
): Promise<string> {
  if (text === undefined) return ''
  if (!check && !write) return text
  if (text === before) return ''
  context.terminal.err.write(`${file}: ${check ? 'would be formatted' : 'formatted'}\n`)
  if (check) return await changeOf(file, before, text)
  if (path !== undefined) await writeFile(path, text)
  return ''
}

async function changeOf(file: string, before: string, after: string): Promise<string> {
  const { diffText } = await import('../format/diff.ts')
  return `--- ${file}\n+++ ${file}, formatted\n${diffText(before, after)}`
}

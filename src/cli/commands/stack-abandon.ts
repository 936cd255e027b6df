import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { JsonMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import { one } from '../kit/arguments.ts'
import { command, nothing } from '../kit/command.ts'
import type { Context } from '../kit/context.ts'
import { UsageError } from '../kit/failure.ts'
import { text } from '../kit/options.ts'
import type { Output } from '../render/output.ts'

const stack = one('the name or ID of the stack')
const outputFile = text('--output-file <file>', 'write the document there, for nobody else to read')

/** `hearth stack abandon` */
export const stackAbandon = command({
  name: 'stack abandon',
  summary: 'Forget a stack, leave all that it made, and show what `stack adopt` takes.',
  notes:
    'What is shown is all that is left of the stack, and it holds its secrets: keep it. The service must be set up with enable_stack_abandon.',
  example: 'hearth stack abandon web --output-file web.json',
  shows: { form: 'one', format: 'json' },
  arguments: { stack },
  options: { outputFile },
  async run({ args, options, context }) {
    const client = await context.connect()
    return await keep(context, options.outputFile, () => client.abandonStack(args.stack))
  },
})

/** `hearth stack export` */
export const stackExport = command({
  name: 'stack export',
  summary: 'Show what `stack abandon` would, and change nothing.',
  notes: 'It holds the secrets of the stack. The service must be set up with enable_stack_abandon.',
  example: 'hearth stack export web --output-file web.json',
  shows: { form: 'one', format: 'json' },
  arguments: { stack },
  options: { outputFile },
  async run({ args, options, context }) {
    const client = await context.connect()
    return await keep(context, options.outputFile, () => client.exportStack(args.stack))
  },
})

/** The file is opened first: once a stack is abandoned, its document must not be lost for want of a place. */
async function keep(
  { directory, terminal }: Context,
  named: string | undefined,
  ask: () => Promise<JsonMap>,
): Promise<Output> {
  if (named === undefined) return shown(await ask())
  const file = await open(resolve(directory, named), 'w', 0o600).catch((error: unknown) => {
    throw new UsageError(`${named} can not be written: ${messageOf(error)}`)
  })
  try {
    const document = await ask()
    try {
      await file.writeFile(`${JSON.stringify(document, null, 2)}\n`)
      return nothing
    } catch (error) {
      terminal.err.write(`${named} could not be written: ${messageOf(error)}\n`)
      return { ...shown(document), exitCode: 1 }
    }
  } finally {
    await file.close()
  }
}

const shown = (document: JsonMap): Output => ({ shows: 'one', fields: Object.entries(document) })

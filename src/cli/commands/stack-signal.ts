import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { isMap, type JsonMap } from '../../base/json.ts'
import { messageOf } from '../../base/problem.ts'
import { one } from '../kit/arguments.ts'
import { command, nothing } from '../kit/command.ts'
import { UsageError } from '../kit/failure.ts'
import { text } from '../kit/options.ts'

const stack = one('the name or ID of the stack')
const resource = one('the name of the resource')

/** `hearth stack resource metadata` */
export const stackResourceMetadata = command({
  name: 'stack resource metadata',
  summary: 'Show the metadata of a resource; of a wait condition handle, the signals that it was told.',
  example: 'hearth stack resource metadata web handle',
  shows: { form: 'one', format: 'json' },
  arguments: { stack, resource },
  async run({ args, context }) {
    const { metadata } = await (await context.connect()).showMetadata(args.stack, args.resource)
    return { shows: 'one', fields: Object.entries(metadata) }
  },
})

/** `hearth stack resource signal` */
export const stackResourceSignal = command({
  name: 'stack resource signal',
  summary: 'Tell a resource something: a wait condition handle that what is waited for is done, say.',
  example:
    'hearth stack resource signal web handle --data \'{"status": "SUCCESS", "id": "db-1"}\'\nhearth stack resource signal web handle --data-file report.json',
  arguments: { stack, resource },
  options: {
    data: text('--data <json>', 'what to tell it, as a JSON object'),
    dataFile: text('--data-file <file>', 'a file that holds this'),
  },
  async run({ args, options: { data, dataFile }, context }) {
    if (data !== undefined && dataFile !== undefined)
      throw new UsageError('Should only specify one of data or data-file')
    const said = dataFile === undefined ? data : await readFile(resolve(context.directory, dataFile), 'utf8')
    const details = said === undefined || said === '' ? undefined : objectIn(said)
    await (await context.connect()).signalResource(args.stack, args.resource, details)
    return nothing
  },
})

function objectIn(said: string): JsonMap {
  let value: unknown
  try {
    value = JSON.parse(said)
  } catch (error) {
    throw new UsageError(`Data should be in JSON format: ${messageOf(error)}`)
  }
  if (!isMap(value)) throw new UsageError('Data should be a JSON dict')
  return value as JsonMap
}

import { agrees } from '../../kit/agrees.ts'
import { maybe, one } from '../../kit/arguments.ts'
import { command, nothing } from '../../kit/command.ts'
import { Failed, UsageError } from '../../kit/failure.ts'
import { choice, flag, text, whole } from '../../kit/options.ts'
import { configFile, managing } from './managing.ts'

/** `hearth manage db-sync` */
export const manageDbSync = command({
  name: 'manage db-sync',
  aliases: ['db_sync'],
  summary: 'Make the tables of the database, or bring them up to date.',
  notes: 'Whichever process starts first does so too; this is for those who would rather do it beforehand.',
  example: 'hearth manage db-sync --config-file /etc/hearth/hearth.conf',
  options: { configFile },
  async run({ options, context }) {
    return await managing(context, options, async (management) => {
      await management.migrate()
      return nothing
    })
  },
})

/** `hearth manage db-version` */
export const manageDbVersion = command({
  name: 'manage db-version',
  aliases: ['db_version'],
  summary: 'Print the version of the tables in the database; 0: there are none.',
  example: 'hearth manage db-version',
  options: { configFile },
  async run({ options, context }) {
    return await managing(context, options, async (management) => {
      const { present } = await management.version()
      return { shows: 'text', text: `${present}` }
    })
  },
})

const unitMs = { days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1000 } as const
const units = ['days', 'hours', 'minutes', 'seconds'] as const

/** `hearth manage purge-deleted` */
export const managePurgeDeleted = command({
  name: 'manage purge-deleted',
  aliases: ['purge_deleted'],
  summary: 'Remove stacks from the database that were deleted long ago, with all that is left of them.',
  notes: 'Until then they can still be shown by their ID. It may be done while the service runs.',
  example: 'hearth manage purge-deleted 30\nhearth manage purge-deleted 12 --granularity hours -b 100',
  arguments: { age: maybe('how long ago they were deleted at least (default: 90)') },
  options: {
    granularity: choice('-g, --granularity <unit>', 'what the age is counted in (default: days)', units),
    projectId: text('-p, --project-id <id>', 'only stacks of this project'),
    batchSize: whole('-b, --batch-size <number>', 'remove so many at a time (default: 20)'),
    configFile,
  },
  async run({ args, options, context }) {
    const { granularity = 'days', projectId, batchSize = 20 } = options
    if (!/^\d+$/.test(args.age ?? '90'))
      throw new UsageError('the age is a whole number that is not negative')
    if (batchSize < 1) throw new UsageError('at least one stack is removed at a time')
    const before = context.clock.now() - Number(args.age ?? 90) * unitMs[granularity]
    return await managing(context, options, async (management) => {
      const query = { before, batch: batchSize, ...(projectId !== undefined && { projectId }) }
      const count = await management.purgeDeleted(query)
      return { shows: 'text', text: `${count} deleted stacks were removed.` }
    })
  },
})

/** `hearth manage reset-stack-status` */
export const manageResetStackStatus = command({
  name: 'manage reset-stack-status',
  aliases: ['reset_stack_status'],
  summary: 'Give up whatever is under way for a stack: what is IN_PROGRESS becomes FAILED.',
  notes:
    'Nested stacks too. A stack under way never needs it to be deleted or updated. An engine that is at it breaks off; a later update or deletion looks for what its last requests made.',
  example: 'hearth manage reset-stack-status 5e8f9f5e-8a1c-4d35-9a3e-0d3f5a8d7c11',
  arguments: { stack: one('the ID of the stack') },
  options: { yes: flag('-y, --yes', "don't ask for confirmation"), configFile },
  async run({ args, options, context }) {
    const { terminal } = context
    if (!options.yes && terminal.isInteractive) {
      terminal.err.write('Warning: this command is potentially destructive and only intended to recover.\n')
      if (!(await agrees(context, 'Continue ? [y/N] '))) return nothing
    }
    return await managing(context, options, async (management) => {
      const names = await management.resetStatus(args.stack)
      if (names === undefined) {
        terminal.err.write(`The Stack (${args.stack}) could not be found.\n`)
        throw new Failed()
      }
      const said = names.length === 0 ? 'Nothing of it was in progress.' : `Reset: ${names.join(', ')}`
      return { shows: 'text', text: said }
    })
  },
})

/** The variable that the former key may be in: what is on a command line can be read by others. */
const formerKeyVariable = 'HEARTH_FORMER_ENCRYPTION_KEY'

/** `hearth manage re-encrypt` */
export const manageReEncrypt = command({
  name: 'manage re-encrypt',
  aliases: ['re_encrypt'],
  summary: 'Encrypt all secrets in the database with a new key.',
  notes: `auth_encryption_key is the new key; the old one is in ${formerKeyVariable}. Stop all engines before. If it is interrupted, no process starts on the database until it was run again to its end.`,
  example: `${formerKeyVariable}=... hearth manage re-encrypt --config-file /etc/hearth/hearth.conf`,
  options: { configFile },
  async run({ options, context }) {
    const former = context.variables[formerKeyVariable]
    if (former === undefined || former === '') throw new UsageError(`${formerKeyVariable} is not set`)
    return await managing(context, options, async (management) => {
      const working = (await management.engines()).filter(({ isUp }) => isUp)
      if (working.length > 0) {
        const hosts = [...new Set(working.map(({ host }) => host))].join(', ')
        context.terminal.err.write(`Engines are at work on ${hosts}: stop them before.\n`)
        throw new Failed()
      }
      const count = await management.reencrypt(former)
      return { shows: 'text', text: `${count} values were encrypted anew.` }
    })
  },
})

/** `hearth manage resource-data-list` */
export const manageResourceDataList = command({
  name: 'manage resource-data-list',
  aliases: ['resource_data_list'],
  summary: 'List what a resource keeps for itself. Secrets are listed without their values.',
  example: 'hearth manage resource-data-list 0c4b9f5e-8f7a-4c39-9a65-3d2a6d4d9b1f',
  shows: { form: 'list' },
  arguments: { resource: one('the ID of the resource, or of its object in the cloud') },
  options: { configFile },
  async run({ args, options, context }) {
    return await managing(context, options, async (management) => {
      const data = await management.resourceData(args.resource)
      if (data === undefined) {
        context.terminal.err.write(`The Resource (${args.resource}) could not be found.\n`)
        throw new Failed()
      }
      return { shows: 'list', columns: ['Key', 'Value'], rows: Object.entries(data) }
    })
  },
})

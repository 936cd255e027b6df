import type { SnapshotReply } from '../../contract/rest/index.ts'
import { agrees } from '../kit/agrees.ts'
import { one } from '../kit/arguments.ts'
import { command, nothing } from '../kit/command.ts'
import { flag, text } from '../kit/options.ts'

const stack = one('the name or ID of the stack')
const snapshot = one('the ID of the snapshot, as `stack snapshot list` shows it')

/** `hearth stack snapshot create` */
export const stackSnapshotCreate = command({
  name: 'stack snapshot create',
  summary: 'Take a snapshot of a stack: of what it is, and of what its servers and volumes hold.',
  notes: 'It is taken while the command has long ended; `stack snapshot list` shows when it is complete.',
  example: 'hearth stack snapshot create web --name before-upgrade',
  shows: { form: 'one' },
  arguments: { stack },
  options: { name: text('--name <name>', 'a name for it') },
  async run({ args, options, context }) {
    const { name } = options
    const taken = await (await context.connect()).createSnapshot(
      args.stack,
      name === undefined ? {} : { name },
    )
    const columns = ['name', 'action', 'status', 'status_reason', 'data', 'creation_time'] as const
    return { shows: 'one', fields: [['ID', taken.id], ...columns.map((key) => [key, taken[key]] as const)] }
  },
})

/** `hearth stack snapshot list` */
export const stackSnapshotList = command({
  name: 'stack snapshot list',
  summary: 'List the snapshots of a stack.',
  example: 'hearth stack snapshot list web',
  shows: { form: 'list' },
  arguments: { stack },
  async run({ args, context }) {
    const { snapshots } = await (await context.connect()).listSnapshots(args.stack)
    const columns = ['id', 'name', 'action', 'status', 'status_reason', 'creation_time'] as const
    const rowOf = (one: SnapshotReply) => columns.map((key) => one[key])
    return { shows: 'list', columns, rows: snapshots.map(rowOf) }
  },
})

/** `hearth stack snapshot show` */
export const stackSnapshotShow = command({
  name: 'stack snapshot show',
  summary: 'Show one snapshot of a stack.',
  example: 'hearth stack snapshot show web 0c24…',
  shows: { form: 'one', format: 'yaml' },
  arguments: { stack, snapshot },
  async run({ args, context }) {
    const reply = await (await context.connect()).showSnapshot(args.stack, args.snapshot)
    return { shows: 'one', fields: Object.entries(reply) }
  },
})

/** `hearth stack snapshot restore` */
export const stackSnapshotRestore = command({
  name: 'stack snapshot restore',
  summary: 'Bring a stack back to what it was when a snapshot was taken.',
  notes: 'Servers are rebuilt from their images, volumes are filled from their backups.',
  example: 'hearth stack snapshot restore web 0c24…',
  arguments: { stack, snapshot },
  async run({ args, context }) {
    await (await context.connect()).restoreSnapshot(args.stack, args.snapshot)
    return nothing
  },
})

/** `hearth stack snapshot delete` */
export const stackSnapshotDelete = command({
  name: 'stack snapshot delete',
  summary: 'Delete a snapshot of a stack, with the images and backups that it is made of.',
  notes: 'Asks first, if somebody is there to answer.',
  example: 'hearth stack snapshot delete web 0c24… --yes',
  arguments: { stack, snapshot },
  options: { yes: flag('-y, --yes', "don't ask") },
  async run({ args, options, context }) {
    const question = 'Are you sure you want to delete the snapshot of this stack [y/N]? '
    if (!options.yes && !(await agrees(context, question))) return nothing
    await (await context.connect()).deleteSnapshot(args.stack, args.snapshot)
    return nothing
  },
})
